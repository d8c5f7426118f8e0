"""Every share of a bounty is whole fen, and the shares are the bounty, however awkward the numbers."""

from types import SimpleNamespace

from hypothesis import example, given
from hypothesis import strategies as st

from challenges.presentation.challenge import payments
from challenges.scoring import WHOLE_BP
from challenges.services import bounty, escrow_plan
from foundation.core.money import Money, split

AWKWARD = (3300, 3300, 3400)
plans = st.lists(st.integers(1, 100), min_size=1, max_size=20).map(
    lambda weights: [part.fen for part in split(Money(WHOLE_BP), weights)]
)


def a_challenge(fen, shares, escrow_bp=3000):
    rows = [SimpleNamespace(months=n, deliverable="", share_bp=share) for n, share in enumerate(shares, 1)]
    season, stored = SimpleNamespace(escrow_bp=escrow_bp), SimpleNamespace(all=lambda: rows)
    return SimpleNamespace(bounty=Money(fen), season=season, payments=stored)


@given(st.integers(1, 10**13), plans)
@example(1, AWKWARD)
@example(3, [2000] * 5)
@example(99, AWKWARD)
@example(1_000_001, AWKWARD)
def test_the_amounts_of_a_payment_plan_are_the_bounty(fen, shares):
    amounts = [row["amount"] for row in payments(a_challenge(fen, shares))]
    assert sum(amounts, Money(0)) == Money(fen) and min(amounts) >= Money(0)


@given(st.integers(1, 10**13), plans, st.integers(2000, 10_000))
@example(1, AWKWARD, 2000)
@example(99, AWKWARD, 3333)
@example(1_000_001, AWKWARD, 3000)
def test_what_the_firm_is_asked_for_from_the_first_share_to_the_last_milestone_is_the_bounty(fen, shares, escrow_bp):
    challenge = a_challenge(fen, shares, escrow_bp)
    asked = held = bounty.first_share(challenge)
    assert asked >= Money(1)
    for amount in split(challenge.bounty, shares):
        missing = escrow_plan.still_missing(amount, held, Money(0))
        asked, held = asked + missing, held + missing - amount
        assert held >= Money(0)
    assert (asked, held) == (challenge.bounty, Money(0))


@given(st.integers(0, 10**13), st.integers(0, 10**13), st.integers(1, 10**13))
def test_what_is_promised_to_others_is_never_counted_on(held, spoken_for, fen):
    missing = escrow_plan.still_missing(Money(fen), Money(held), Money(spoken_for))
    assert missing.fen == max(fen - max(held - spoken_for, 0), 0) <= fen
