"""Who stands behind the paddles: nobody before the end, an officer with a reason after it, and history knows."""

import pytest
from django.db.models import Q

from auctions.models import Signal
from auctions.services import identities
from auctions.services.identities import StillSecret
from foundation import audit
from foundation.audit.models import Event
from foundation.core.clock import database_now
from foundation.core.errors import Invalid, NotAllowed
from tests.auctions.test_sale_pages import browser, send
from tests.factories import auction_floor, bidders
from tests.factories import auction_sales as make
from tests.factories.accounts import finance, member, officer

pytestmark = pytest.mark.django_db


def test_before_the_end_nobody_looks_behind_a_paddle():
    lot = bidders.open_lot()
    bidders.admitted(lot)
    with pytest.raises(StillSecret):
        identities.look(lot=lot, reason="核查", actor=officer())
    assert not Event.objects.filter(name="auctions.lot.identities_seen").exists()


def test_no_officer_learns_from_the_history_who_bids_but_the_auditor_does():
    registration = bidders.admitted(bidders.open_lot())
    party, owed = registration.organization_id, registration.obligation_id
    told = Q(subject_kind="auctions.registration") | Q(subject_kind="settlement.obligation", subject_id=owed)
    told |= Q(subject_kind="settlement.hold") | Q(subject_kind="settlement.payment")
    events = Event.objects.filter(told, party_ids__contains=[party])
    assert events.count() >= len(("applied", "asked", "held", "admitted"))
    city = member("city_officer", city=registration.organization.city)
    for somebody, seen in ((officer(), 0), (city, 0), (member("auditor"), events.count())):
        assert audit.queries.visible_to(somebody).filter(pk__in=events.values("pk")).count() == seen
    own = audit.queries.visible_to(make.member_of(registration.organization))
    assert own.filter(pk__in=events.values("pk")).count() == events.count()


def test_after_the_end_an_officer_looks_with_a_reason_and_every_look_is_history():
    lot = make.knocked_down(underbid=make.UNDERBID).lot
    boss = officer()
    for somebody in (finance(), make.member_of(lot.seller)):
        with pytest.raises(NotAllowed):
            identities.look(lot=lot, reason="核查", actor=somebody)
    with pytest.raises(Invalid):
        identities.look(lot=lot, reason=" ", actor=boss)
    seen = identities.look(lot=lot, reason="核查串通线索", actor=boss)
    identities.look(lot=lot, reason="复核", actor=boss)
    assert [row.paddle for row in seen.rows] == sorted(lot.registrations.values_list("paddle", flat=True))
    looks = Event.objects.filter(name="auctions.lot.identities_seen").order_by("seq")
    assert [one.reason for one in looks] == ["核查串通线索", "复核"]
    assert {(one.visibility, one.actor_user_id) for one in looks} == {("private", boss.user_id)}
    names = {row.organization.name for row in seen.rows}
    assert not any(name in str(one.data) for name in names for one in looks)


def test_the_officers_pages_name_nobody_until_a_look_is_asked_for():
    sale = make.knocked_down(underbid=make.UNDERBID)
    lot, client = sale.lot, browser(officer())
    first, second = lot.registrations.order_by("pk")
    paddles = [[lot.number, first.paddle], [lot.number, second.paddle]]
    found = Signal.objects.create(
        season=lot.season, lot=lot, rule="same_line", paddles=paddles, key="k", found_at=database_now()
    )
    parties = (first.organization, second.organization)
    names = [name for party in parties for name in (party.name, party.name_en) if name]
    for address in (f"/auctions/lots/{lot.number}/signals/", f"/auctions/seasons/{lot.season.code}/signals/"):
        page = client.get(address).content.decode()
        assert first.paddle in page and not any(name in page for name in names)
    address = f"/auctions/lots/{lot.number}/identities/"
    assert not any(name in client.get(address).content.decode() for name in names)
    assert client.post(address, {"reason": ""}).status_code == 422
    page = client.post(address, {"reason": "核查"})
    shown = page.content.decode()
    assert all((party.name_en or party.name) in shown for party in parties)
    assert page["Cache-Control"] == "no-store"
    send(client, f"/auctions/signals/{found.pk}/note/", note="已核实")
    assert Signal.objects.get().note == "已核实"


def test_an_officer_pauses_resumes_and_calls_off_from_the_pages():
    lot = auction_floor.live_lot()
    client = browser(officer())
    acts = [("pause", "系统核查", "paused"), ("resumption", "", "live"), ("pause", "系统故障", "paused")]
    for name, reason, state in [*acts, ("call-off", "标的描述严重失实", "withdrawn")]:
        address = f"/auctions/lots/{lot.number}/{name}/"
        send(client, address, reason=reason)
        lot.refresh_from_db()
        assert lot.state == state
    assert client.get(f"/auctions/lots/{lot.number}/pause/").status_code == 303  # over: back to the lot
