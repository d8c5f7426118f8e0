"""What stands on the confirmation and in the contract of a sale, for the page that is signed and for the PDF."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from auctions import contract_text
from auctions.models import LegalForm, Sale, Season
from foundation.core.clock import LOCAL
from foundation.core.money import in_capitals
from foundation.documents.rendering import qr_svg

WAYS = {
    "hammer": ("网络竞价成交", "Sold by online bidding"),
    "underbidder": ("次高出价人受让", "Taken by the underbidder"),
    "agreement": ("流拍后协议成交", "Sold by agreement after the bidding"),
}
HAMMER = ("拍卖师落槌成交", "Knocked down by the auctioneer")  # where a licensed house conducts it (Arts. 10 to 16)


def moment(value: Any) -> str:
    """A moment in China Standard Time, zone named."""
    return f"{value.astimezone(LOCAL):%Y-%m-%d %H:%M:%S} (UTC+8)" if value else "—"


def party(organization: Any) -> tuple[str, str]:
    """Name with its public code, and the English name."""
    code = organization.uscc or organization.foreign_registration
    return (f"{organization.name}（{code}）" if code else organization.name), organization.name_en


def way(sale: Sale) -> tuple[str, str]:
    """How it was sold, in the words of the season's legal form."""
    if sale.way == Sale.Way.HAMMER and sale.lot.season.legal_form == LegalForm.HOUSE:
        return HAMMER
    return WAYS[sale.way]


def conducted(season: Season) -> tuple[str, str, str, str]:
    """Who conducted it: the house with its auctioneer, or the platform."""
    if season.legal_form != LegalForm.HOUSE:
        return ("组织方", "Conducted by", "本平台 the platform", "")
    auctioneer = f"拍卖师 {season.auctioneer_name} {season.auctioneer_license}".strip()
    return ("拍卖人", "Auction house", f"{season.house_name}（{season.house_license}）", auctioneer)


def _rows(sale: Sale) -> list[tuple[str, str, str, str]]:
    lot = sale.lot
    patents = [
        ("专利", "Patent", f"{item.patent.display_number} {item.patent.title_zh_hans}", item.patent.title_en)
        for item in lot.items.select_related("patent")
    ]
    return [
        ("成交编号", "Sale", sale.number, ""),
        ("标的编号", "Lot", lot.number, ""),
        ("标的", "Title", lot.title_zh_hans, lot.title_en),
        *patents,
        ("出让方", "Seller", *party(sale.seller)),
        ("受让方", "Buyer", *party(sale.buyer)),
        ("成交方式", "Way", *way(sale)),
    ]


def _money_rows(sale: Sale) -> list[tuple[str, str, str, str]]:
    return [
        ("成交价", "Price", f"{sale.price}（{in_capitals(sale.price)}）", ""),
        ("买方佣金", "Buyer's commission", str(sale.commission), ""),
        ("应付合计", "Total", f"{sale.total}（{in_capitals(sale.total)}）", ""),
    ]


def _common(sale: Sale) -> dict[str, Any]:
    url = settings.KAIXU_PUBLIC_URL.rstrip("/") + reverse("auctions:sale_detail", args=[sale.number])
    return {
        "site": settings.KAIXU_PUBLIC_URL,
        "number": sale.number,
        "qr": qr_svg(url),
        "check_url": url,
        "demo": settings.KAIXU_DEMO,
        "buyer": party(sale.buyer)[0],
        "seller": party(sale.seller)[0],
    }


def _facts(rows: list[tuple[str, str, str, str]]) -> list[dict[str, str]]:
    return [{"zh": zh, "en": en, "value": value, "value_en": extra} for zh, en, value, extra in rows]


def confirmation_data(sale: Sale) -> dict[str, Any]:
    """Everything the confirmation of sale prints (Auction Law Art. 52)."""
    season = sale.lot.season
    rows = [
        *_rows(sale),
        conducted(season),
        *_money_rows(sale),
        ("余款支付期限", "Balance due before", moment(sale.pay_by_at), ""),
    ]
    return {**_common(sale), "facts": _facts(rows), "signed_at": moment(sale.confirmed_at),
            "sha256": sale.confirmation_sha256}  # fmt: skip


def contract_clauses(sale: Sale) -> list[dict[str, str]]:
    """The articles of the contract, as they are signed."""
    lot, years = sale.lot, sale.lot.license_years
    defects = lot.defects.strip().rstrip("。.")
    return contract_text.clauses(
        lot.subject,
        {
            "defects_zh": defects or contract_text.NO_DEFECTS[0],
            "defects_en": defects or contract_text.NO_DEFECTS[1],
            "price": str(sale.price),
            "price_capitals": in_capitals(sale.price),
            "commission": str(sale.commission),
            "total": str(sale.total),
            "years_zh": f"{years}年" if years else "至专利权期限届满",
            "years_en": f"{years} years" if years else "the rest of the patent's term",
        },
    )


def contract_data(sale: Sale) -> dict[str, Any]:
    """Everything the contract prints."""
    title_zh, title_en = contract_text.TITLES[sale.lot.subject]
    return {
        **_common(sale),
        "title_zh": title_zh,
        "title_en": title_en,
        "facts": _facts([*_rows(sale), *_money_rows(sale)]),
        "clauses": contract_clauses(sale),
        "buyer_signed_at": moment(sale.buyer_signed_at),
        "seller_signed_at": moment(sale.seller_signed_at),
        "sha256": sale.contract_sha256,
    }
