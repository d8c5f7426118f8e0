"""The direct way of a bid: what `auctions.api.bids.Bids` answers, for plain requests, without the house in between.

A plain request is a POST of a small JSON body with a token and nothing else that would need a decision: no cookie, no
query, no named organization. It is answered with one call of the database; everything else, and every case the call
does not decide, goes the ordinary way, which is the reference. Tests send each case both ways and compare.
"""

import re
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from rest_framework.utils import encoders

from auctions.services.calling import BidRefused
from auctions.services.token_bids import ByToken, place_bid_by_token
from foundation.core import problems
from foundation.core.errors import Busy, DomainError
from foundation.core.money import Money
from foundation.core.parsers import BodyInvalid, strict_loads

PATH = re.compile(r"/api/v1/lots/([A-Za-z0-9-]{1,40})/bids/")
TOKEN = re.compile(r"Token ([0-9a-f]{64})")
AMOUNT = re.compile(r"[1-9][0-9]{0,11}\.[0-9]{2}")
KEY = re.compile(r"[!-~]{1,64}")
LONGEST, LARGEST_SEQ, CREATED = 1_000, 2_000_000_000, 201
NEEDS_THOUGHT = ("HTTP_COOKIE", "HTTP_X_ORGANIZATION", "HTTP_CONTENT_ENCODING", "HTTP_TRANSFER_ENCODING")
PLAIN_ACCEPT = ("", "*/*", "application/json")
_encoder = encoders.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class DirectBids:
    """Middleware: answers plain bids, leaves everything else to those behind it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        found = PATH.fullmatch(request.path_info) if request.method == "POST" else None
        asked = plain(request) if found else None
        answer = answered(request, found[1], asked) if asked else None
        return answer or self.get_response(request)


def plain(request: HttpRequest) -> dict[str, Any] | None:
    """Token, amount, key and seen_seq of a plain request; None for any other."""
    meta = request.META
    token = TOKEN.fullmatch(meta.get("HTTP_AUTHORIZATION", ""))
    if token is None or meta.get("QUERY_STRING") or any(meta.get(name) for name in NEEDS_THOUGHT):
        return None
    length = meta.get("CONTENT_LENGTH") or ""
    if meta.get("CONTENT_TYPE") != "application/json" or meta.get("HTTP_ACCEPT", "") not in PLAIN_ACCEPT:
        return None
    if not length.isdigit() or int(length) > LONGEST:
        return None
    try:
        sent = strict_loads(request.body)
    except BodyInvalid:
        return None
    return {"token": token[1], **sent} if is_plain(sent) else None


def is_plain(sent: Any) -> bool:
    """Whether this is an amount as it is written, a key, and at most the number seen."""
    if not isinstance(sent, dict) or not {"amount", "key"} <= set(sent) <= {"amount", "key", "seen_seq"}:
        return False
    seen = sent.get("seen_seq")
    texts = isinstance(sent["amount"], str) and isinstance(sent["key"], str)
    return (
        texts
        and bool(AMOUNT.fullmatch(sent["amount"]) and KEY.fullmatch(sent["key"]))
        and (seen is None or (type(seen) is int and 0 <= seen <= LARGEST_SEQ))
    )


def answered(request: HttpRequest, number: str, asked: dict[str, Any]) -> HttpResponse | None:
    """The receipt or the refusal; None where the ordinary way decides."""
    try:
        done = place_bid_by_token(
            token=asked["token"],
            number=number,
            amount=Money.parse(asked["amount"]),
            key=asked["key"],
            seen_seq=asked.get("seen_seq"),
            request_id=request.META.get("HTTP_X_REQUEST_ID", "")[:64],
        )
    except (BidRefused, Busy) as error:
        return refused(request, error)
    return None if done is None else accepted(number, done)


def accepted(number: str, done: ByToken) -> HttpResponse:
    """The receipt."""
    response = answer_of(receipt(number, done.paddle, done.placed), "application/json", CREATED)
    if done.placed.repeated:
        response["Idempotent-Replayed"] = "true"
    return response


def refused(request: HttpRequest, error: DomainError) -> HttpResponse:
    """The problem document, in the language the program asks for."""
    language = translation.get_language_from_request(request)
    with translation.override(language):
        response = answer_of(problems.refusal(error), problems.MEDIA_TYPE, error.status)
    if error.status == Busy.status:
        response["Retry-After"] = "1"
    response["Content-Language"] = language
    return response


def answer_of(body: dict[str, Any], media_type: str, status: int) -> HttpResponse:
    """JSON with its length: whoever counts it otherwise stands behind us."""
    written = _encoder.encode(body).encode()
    headers = {"Content-Length": str(len(written)), "Vary": "Accept, Accept-Language"}
    return HttpResponse(written, content_type=media_type, status=status, headers=headers)


def receipt(number: str, paddle: str, placed) -> dict[str, Any]:
    """An accepted bid as both ways tell it."""
    return {
        "lot": number,
        "seq": placed.seq,
        "paddle": paddle,
        "amount": f"{placed.amount.yuan}",
        "received_at": placed.received_at,
        "ends_at": placed.ends_at,
        "extended": placed.extended,
        "leading": placed.leading,
        "hash": placed.hash,
    }
