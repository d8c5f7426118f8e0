"""The end of the bidding as an open room learns of it: the changing part brings along what no longer fits."""

from datetime import timedelta

import pytest
from django.urls import reverse

from foundation.core import clock
from tests.factories import accounts
from tests.factories.bidders import admitted, open_lot

pytestmark = pytest.mark.django_db


def test_the_end_takes_the_bid_form_away_without_a_reload(client):
    lot, member = open_lot(starts_in=timedelta(seconds=-5)), accounts.member("bidder")
    admitted(lot, member)
    client.force_login(member.user)
    live = reverse("auctions:lot_room_live", args=[lot.number])
    assert 'id="bid-panel"' not in client.get(live).content.decode()
    with clock.at(lot.floor.ends_at):
        page = client.get(live).content.decode()
    assert '<section id="bid-panel" hx-swap-oob="true"' in page
    assert "data-bid-amount" not in page
    assert "The bidding is over." in page
    assert '<span id="room-state" hx-swap-oob="true"' in page
