"""An approved challenge whose bounty is not secured in time, or whose season is over, ends by itself."""

from datetime import timedelta

import pytest

from challenges import clock as timers
from challenges.models import Challenge
from challenges.services import seasons
from foundation.audit import invariants
from foundation.core import clock
from foundation.core.money import Money
from tests.challenges.test_money_of_a_challenge import balance
from tests.factories import accounts
from tests.factories import challenges as make
from tests.factories.settlement import pay, started_payment

pytestmark = pytest.mark.django_db
MOMENT = timedelta(milliseconds=1)


def state_of(challenge):
    return Challenge.objects.get(pk=challenge.pk).state


def test_it_ends_when_the_first_share_was_not_paid_in_time_and_a_part_of_it_goes_back():
    owner = accounts.member("owner")
    challenge = make.approved(make.Cast(), owner)
    assert pay(started_payment(challenge.obligation), amount=Money(1_00)) == "accepted"
    late = started_payment(challenge.obligation)
    with clock.at(challenge.obligation.due_at - MOMENT):
        timers.look()
    assert state_of(challenge) == "approved"
    with clock.at(challenge.obligation.due_at):
        assert timers.look() == 1 and timers.look() == 0
        assert pay(late).startswith("refunded")  # it came too late
    assert state_of(challenge) == "cancelled"
    assert balance("2004") == 0 and balance("2013", owner.organization) == challenge.obligation.amount.fen
    assert invariants.check() == []


def test_nothing_is_published_in_a_season_whose_results_are_followed_already():
    cast = make.Cast()
    challenge = make.approved(cast, accounts.member("owner"))
    for move in ("run", "track"):
        seasons.lead(season=cast.season, move=move, actor=cast.officer)
    assert pay(started_payment(challenge.obligation)) == "refunded:not_waiting"
    assert state_of(challenge) == "approved"
    assert timers.look() == 1
    assert state_of(challenge) == "cancelled" and balance("2004") == 0
