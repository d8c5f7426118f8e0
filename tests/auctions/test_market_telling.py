"""Who is told about lots, where it leads, and what a saved search finds."""

import pytest
from django.urls import reverse

from auctions.saved_searches import KIND, describe
from auctions.services import materials, priority, rooms
from foundation import audit
from notifications import searches
from notifications.models import Dispatch, Notice
from notifications.rendering import address_of
from tests.factories import accounts
from tests.factories import auctions as made

pytestmark = pytest.mark.django_db


def told(membership) -> set[str]:
    """The addresses of the notices of a member, after the outbox was emptied."""
    while audit.deliver_pending():
        pass
    return {address_of(notice.event, membership.user) for notice in Notice.objects.filter(user=membership.user)}


def test_the_office_is_led_to_the_case_and_the_seller_to_the_lot():
    officer, by = accounts.officer(), made.seller()
    lot = made.submitted_lot(by=by)
    assert made.review_of(lot).get_absolute_url() in told(officer)
    lot = made.announced_lot(by=by, officer=officer)
    rooms.ask(lot=lot, text="Trial data?", actor=accounts.licensee())
    assert lot.get_absolute_url() in told(by)


def test_a_holder_is_told_by_letter_and_a_named_organization_by_notice():
    by, bidder = made.seller(), accounts.member("bidder")
    lot = made.proposed_lot(by=by)
    priority.add_holder(lot=lot, basis="inventor", name="李工", email="li@example.org", actor=by)
    holder = priority.add_holder(
        lot=lot, basis="co_owner", name="某公司", email="", organization=bidder.organization, actor=by
    )
    materials.submit(lot=lot, actor=by)
    made.decide(lot, "approve")
    letter = Dispatch.objects.get(address="li@example.org")
    assert "/auctions/priority/" in letter.text and "优先购买权" in letter.text and "first right" in letter.text
    assert reverse("auctions:my_priority", args=[holder.pk]) in told(bidder)


def test_a_saved_search_finds_what_was_announced_since(client):
    kind = searches.find(KIND)
    params = kind.parse("subject=assignment&low=1000")
    before = made.announced_lot()
    rows = kind.queryset(params, None)
    assert [kind.title(lot) for lot in rows] == [before.title]
    assert list(kind.newest(rows, before.session.notice_at)) == []
    assert kind.url(before) == before.get_absolute_url() and "¥120,000.00" in kind.detail(before)
    assert "1000" in describe(params)


def test_the_page_of_a_patent_names_its_lot_to_those_who_may_know(client):
    by = made.seller()
    lot = made.submitted_lot(by=by)
    patent = lot.items.get().patent
    task_list = reverse("auctions:lot_task_list", args=[lot.pk])
    assert task_list not in client.get(patent.get_absolute_url()).content.decode()
    client.force_login(by.user)
    assert task_list in client.get(patent.get_absolute_url()).content.decode()
