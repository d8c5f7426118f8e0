"""The demo's auction seasons show every stage that people can meet, and all of it is made by the services."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from accounts.models import Membership
from auctions.lifecycle import LotState
from auctions.models import Lot, Registration, Result, Sale, Season, Session
from auctions.queries import bids
from foundation import audit
from foundation.audit import invariants
from foundation.core import clock
from foundation.core.money import Money
from local.demo import cast, province, texts_read
from local.demo.season import calendar, people, story, table
from marketplace import work
from settlement import queries

NOW = datetime(2026, 11, 24, 1, 41, tzinfo=UTC)


@pytest.fixture
def province_at_now(db):
    """The office, and every organization and patent that the seasons name; the day of the tests."""
    cast.officer.cache_clear()
    province.today.cache_clear()
    with clock.at(NOW):
        with clock.at(province.today() - province.FOUNDED):
            cast.administration()
        province.demo_logins()
        wanted = table.firms() | table.holders()
        for row in texts_read.organizations():
            if row["key"] in wanted:
                province.found_organization(row)
        province.bring_in_patents(table.holders())
        yield
    cast.officer.cache_clear()
    province.today.cache_clear()


def states(model):
    """How many rows of each state."""
    return dict(Counter(model.objects.values_list("state", flat=True)))


def every_stage_is_there():
    assert list(Season.objects.order_by("pk").values_list("code", "state")) == [
        ("2026S1", "closed"), ("2026S2", "bidding"), ("2026S3", "collecting"),
    ]  # fmt: skip
    assert states(Lot) == {
        "sold": 4, "sold_provisional": 6, "unsold": 2, "returned_to_pool": 1, "converted_to_open_license": 1,
        "relisted": 1, "after_sale_talks": 1, "withdrawn": 1, "live": 3, "registration_open": 4, "selected": 3,
        "proposed": 1, "materials_check": 2, "returned": 1, "not_selected": 1,
    }  # fmt: skip
    assert states(Sale) == {
        "completed": 4, "public_notice": 1, "balance_paid": 1, "confirmation_signed": 1, "sold_provisional": 3,
        "deposit_forfeited": 1,
    }  # fmt: skip
    assert states(Session) == {"closed": 5, "open": 1, "notice_published": 1, "planned": 1}


def a_visitor_may_bid_at_once():
    """The firm of the demo login is outbid on one lot, leads another with a maximum, and may register for others."""
    firm = people.bidder(table.OWN)
    live = Lot.objects.filter(state=LotState.LIVE).order_by("number")
    leaders = [lot.floor.leader and lot.floor.leader.organization_id == firm.organization_id for lot in live]
    assert leaders == [False, True, None]
    assert all(lot.floor.ends_at - NOW > timedelta(hours=10) for lot in live)
    assert bids.my_position(live[0], firm)
    assert not Registration.objects.filter(lot__state="registration_open", organization=firm.organization).exists()


def the_home_page_shows_them(client):
    html = client.get("/", {"lang": "en"}).content.decode()
    numbers = list(Lot.objects.filter(state=LotState.LIVE).values_list("number", flat=True))
    assert [number in html for number in numbers] == [True] * 3


def late_bids_extended_the_end():
    extended = Result.objects.filter(extensions__gt=0).order_by("-extensions", "pk")
    assert list(extended.values_list("extensions", flat=True)) == [3, 3, 2, 1, 1]


def test_seasons_show_every_stage(province_at_now, client):
    story.tell(NOW, province.nothing)
    audit.deliver_pending(limit=10_000)
    every_stage_is_there()
    a_visitor_may_bid_at_once()
    for login in ("bidder", "ip_manager", "provincial_officer"):
        assert work.items_for(Membership.objects.get(user__email=cast.address(login))), login
    assert queries.equation().difference == Money(0)
    late_bids_extended_the_end()
    the_home_page_shows_them(client)
    assert invariants.check() == []


@pytest.mark.parametrize("hour", range(0, 24, 3))
def test_session_of_now_has_hours_left_at_any_hour(hour):
    moment = datetime(2026, 11, 21, hour, 30, tzinfo=UTC)
    span = calendar.live(moment)
    assert span.starts_at + timedelta(hours=1) < moment < span.ends_at - timedelta(hours=9)
