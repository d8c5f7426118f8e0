"""What stands in the printed record of a decided lot: the facts, every bid by paddle, and the head of the chain."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from auctions import protocol
from auctions.models import Lot
from auctions.papers_of_sales import conducted, moment
from foundation.core.clock import LOCAL
from foundation.core.money import Money, in_capitals
from foundation.documents.rendering import qr_svg

OUTCOMES = {
    "sold": ("成交", "Sold"),
    "no_bid": ("无人出价，未成交", "Not sold: no bid"),
    "below_reserve": ("未达保留价，未成交", "Not sold: below the reserve"),
}
MOVES = {"pause": ("暂停", "Paused"), "resume": ("恢复", "Resumed")}


def record_data(lot: Lot) -> dict[str, Any]:
    """Everything the printed record of a decided lot shows (Auction Law Art. 53)."""
    result = lot.result
    url = settings.KAIXU_PUBLIC_URL.rstrip("/") + reverse("auctions:lot_record_json", args=[lot.number])
    return {
        "site": settings.KAIXU_PUBLIC_URL,
        "number": lot.number,
        "qr": qr_svg(url),
        "check_url": url,
        "demo": settings.KAIXU_DEMO,
        "facts": [{"zh": zh, "en": en, "value": value, "value_en": extra} for zh, en, value, extra in _rows(lot)],
        "bids": [_bid(bid) for bid in lot.bids.order_by("seq")],
        "pauses": [_pause(row) for row in protocol.record(lot)["pauses"]],
        "head_hash": result.head_hash or "—",
    }


def _rows(lot: Lot) -> list[tuple[str, str, str, str]]:
    floor, result = lot.floor, lot.result
    with translation.override("zh-hans"):
        chinese = lot.get_subject_display()
    with translation.override("en"):
        english = lot.get_subject_display()
    rows = [
        ("标的编号", "Lot", lot.number, ""),
        ("标的", "Title", lot.title_zh_hans, lot.title_en),
        ("交易方式", "What is sold", str(chinese), str(english)),
        ("出让方", "Seller", lot.seller.name, lot.seller.name_en),
        conducted(lot.season),
        ("起拍价", "Start price", str(lot.start), ""),
        ("加价幅度", "Increment", str(Money(floor.increment_fen)), ""),
        ("竞价开始", "Opened", moment(floor.opens_at), ""),
        ("竞价结束", "Ended", moment(result.ended_at), ""),
        ("延时次数", "Extensions", str(result.extensions), ""),
        ("出价次数与竞买人数", "Bids and bidders", f"{result.bids} / {result.bidders}", ""),
        ("结果", "Result", *OUTCOMES[result.outcome]),
    ]
    if result.winning_bid:
        price = Money(result.price_fen)
        rows.append(("成交竞买号", "Winning paddle", result.winning_bid.paddle, ""))
        rows.append(("成交价", "Hammer price", f"{price}（{in_capitals(price)}）", ""))
    return rows


def _bid(bid: Any) -> dict[str, Any]:
    return {
        "seq": str(bid.seq),
        "paddle": bid.paddle + ("*" if bid.rank else ""),
        "amount": str(bid.amount),
        "at": f"{bid.received_at.astimezone(LOCAL):%m-%d %H:%M:%S.%f}"[:-3],
        "extended": "+" if bid.extended else "",
        "hash": bid.hash[:16],
    }


def _pause(row: dict[str, Any]) -> dict[str, str]:
    zh, en = MOVES[row["move"]]
    return {"zh": zh, "en": en, "at": moment(datetime.fromisoformat(row["at"])), "reason": row["reason"]}
