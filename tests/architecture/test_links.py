"""No page offers what its reader is refused: every role follows the links it is shown, from the pages it starts on."""

import re
from collections import Counter
from html import unescape
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.urls import Resolver404, resolve

from accounts.models import Person
from foundation.core.crypto import encrypt, keyed_digest
from tests.architecture.permissions.rules import ANONYMOUS, BUSINESS, OFFICE
from tests.factories import accounts as people
from tests.factories import licenses as offers
from tests.factories import uptakes
from tests.factories.patents import make_patent

LINK = re.compile(r'<a\b[^>]*\bhref="(/[^"#]*)')
READ, ASKED = 1, 2  # addresses of one route that are read for links, and that are asked for, by each role
FIRST_REFUSAL = 400
# Old notices may lead to what one has lost since; who is told what, and can open it, is tested with the notices.
PASSED_BY = ("/static/", "/user/logout/", "/notifications/", "/api/")
STARTS = ("/", "/my-work/", "/declarations/", "/portfolio/", "/my-licenses/", "/about/", "/guide/patentee/")


def links_of(answer: Any) -> list[str]:
    """The addresses of this site a page leads to."""
    if answer.streaming or not answer.headers.get("Content-Type", "").startswith("text/html"):
        return []
    return [unescape(found) for found in LINK.findall(answer.content.decode())]


@pytest.fixture(scope="module")
def market(django_db_setup: None, django_db_blocker: Any):
    """A university and a firm with people in every role, one offer open, one under review and one in draft."""
    with django_db_blocker.unblock():
        with transaction.atomic():
            yield made()
            transaction.set_rollback(True)
        connection.close()


def made() -> SimpleNamespace:
    """What the firm takes from the university; the firm has an offer of its own too."""
    university, firm = people.UniversityFactory(), people.OrganizationFactory()
    members = {role: people.member(role, organization=firm) for role in sorted(BUSINESS)}
    members |= {role: people.member(role) for role in [*sorted(OFFICE), "person"]}
    Person.objects.create(
        organization=members["person"].organization, document_kind="passport", document_encrypted=encrypt("E1"),
        document_digest=keyed_digest("E1"), document_masked="E****6789",
    )  # fmt: skip
    declarer = people.patentee(organization=university)
    license = uptakes.paid_license(offers.published_declaration(actor=declarer), members["licensing_user"])
    granting = members["ip_manager"]
    offers.submitted_declaration(actor=granting, patent=make_patent(firm))
    offers.drafted_declaration(actor=granting, patent=make_patent(firm))
    granted = uptakes.paid_license(offers.published_declaration(actor=granting), people.licensee())
    own = [f"/my-licenses/{one.number}/" for one in (license, granted)]
    return SimpleNamespace(members=members, own=own)


@pytest.mark.parametrize("who", [ANONYMOUS, *sorted(BUSINESS), "person", *sorted(OFFICE)])
def test_no_page_offers_a_link_that_is_refused(who: str, market: SimpleNamespace) -> None:
    client = Client(raise_request_exception=False)
    if who != ANONYMOUS:
        client.force_login(market.members[who].user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    starts = [*STARTS, *market.own]
    waiting = [(start, "") for start in starts]
    seen: set[str] = set()
    asked: Counter[str] = Counter()
    wrong = []
    while waiting:
        url, origin = waiting.pop(0)
        path = url.partition("?")[0]
        try:
            route = resolve(path).view_name
        except Resolver404:
            wrong += [f"{url} on {origin}: no such address"] if origin else []
            continue
        if url in seen or path.startswith(PASSED_BY) or asked[route] >= ASKED:
            continue
        seen.add(url)
        asked[route] += 1
        answer = client.get(url)
        if origin and answer.status_code >= FIRST_REFUSAL:
            wrong.append(f"{url} on {origin}: {answer.status_code}")
        if url in starts or asked[route] <= READ:
            waiting += [(link, url) for link in links_of(answer)]
    assert not wrong, "\n" + "\n".join(wrong)
