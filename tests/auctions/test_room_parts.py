"""What the script of the room is answered: the panel alone for a bid, and nothing where nothing changed."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from auctions.models import Bid
from auctions.services import proxies
from foundation.core import clock
from foundation.core.clock import database_now
from foundation.core.money import Money
from tests.auctions.test_room import bid, bidder, room
from tests.factories.bidders import START, open_lot

pytestmark = pytest.mark.django_db
SCRIPT = {"HX-Request": "true", "HX-Target": "bid-panel"}


@pytest.fixture
def lot():
    return open_lot(starts_in=timedelta(seconds=-5))


def place(client, lot, **sent):
    return client.post(reverse("auctions:bid_place", args=[lot.number]), sent, headers=SCRIPT)


def live(client, lot, address=""):
    return client.get(address or reverse("auctions:lot_room_live", args=[lot.number]))


def next_look(answer) -> str:
    """Where the part that was answered asks again."""
    return re.search(r'hx-get="([^"]+)"', answer.content.decode())[1].replace("&amp;", "&")


def test_accepted_bid_is_answered_by_its_receipt_alone_however_often_it_is_sent(client, lot, django_assert_num_queries):
    client.force_login(bidder(lot)[1].user)
    with django_assert_num_queries(8):  # session, user, membership, registration, the bid (of four)
        answers = [place(client, lot, amount="1200000.00", key="k", seen_seq="0")]
    answers.append(place(client, lot, amount="1200000.00", key="k", seen_seq="0"))
    assert [answer.status_code for answer in answers] == [200, 200]
    for answer in answers:
        shown = answer.content.decode().strip()
        assert shown.startswith('<section id="bid-panel"') and shown.endswith("</section>")
        assert f'data-page-url="{room(lot)}?bid=1"' in shown
        assert Bid.objects.get().hash[:16] in shown
    assert Bid.objects.get().amount == START


def test_bid_that_a_maximum_answers_at_once_comes_with_the_next_amounts(client, lot):
    registration, member = bidder(lot)
    proxies.place_proxy(registration=registration, maximum=Money(1_500_000_00), key="m", actor=member)
    client.force_login(bidder(lot)[1].user)
    shown = place(client, lot, amount="1250000.00", key="k", seen_seq="1").content.decode()
    assert f'data-page-url="{room(lot)}?bid=2"' in shown and 'data-lowest="1,350,000"' in shown
    assert [made.amount for made in Bid.objects.order_by("seq")] == [START, Money(1_250_000_00), Money(1_300_000_00)]


def test_refused_bid_is_answered_by_the_sentence_and_the_next_amount_alone(client, lot, django_assert_num_queries):
    client.force_login(bidder(lot)[1].user)
    bid(*bidder(lot), 0)
    with django_assert_num_queries(9):  # session, user, membership, registration, the bid (of three), floor, moment
        answer = place(client, lot, amount="1200000.00", key="k", seen_seq="0")
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert f'data-page-url="{room(lot)}"' in shown and "room-live" not in shown and "<html" not in shown
    assert answer.context["form"]["amount"].value() == "1,250,000"
    assert str(answer.context["form"].errors["amount"][0]) in shown
    assert 'data-lowest="1,250,000"' in shown
    assert place(client, lot, amount="x", key="k2").status_code == 422
    assert Bid.objects.count() == 1


def test_bid_after_the_end_takes_the_form_away(client, lot):
    client.force_login(bidder(lot)[1].user)
    with clock.at(lot.floor.ends_at):
        answer = place(client, lot, amount="1200000.00", key="k")
    assert answer.status_code == 409
    assert "data-bid-amount" not in answer.content.decode()


def test_unchanged_room_is_not_told_again_and_every_change_is(client, lot):
    registration, member = bidder(lot)
    client.force_login(member.user)
    now = (database_now() + timedelta(minutes=1)).replace(second=10)
    with clock.at(now):
        address = next_look(live(client, lot))
    with clock.at(now + timedelta(seconds=20)):
        assert live(client, lot, address).status_code == 204
        bid(registration, member, 0)
        changed = live(client, lot, address)
        assert changed.status_code == 200 and "1,200,000" in changed.content.decode()
        address = next_look(changed)
        assert live(client, lot, address).status_code == 204
        bidder(lot)  # one more is admitted
        address = next_look(live(client, lot, address))
    with clock.at(now + timedelta(seconds=60)):  # the chart grows
        assert live(client, lot, address).status_code == 200
    with clock.at(lot.floor.ends_at.replace(microsecond=0) - timedelta(seconds=1)):
        address = next_look(live(client, lot))
    with clock.at(lot.floor.ends_at):
        assert live(client, lot, address).status_code == 200


def test_what_one_visitor_has_seen_says_nothing_to_another(client, lot):
    with clock.at(database_now()):
        visitors = next_look(live(client, lot))
        client.force_login(bidder(lot)[1].user)
        answer = live(client, lot, visitors)
    assert answer.status_code == 200 and answer.context["position"]["title"] == "You have not bid yet"


def test_watchers_share_one_rendering_and_a_bid_ends_it(client, lot, django_assert_num_queries):
    one = bidder(lot)
    with clock.at(database_now()):
        first = live(client, lot).content
        with django_assert_num_queries(1):
            assert live(client, lot).content == first
        bid(*one, 0)
        assert "1,200,000" in live(client, lot).content.decode()
        assert "You are watching" in live(client, lot, f"{next_look(live(client, lot))}&lang=en").content.decode()
