"""The room: watched by everybody, bid in without a script, and what it never tells."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from auctions import clock_bidders
from auctions.models import Bid, BidAttempt, Proxy
from auctions.services import bids, closing, opening
from foundation import audit
from foundation.core import clock
from foundation.core.clock import database_now
from foundation.core.money import Money
from notifications.models import Notice
from tests.factories import accounts
from tests.factories.bidders import INCREMENT, START, admitted, open_lot

pytestmark = pytest.mark.django_db


@pytest.fixture
def lot():
    return open_lot(starts_in=timedelta(seconds=-5))


def room(lot):
    return reverse("auctions:lot_room", args=[lot.number])


def bidder(lot):
    """An admitted bidder and the member who bids."""
    member = accounts.member("bidder")
    return admitted(lot, member), member


def bid(registration, member, steps):
    amount = Money(START.fen + steps * INCREMENT.fen)
    return bids.place_bid(registration=registration, amount=amount, key=f"k{steps}", actor=member)


def key_and_seq(page):
    form = page.context["form"]
    return {"key": form.initial["key"], "seen_seq": form.initial["seen_seq"]}


def test_two_steps_without_a_script_place_one_bid_and_give_a_receipt(client, lot):
    registration, member = bidder(lot)
    client.force_login(member.user)
    first = client.get(room(lot))
    assert first.context["amounts"] == [START, START + INCREMENT, START + INCREMENT + INCREMENT]
    check = client.get(reverse("auctions:bid_check", args=[lot.number]), {"amount": "1,250,000"})
    checked = check.context["checked"]
    assert (checked["capitals"], checked["fee"], checked["total"]) == (
        "壹佰贰拾伍万元整", Money(37_500_00), Money(1_287_500_00),
    )  # fmt: skip
    assert (checked["deposit"], checked["rest"]) == (Money(120_000_00), Money(1_167_500_00))
    assert not Bid.objects.exists()
    sent = {"amount": "1250000.00", **key_and_seq(check)}
    place = reverse("auctions:bid_place", args=[lot.number])
    answers = [client.post(place, sent) for _click in range(2)]
    assert {answer.url for answer in answers} == {f"{room(lot)}?bid=1"}
    assert Bid.objects.get().amount == Money(1_250_000_00)
    page = client.get(answers[0].url)
    assert page.context["placed"].seq == 1
    receipt = client.get(reverse("auctions:bid_receipt", args=[lot.number, 1])).json()
    kept = Bid.objects.get()
    assert (receipt["hash"], receipt["paddle"], receipt["lot"]) == (kept.hash, registration.paddle, lot.number)


def test_refused_amount_comes_back_with_the_sentence_and_the_next_possible_amount(client, lot):
    client.force_login(bidder(lot)[1].user)
    page = client.get(reverse("auctions:bid_check", args=[lot.number]), {"amount": "1210000"})
    assert page.status_code == 409
    assert page.context["form"]["amount"].value() == "1,250,000"
    assert len(page.context["form"].errors["amount"]) == 1
    assert not BidAttempt.objects.exists()


def test_price_that_moved_before_the_confirmation_is_a_soft_refusal(client, lot):
    _registration, member = bidder(lot)
    client.force_login(member.user)
    check = client.get(reverse("auctions:bid_check", args=[lot.number]), {"amount": "1200000"})
    bid(*bidder(lot), 0)
    sent = {"amount": "1200000.00", **key_and_seq(check)}
    page = client.post(reverse("auctions:bid_place", args=[lot.number]), sent)
    assert page.status_code == 409
    assert page.context["form"]["amount"].value() == "1,250,000"
    assert BidAttempt.objects.get().code == "stale"
    assert Bid.objects.count() == 1


def test_more_than_three_increments_at_once_are_asked_about(client, lot):
    client.force_login(bidder(lot)[1].user)
    address = reverse("auctions:bid_check", args=[lot.number])
    assert client.get(address, {"amount": "1350000"}).context["checked"]["many"] is False
    assert client.get(address, {"amount": "1400000"}).context["checked"]["many"] is True


def test_nonsense_is_answered_beside_the_field(client, lot):
    client.force_login(bidder(lot)[1].user)
    for text in ("", "abc", "-1", "1e9", "9" * 40):
        page = client.get(reverse("auctions:bid_check", args=[lot.number]), {"amount": text})
        assert page.status_code == 422
        assert "amount" in page.context["form"].errors
    assert client.post(reverse("auctions:bid_place", args=[lot.number]), {"amount": "1200000"}).status_code == 422


def test_position_is_the_same_after_a_reload_and_on_another_device(client, lot):
    one, two = bidder(lot), bidder(lot)
    bid(*one, 0)
    client.force_login(one[1].user)
    assert client.get(room(lot)).context["position"]["tone"] == "success"
    bid(*two, 1)
    fragment = client.get(reverse("auctions:lot_room_live", args=[lot.number]))
    assert fragment.context["position"]["tone"] == "amber"
    assert [row["own"] for row in client.get(room(lot)).context["room"]["bids"]] == [False, True]


def test_nobody_learns_who_stands_behind_a_paddle(client, lot):
    registration, member = bidder(lot)
    other = bidder(lot)
    bid(registration, member, 0)
    firm = registration.organization
    names = (firm.name, firm.name_en, firm.public_id, firm.uscc, member.user.name, member.user.email)
    seller = lot.seller.memberships.first()
    watchers = [None, other[1], seller, accounts.officer(), accounts.member("city_officer")]
    places = [room(lot), reverse("auctions:lot_room_live", args=[lot.number]), f"{room(lot)}?tab=rules"]
    places += [reverse("marketplace:bulletin"), lot.get_absolute_url(), reverse("auctions:lot_list")]
    for watcher in watchers:
        client.logout()
        if watcher is not None:
            client.force_login(watcher.user)
        for place in places:
            text = client.get(place).content.decode()
            about_bid = [line for line in text.splitlines() if registration.paddle in line]
            assert place != room(lot) or about_bid
            assert [name for name in names if name and name in text] == [], (place, getattr(watcher, "role", ""))
        assert client.get(reverse("auctions:registration_detail", args=[registration.pk])).status_code in (302, 404)
        assert client.get(reverse("auctions:bid_receipt", args=[lot.number, 1])).status_code in (302, 403, 404)


def test_history_names_nobody_behind_a_paddle(lot):
    registration, member = bidder(lot)
    bid(registration, member, 0)
    told = audit.timeline(lot, viewer=accounts.officer()).get(name="auctions.bid.placed")
    assert (told.actor_user_id, told.actor_organization_id, told.party_ids) == (None, None, [])
    assert set(told.facts) == {"seq", "paddle", "amount", "rank", "ends_at", "extended", "hash"}
    own = audit.timeline(registration, viewer=member)
    assert own.count() >= 5
    assert [event.name for event in own if registration.paddle in str(event.data)] == []


def test_who_led_for_a_while_is_told_of_being_outbid_and_all_of_the_end(lot):
    (first, one), (second, two) = bidder(lot), bidder(lot)
    bid(first, one, 0)
    with clock.at(database_now() + timedelta(seconds=30)):
        bid(second, two, 1)
    with clock.at(database_now() + timedelta(minutes=5)):
        bid(first, one, 2)
    with clock.at(lot.floor.ends_at - timedelta(minutes=20)):
        opening.go_live(lot=lot)
        assert (clock_bidders.tell_closing_soon(), clock_bidders.tell_closing_soon()) == (1, 0)
    audit.deliver_pending()
    outbid = Notice.objects.filter(name="auctions.bid.placed").values_list("user_id", flat=True)
    assert list(outbid) == [two.user_id]  # the other one was outbid within half a minute: it sits in the room
    soon = Notice.objects.filter(name="auctions.lot.closing_soon").values_list("user_id", flat=True)
    assert set(soon) == {one.user_id, two.user_id}


def test_watchers_and_unregistered_members_cannot_bid(client, lot):
    place, sent = reverse("auctions:bid_place", args=[lot.number]), {"amount": "1200000", "key": "k"}
    assert client.post(place, sent).status_code == 302
    client.force_login(accounts.member("bidder").user)
    assert client.post(place, sent).status_code == 403
    client.force_login(accounts.member("ip_manager").user)
    assert client.post(place, sent).status_code == 403
    assert not Bid.objects.exists()


def test_changing_part_speaks_the_language_that_the_address_of_the_page_names(client, lot):
    page = client.get(f"/auctions/lots/{lot.number}/room/?lang=en").content.decode()
    address = re.search(r'hx-get="([^"]+)"', page)[1].replace("&amp;", "&")
    assert address.endswith("room/live/?lang=en")
    assert "You are watching" in client.get(address).content.decode()


def test_room_asks_at_most_twelve_queries_however_many_bids(client, lot, django_assert_max_num_queries):
    one, two = bidder(lot), bidder(lot)
    client.force_login(one[1].user)
    for steps in range(3):
        bid(*(one, two)[steps % 2], steps)
    with django_assert_max_num_queries(12) as few:
        client.get(room(lot))
    for steps in range(3, 23):
        bid(*(one, two)[steps % 2], steps)
    with django_assert_max_num_queries(12) as many:
        assert client.get(room(lot)).context["room"]["bids_count"] == 23
    assert len(few.captured_queries) == len(many.captured_queries)


def test_maximum_is_left_changed_and_cancelled_and_never_shown(client, lot):
    registration, member = bidder(lot)
    client.force_login(member.user)
    address = reverse("auctions:proxy", args=[lot.number])
    form = client.get(address).context["form"]
    sent = {"maximum": "1777000", "binds": "on", "key": form.initial["key"]}
    assert client.post(address, {**sent, "binds": ""}).status_code == 422
    assert client.post(address, sent).status_code == 302
    assert Bid.objects.get().registration == registration
    assert "1777000" not in Proxy.objects.get().maximum_sealed
    for place in (room(lot), address):
        assert "1,777,000" not in client.get(place).content.decode()
    client.post(reverse("auctions:proxy_cancel", args=[lot.number]))
    assert Proxy.objects.get().is_active is False
    low = client.post(address, {**sent, "maximum": "1", "key": "another"})
    assert low.status_code == 409 and low.context["form"].errors["maximum"]


def test_phases_of_the_room_follow_the_stored_times(client):
    later = open_lot(starts_in=timedelta(hours=1))
    assert client.get(room(later)).context["room"]["phase"] == "before"
    with clock.at(later.floor.opens_at):
        assert client.get(room(later)).context["room"]["phase"] == "live"
    with clock.at(later.floor.ends_at):
        assert client.get(room(later)).context["room"]["phase"] == "closing"
    assert database_now() < later.floor.opens_at


def test_unknown_lot_is_not_there(client):
    for name in ("lot_room", "lot_room_live"):
        assert client.get(reverse(f"auctions:{name}", args=["JSPA-NONE-0001-X"])).status_code == 404


def test_replay_shows_each_moment_of_a_decided_lot_from_the_bids_alone(client, lot):
    one, two = bidder(lot), bidder(lot)
    for steps in range(3):
        bid(*(one, two)[steps % 2], steps)
    address = reverse("auctions:lot_replay", args=[lot.number])
    assert client.get(address).status_code == 404  # not before it is decided
    with clock.at(lot.floor.ends_at):
        closing.close_lot(lot=lot)
    shown = client.get(address, {"seq": 2}).context["room"]
    assert (shown["price"], shown["leader"], shown["seq"]) == (START + INCREMENT, two[0].paddle, 2)
    assert client.get(address).context["room"]["price"] == Money(START.fen + 2 * INCREMENT.fen)
    assert client.get(address, {"seq": 0}).context["room"]["price"] is None
    for odd in ("-1", "x", "99999999999"):
        assert client.get(address, {"seq": odd}).context["seq"] == 3
