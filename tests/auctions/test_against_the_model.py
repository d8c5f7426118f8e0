"""Random sequences of bids: the function in the database, the pure rules and an independent model agree.

10,000 sequences with KAIXU_LONG=1, a few dozen otherwise.
"""

import os
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auctions import bidding
from auctions.models import Floor
from auctions.services import closing
from auctions.services.calling import call
from foundation.core import clock
from tests.auctions import model
from tests.factories import auction_floor as make

pytestmark = pytest.mark.django_db
EXAMPLES = 10_000 if os.environ.get("KAIXU_LONG") else 40
MS = timedelta(milliseconds=1)
LAST = 20_000  # ms from the opening to the planned end
RANKS = (0, 0, 1, 2)

RULES = st.fixed_dictionaries(
    {
        "start": st.sampled_from([1, 100, 1_000]),
        "step": st.sampled_from([1, 7, 100]),
        "most": st.sampled_from([None, 1, 5]),
        "grid": st.booleans(),
        "again": st.booleans(),
        "window": st.sampled_from([1_000, 5_000]),
        "extra": st.sampled_from([1_000, 5_000, 9_000]),
        "limit": st.sampled_from([None, None, LAST, LAST + 3_000]),
    }
)
# milliseconds since the bid before, who, steps above the lowest bid, and a little beside them
BIDS = st.lists(
    st.tuples(
        st.sampled_from([0, 1, 900, 999, 1_000, 1_001, 4_000, 5_000, 5_001]),
        st.integers(0, 3),
        st.integers(-1, 6),
        st.sampled_from([0, 0, 0, 1, -1]),
    ),
    min_size=1,
    max_size=14,
)


@pytest.fixture
def floor():
    lot = make.live_lot()
    lot.bidders = [make.admitted(lot, rank=rank)[0] for rank in RANKS]
    return lot


@contextmanager
def taken_back():
    """Nothing of it stays: bids cannot be deleted."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def prepared(lot, rules):
    """The floor by these rules, and the moment from which milliseconds count."""
    zero = lot.floor.opens_at
    limit = rules["limit"]
    Floor.objects.filter(pk=lot.pk).update(
        start_fen=rules["start"],
        increment_fen=rules["step"],
        max_steps=rules["most"],
        on_grid=rules["grid"],
        own_raise=rules["again"],
        window_seconds=rules["window"] // 1000,
        extension_seconds=rules["extra"] // 1000,
        planned_ends_at=zero + LAST * MS,
        ends_at=zero + LAST * MS,
        hard_limit_at=None if limit is None else zero + limit * MS,
        resumes_at=None,
    )
    return zero


def pure(floor, registration, amount, at):
    """What `bidding` makes of it: its state afterwards, or its refusal."""
    offer = bidding.Offer(registration.pk, amount, registration.priority_rank)
    try:
        return bidding.accept(floor.rules, floor.as_state, offer, at)
    except bidding.Refused as refused:
        return str(refused.code), refused.minimum


@given(rules=RULES, begin=st.sampled_from([-1, 0, LAST - 6_000, LAST - 1_000]), drawn=BIDS)
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_database_rules_and_model_agree(floor, rules, begin, drawn):
    with taken_back():
        check(floor, rules, begin, drawn)


def check(lot, rules, begin, drawn):
    zero, now, price = prepared(lot, rules), begin, None
    offered, seen, after = [], [], Floor.objects.get(pk=lot.pk)
    for n, (later, who, steps, beside) in enumerate(drawn):
        now += later
        registration = lot.bidders[who]
        amount = max(1, (rules["start"] if price is None else price + rules["step"]) + steps * rules["step"] + beside)
        before = after
        told = pure(before, registration, amount, zero + now * MS)
        row = call(registration, amount, f"k{n}", 1, at=zero + now * MS)
        after = Floor.objects.get(pk=lot.pk) if row.outcome == "accepted" or n % 4 == 0 else before
        if row.outcome == "accepted":
            assert after.as_state == told
        elif row.refusal != "rate_limit":
            assert (row.refusal, row.lowest) == told and after.as_state == before.as_state
        offered.append((now, who, RANKS[who], amount))
        price = after.price_fen
        seen.append((row.outcome == "accepted", price, (after.ends_at - zero) // MS))
    story, winner = model.play({**rules, "opens": 0, "ends": LAST}, offered)
    assert seen == story
    decide(lot, after, winner)


def decide(lot, floor, winner):
    """The product's result is the model's winner."""
    Floor.objects.filter(pk=lot.pk).update(hard_limit_at=None)
    with clock.at(floor.ends_at):
        result = closing.close_lot(lot=lot)
    assert (result.winning_bid and result.winning_bid.registration_id) == (
        None if winner is None else lot.bidders[winner].pk
    )
    assert result.ended_at == floor.ends_at
