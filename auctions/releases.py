"""A lot as releases of the Open Contracting Data Standard 1.1, in the manner of Prozorro's asset sales.

A sale is a contracting process turned round: the seller is the procuring entity, the highest price is awarded, and the
buyer stands where a supplier does. Bidders stand by paddle; a buyer is named only where the law has the sale announced.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings

from auctions import chain
from auctions.lifecycle_parties import STANDING_SALES
from auctions.models import Bid, Lot, Result, Sale
from foundation.audit.models import Event
from foundation.core.money import FEN_PER_YUAN

VERSION = "1.1"
EXTENSIONS = ("https://raw.githubusercontent.com/open-contracting-extensions/ocds_bid_extension/v1.1.5/extension.json",)
# the move of the lot that a release tells: its tag, and what the tender has become
MOVES = {
    "auctions.lot.announce": ("planning", "planned"),
    "auctions.lot.open_registration": ("tender", "active"),
    "auctions.lot.knock_down": ("award", "complete"),
    "auctions.lot.fail": ("tenderUpdate", "unsuccessful"),
    "auctions.lot.withdraw": ("tenderCancellation", "withdrawn"),
    "auctions.lot.call_off": ("tenderCancellation", "cancelled"),
}


def ocid_of(lot: Lot) -> str:
    """The identifier of the process: the prefix of this publisher and the number of the lot."""
    return f"{settings.KAIXU_OCID_PREFIX}-{lot.number}"


def package(lot: Lot, uri: str) -> dict[str, Any]:
    """All releases of an announced lot so far, the earliest first. Moments are UTC, amounts numbers of yuan."""
    releases = list(_releases(lot))
    return {
        "uri": uri,
        "version": VERSION,
        "extensions": list(EXTENSIONS),
        "publishedDate": releases[-1]["date"] if releases else chain.moment(lot.state_since),
        "publisher": {"name": settings.KAIXU_PROVINCE["zh"]},
        "releases": releases,
    }


def _releases(lot: Lot) -> Iterator[dict[str, Any]]:
    events = Event.objects.filter(subject_kind="auctions.lot", subject_id=lot.pk, name__in=MOVES).order_by("seq")
    for event in events:
        tag, status = MOVES[event.name]
        body = {"tender": _tender(lot, status)}
        if tag == "planning":
            body["planning"] = {"rationale": lot.about_zh_hans or lot.title_zh_hans}
        if tag not in ("planning", "tender"):
            body |= _bids(lot)
        if tag == "award":
            body |= _awards(lot)
        yield _release(lot, tag, event.occurred_at, body)
    for sale in lot.sales.select_related("registration", "buyer").order_by("pk"):
        if sale.buyer_signed_at and sale.seller_signed_at:
            signed = max(sale.buyer_signed_at, sale.seller_signed_at)
            yield _release(lot, "contract", signed, _awards(lot, sale) | {"contracts": [_contract(lot, sale)]})
        if sale.state not in STANDING_SALES:
            yield _release(lot, "awardCancellation", sale.state_since, _awards(lot, sale))


def _release(lot: Lot, tag: str, at: datetime, body: dict[str, Any]) -> dict[str, Any]:
    at_text = chain.moment(at)
    return {
        "ocid": ocid_of(lot),
        "id": f"{lot.number}-{tag}-{at_text}",
        "date": at_text,
        "tag": [tag],
        "initiationType": "tender",
        "language": "zh",
        "parties": _parties(lot, body),
        **body,
    }


def _filled(facts: dict[str, Any]) -> dict[str, Any]:
    """Without what is empty: the standard has no empty texts and lists."""
    return {name: value for name, value in facts.items() if value not in ("", [])}


def _tender(lot: Lot, status: str) -> dict[str, Any]:
    start, session = _value(lot.start_fen), lot.session
    return _filled(
        {
            "id": lot.number,
            "title": lot.title_zh_hans,
            "description": lot.about_zh_hans or lot.title_zh_hans,
            "status": status,
            "procuringEntity": {"id": lot.seller.public_id, "name": lot.seller.name},
            "items": _items(lot),
            "value": start,
            "minValue": start,
            "procurementMethod": "open",
            "procurementMethodDetails": lot.season.get_legal_form_display(),
            "awardCriteria": "highestCost",
            "submissionMethod": ["electronicAuction"],
            "tenderPeriod": _period(session.notice_at, session.registration_until_at),
            "auctionPeriod": _period(lot.floor.opens_at, lot.floor.ends_at),
            "documents": [
                {"id": str(one.pk), "title": one.title, "documentType": one.kind, "format": one.file.content_type}
                for one in lot.documents.select_related("file").order_by("position", "pk")
            ],
        }
    )


def _items(lot: Lot) -> list[dict[str, Any]]:
    return [
        _filled(
            {
                "id": str(place),
                "description": item.patent.title_zh_hans,
                "quantity": 1,
                "classification": {"scheme": "CN-PATENT", "id": item.patent.number, "description": lot.subject},
                "additionalClassifications": [{"scheme": "IPC", "id": symbol} for symbol in item.patent.ipc],
            }
        )
        for place, item in enumerate(lot.items.select_related("patent").order_by("position"), start=1)
    ]


def _bids(lot: Lot) -> dict[str, Any]:
    result = Result.objects.filter(lot=lot).first()
    details = [
        {
            "id": _bid_id(lot, bid),
            "date": chain.moment(bid.received_at),
            "status": "valid",
            "tenderers": [_paddle(lot, bid.paddle)],
            "value": _value(bid.amount_fen),
        }
        for bid in Bid.objects.filter(lot=lot).order_by("seq")
    ]
    bidders = result.bidders if result else len({one["tenderers"][0]["id"] for one in details})
    counted = {"bids": len(details), "bidders": bidders}
    statistics = [{"id": name, "measure": name, "value": number} for name, number in counted.items()]
    return {"bids": {"statistics": statistics, "details": details}}


def _awards(lot: Lot, sale: Sale | None = None) -> dict[str, Any]:
    """The award by the hammer as it was then, or the one of a sale as it stands."""
    if sale is None:
        winner, first = lot.result.winning_bid, lot.sales.order_by("pk").first()
        award = {"id": first.number if first else lot.number, "status": "pending", "value": _value(winner.amount_fen)}
        return {"awards": [{**award, "suppliers": [_paddle(lot, winner.paddle)], "relatedBid": _bid_id(lot, winner)}]}
    status = "active" if sale.state in STANDING_SALES else "cancelled"
    award = {"id": sale.number, "status": status, "value": _value(sale.price_fen)}
    return {"awards": [{**award, "suppliers": [_buyer(lot, sale)]}]}


def _contract(lot: Lot, sale: Sale) -> dict[str, Any]:
    ended = sale.state not in STANDING_SALES
    return {
        "id": sale.number,
        "awardID": sale.number,
        "title": lot.title_zh_hans,
        "status": "cancelled" if ended else "terminated" if sale.registered_on else "active",
        "value": _value(sale.price_fen),
        "items": _items(lot),
        "dateSigned": chain.moment(max(sale.buyer_signed_at, sale.seller_signed_at)),
    }


def _buyer(lot: Lot, sale: Sale) -> dict[str, str]:
    """Named where the sale was announced, else by paddle."""
    if sale.notice_until_at is not None:
        return {"id": sale.buyer.public_id, "name": sale.buyer.name}
    if sale.registration_id is not None:
        return _paddle(lot, sale.registration.paddle)
    return {"id": f"{sale.number}-buyer", "name": sale.get_way_display()}


def _parties(lot: Lot, body: dict[str, Any]) -> list[dict[str, Any]]:
    """Everybody the release names, once, with what they are in it."""
    found: dict[str, dict[str, Any]] = {}

    def add(one: dict[str, str], role: str) -> None:
        party = found.setdefault(one["id"], {**one, "roles": []})
        if role not in party["roles"]:
            party["roles"].append(role)

    add({"id": lot.seller.public_id, "name": lot.seller.name}, "procuringEntity")
    for bid in body.get("bids", {}).get("details", []):
        add(bid["tenderers"][0], "tenderer")
    for award in body.get("awards", []):
        add(award["suppliers"][0], "supplier")
    return list(found.values())


def _paddle(lot: Lot, paddle: str) -> dict[str, str]:
    return {"id": f"{lot.number}-paddle-{paddle}", "name": paddle}


def _bid_id(lot: Lot, bid: Bid) -> str:
    return f"{lot.number}-bid-{bid.seq}"


def _period(first: datetime | None, last: datetime) -> dict[str, str]:
    return ({"startDate": chain.moment(first)} if first else {}) | {"endDate": chain.moment(last)}


def _value(fen: int) -> dict[str, Any]:
    """A number as the standard wants it: whole yuan, else with its two decimals (exact far above any price)."""
    whole, rest = divmod(fen, FEN_PER_YUAN)
    return {"amount": fen / FEN_PER_YUAN if rest else whole, "currency": "CNY"}
