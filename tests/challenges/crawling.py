"""Everything that can be asked by GET, as everybody, with what is known of a challenge in the addresses."""

import io
import itertools
import os
import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.test import Client
from django.urls import NoReverseMatch, resolve, reverse

from tests.architecture.permissions import matrix

IS_LONG, FORBIDDEN = bool(os.environ.get("KAIXU_LONG")), 403
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>")
# Pages beside those of challenges that gather from everywhere: news, work, figures, searches, feeds, exports.
GATHERING = (
    "marketplace:", "notifications:", "documents:", "approvals:", "patents:list", "events", "api_me",
    "api_notices", "api_jobs", "api_reviews", "obligation-list", "settlement:overview", "settlement:lines",
)  # fmt: skip
# Tokens, moments of the answer, and the counts in the bars, which are kept for a minute; pages of work count anew.
CHANGING = re.compile(
    rb'name="(?:csrfmiddlewaretoken|form_token)" value="[^"]*"|nonce-[A-Za-z0-9+/=_-]+|"request_id": ?"[^"]*"'
    rb'|value="[A-Za-z0-9+/]{43}="|<p class="page-head-meta">[^<]*<span>[^<]*</span></p>'
    rb'|<span class="count[^>]*>[^<]*</span>|DTSTAMP:\d{8}T\d{6}Z|<updated>[^<]*</updated>'
)


def addresses(known: dict[str, Iterable[Any]], words: Iterable[str]) -> list[str]:
    """Every address that `known` values of the parameters give, and searches for the words."""
    return sorted({*_by_route(known), *_searches(words)})


def _by_route(known: dict[str, Iterable[Any]]) -> Iterator[str]:
    for route in matrix.routes():
        if (route.methods and "GET" not in route.methods) or not _tells(route):
            continue
        names = [one or other for one, other in PARAMETER.findall(route.path)]
        if not all(name in known for name in names):
            continue
        for values in itertools.product(*(known[name] for name in names)):
            try:
                yield reverse(route.name, kwargs=dict(zip(names, values, strict=True)))
            except NoReverseMatch:
                continue  # a number where a key stands


def _tells(route: matrix.Route) -> bool:
    return "challenge" in route.path or route.name.startswith(GATHERING)


def _searches(words: Iterable[str]) -> Iterator[str]:
    for word in words:
        for route in ("challenges:challenge_list", "patents:list", "challenges:my_challenges"):
            yield f"{reverse(route)}?q={word}"


def answers(member: Any, where: Iterable[str]) -> dict[str, tuple[int, bytes]]:
    """{address: status and body without what changes with every answer} for a member, or a visitor (None).

    403 is said to a role before anything is looked up: whom a page refused once is not sent there again.
    """
    client = Client(raise_request_exception=False)
    if member is not None:
        client.force_login(member.user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    found, shut = {}, set()
    for n, address in enumerate(where):
        if member is not None and n % 200 == 0:
            client.get(reverse("marketplace:my_work_badges"))  # keeps the counts in the bars, for a minute
        route = resolve(address.partition("?")[0]).view_name
        if route in shut:
            continue
        answer = client.get(address)
        if answer.status_code == FORBIDDEN and not IS_LONG:
            shut.add(route)
        body = _plain(b"".join(answer.streaming_content) if answer.streaming else answer.content)
        found[address] = answer.status_code, CHANGING.sub(b"", answer.headers.get("Location", "").encode() + body)
    return found


def _plain(body: bytes) -> bytes:
    """A spreadsheet as the text in it; everything else as it is."""
    if not body.startswith(b"PK"):
        return body
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        return b"".join(packed.read(name) for name in sorted(packed.namelist()) if not name.startswith("docProps"))
