"""Home page and bulletin on declarations that were really published."""

from datetime import timedelta

import pytest
from django.urls import reverse

from foundation.audit.models import Event
from foundation.core import clock
from foundation.core.clock import database_now, local_date
from licenses.services import declarations as services
from licenses.services.cnipa import record_cnipa
from marketplace import queries
from tests.factories import accounts
from tests.factories.licenses import published_declaration
from tests.factories.uptakes import paid_license

pytestmark = pytest.mark.django_db


@pytest.fixture
def offer(django_capture_on_commit_callbacks):
    return published_declaration()


def test_a_publication_stands_on_the_home_page_with_its_price(client, offer):
    html = client.get("/", {"lang": "en"}).content.decode()
    assert offer.patent.display_number in html
    assert "¥30,000.00" in html
    assert f'href="{offer.get_absolute_url()}"' in html
    figures = {"listed": 1, "open": 1, "free": 0, "patents": 1, "licenses": 0, "live": 0, "upcoming": 0}
    figures |= {"open_challenges": 0, "open_bounty": 0}
    assert queries.figures() == figures


def test_a_free_offer_says_so_and_is_counted(client):
    published_declaration(method="free")
    assert queries.figures()["free"] == 1
    assert ">Free<" in client.get("/", {"lang": "en"}).content.decode()


def test_a_publication_stands_in_the_bulletin_and_in_the_feed(client, offer):
    html = client.get(reverse("marketplace:bulletin"), {"lang": "en"}).content.decode()
    assert offer.number in html
    assert offer.patent.display_number in html
    feed = client.get(reverse("marketplace:bulletin_feed")).content.decode()
    assert offer.number in feed
    event = Event.objects.get(name=queries.PUBLISHED)
    assert f"tag:kaixu,2026:bulletin/{event.hash[:20]}" in feed


def test_the_bulletin_names_the_legal_basis(client, offer):
    address = reverse("marketplace:bulletin")
    assert "Standing offer on the platform" in client.get(address, {"lang": "en"}).content.decode()
    officer, day = accounts.officer(), local_date(database_now())
    for step in ("file", "announce"):
        record_cnipa(terms=offer.current_terms, move=step, on=day, actor=officer, reference="G-1")
    announced = client.get(address, {"lang": "en", "kind": "announced"}).content.decode()
    assert "Statutory open license, Patent Law Art. 50" in announced


def test_the_bulletin_can_be_narrowed_to_a_kind(client, offer):
    url = reverse("marketplace:bulletin")
    assert offer.number in client.get(url, {"kind": "published"}).content.decode()
    assert offer.number not in client.get(url, {"kind": "withdrawn"}).content.decode()


def test_a_suspended_offer_leaves_the_home_page_and_the_bulletin_says_why(client, offer):
    services.suspend(declaration=offer, reason="court order", actor=accounts.officer())
    figures = queries.figures()
    assert (figures["open"], figures["listed"]) == (0, 1)
    listed = client.get(reverse("licenses:catalogue"), {"lang": "en"})
    assert (listed.context["total"], listed.context["suspended"]) == (1, 1)
    html = client.get(reverse("marketplace:bulletin"), {"lang": "en", "kind": "suspended"}).content.decode()
    assert "court order" in html


def test_the_bulletin_goes_by_the_day_of_what_was_announced(client, offer):
    with clock.at(database_now() - timedelta(days=30)):
        earlier = published_declaration()
    entries = [event.subject_number for event in queries.bulletin()]
    assert entries == [offer.number, earlier.number]


def test_what_is_not_public_is_never_announced(offer):
    names = set(queries.bulletin().values_list("name", flat=True))
    assert names == {queries.PUBLISHED}
    Event.objects.filter(name=queries.PUBLISHED).get()
    assert Event.objects.exclude(name__in=queries.BULLETIN).exists()


def test_more_rows_need_no_more_queries(client, django_assert_max_num_queries, offer):
    with django_assert_max_num_queries(12):
        client.get("/")
    published_declaration()
    published_declaration(method="free")
    with django_assert_max_num_queries(12):
        client.get("/")
    with django_assert_max_num_queries(5):
        client.get(reverse("marketplace:bulletin"))


def test_the_most_recent_license_proves_the_promise_without_naming_its_parties(client, offer):
    taken = paid_license(offer)
    html = client.get("/", {"lang": "en"}).content.decode()
    panel = html[html.index('class="recent-license"') : html.index("</aside>")]
    assert offer.patent.display_number in panel
    assert "took 1 minute<" in panel
    assert panel.count("<time ") == 3
    assert taken.licensee.name not in panel
    assert taken.licensor.name not in panel
