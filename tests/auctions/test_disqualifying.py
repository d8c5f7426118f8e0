"""An officer takes a bidder out by paddle: before the first bid, told with the reason, the deposit back in full."""

import pytest
from django.urls import reverse

from auctions.bidding import Code
from auctions.lifecycle_parties import RegistrationState
from auctions.models import Bid, Registration
from auctions.services import disqualifying
from auctions.services.bids import BidRefused, place_bid
from auctions.services.disqualifying import BidsStand
from foundation import audit
from foundation.audit import delivery
from foundation.core import clock
from foundation.core.errors import Invalid, NotAllowed
from foundation.core.money import Money
from notifications.models import Notice
from settlement.lifecycle import HoldState
from settlement.models import Hold
from tests.auctions.test_sale_pages import browser, send
from tests.factories import accounts, bidders
from tests.factories import auction_floor as floor

pytestmark = pytest.mark.django_db
WHY = "提交的营业执照系伪造。"


def test_a_disqualified_bidder_is_told_why_gets_the_deposit_back_and_may_not_bid():
    boss, actor = accounts.officer(), accounts.member("bidder")
    registration = bidders.admitted(bidders.open_lot(), actor)
    lot = registration.lot
    disqualifying.disqualify(lot=lot, paddle=registration.paddle, reason=WHY, actor=boss)
    delivery.deliver_pending()
    ended = Registration.objects.get(pk=registration.pk)
    assert (ended.state, ended.reason) == (RegistrationState.DISQUALIFIED, WHY)
    assert Hold.objects.get(obligation=ended.obligation_id).state == HoldState.RELEASED
    assert Notice.objects.filter(name="auctions.registration.disqualify").exists()
    assert not audit.queries.visible_to(boss).filter(name="auctions.registration.disqualify").exists()
    with clock.at(lot.floor.opens_at), pytest.raises(BidRefused) as refused:
        place_bid(registration=ended, amount=lot.start, key="k", actor=actor)
    assert refused.value.bid_code == Code.NOT_ADMITTED


def test_bids_stand_whoever_made_them():
    lot = floor.live_lot()
    bidder, member = floor.admitted(lot, paddle="1001")
    place_bid(registration=bidder, amount=Money(10_000_000), key="k", actor=member)
    with pytest.raises(BidsStand):
        disqualifying.disqualify(lot=lot, paddle="1001", reason=WHY, actor=accounts.officer())
    assert Bid.objects.filter(lot=lot).count() == 1


def test_only_an_officer_with_a_reason_and_a_paddle_of_this_lot():
    registration = bidders.admitted(bidders.open_lot())
    lot, boss = registration.lot, accounts.officer()
    for actor in (accounts.finance(), accounts.member("owner"), accounts.member("city_officer")):
        with pytest.raises(NotAllowed):
            disqualifying.disqualify(lot=lot, paddle=registration.paddle, reason=WHY, actor=actor)
    for paddle, reason in ((registration.paddle, " "), ("9999x", WHY)):
        with pytest.raises(Invalid):
            disqualifying.disqualify(lot=lot, paddle=paddle, reason=reason, actor=boss)
    client = browser(boss)
    address = reverse("auctions:lot_disqualify", args=[lot.number])
    token = client.get(address).context["form"]["form_token"].value()
    wrong = client.post(address, {"paddle": "9999x", "reason": WHY, "form_token": token})
    assert wrong.status_code == 422 and "9999x" in wrong.content.decode()
    send(client, address, paddle=registration.paddle, reason=WHY)
    assert Registration.objects.get(pk=registration.pk).state == RegistrationState.DISQUALIFIED
