"""A challenge is locked before its money: settlement asks the owner of a purpose before it locks what is paid.

Read from the statements, and met by two connections at once; the twin locks in the opposite order.
"""

import re

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from challenges.models import Challenge
from challenges.services import bounty, publishing, selecting
from foundation.core import clock
from foundation.core.errors import Busy
from foundation.core.locking import DEADLOCK, lock_rows
from settlement.models import Obligation
from tests.concurrency.racing import Meanwhile, outcome_of
from tests.factories import accounts, judging
from tests.factories import challenges as make
from tests.factories.settlement import pay, started_payment

pytestmark = pytest.mark.django_db
LOCKED = re.compile(r'FROM "(\w+)" WHERE .* FOR (?:UPDATE|SHARE)')
MONEY = {"settlement_hold", "settlement_obligation"}


def locked_by(act, **named) -> list[str]:
    """The tables of the rows an act locks, in the order it locks them, of a challenge and of money."""
    with CaptureQueriesContext(connection) as asked:
        act(**named)
    found = [match[1] for query in asked.captured_queries for match in LOCKED.finditer(query["sql"])]
    return [table for table in found if table in MONEY | {"challenges_challenge"}]


def first_the_challenge(found: list[str]) -> bool:
    return found[0] == "challenges_challenge" and not MONEY.isdisjoint(found)


def test_a_cancellation_before_and_after_the_first_share_is_paid(client):
    cast, owner = make.Cast(), accounts.member("owner")
    for made in (make.approved(cast, owner), make.published(cast, owner)):
        assert first_the_challenge(locked_by(publishing.cancel, challenge=made, reason="计划有变", actor=owner))
        assert not bounty.holds_of(made)
        client.force_login(owner.user)
        assert client.get(Challenge.objects.get(pk=made.pk, state="cancelled").get_absolute_url()).status_code == 200


def test_no_award():
    judged = judging.opened()
    with clock.at(judged.challenge.closes_at):
        judging.read(judged).scored(40, 50)
        for proposal in judged.proposals:
            selecting.give_feedback(proposal=proposal, text="指标未达到", actor=judged.owner)
        said = {"challenge": judged.challenge, "reason": "均未达到指标", "actor": judged.owner}
        assert first_the_challenge(locked_by(selecting.award_none, **said))
    assert judged.fresh().state == "no_award"
    assert not bounty.holds_of(judged.challenge)


def test_no_proposal():
    cast, owner = make.Cast(), accounts.member("owner")
    made = make.published(cast, owner)
    with clock.at(made.closes_at):
        made = make.opened(cast, made)
        assert first_the_challenge(locked_by(publishing.end_without, challenge=made, actor=owner))
    assert not bounty.holds_of(made)


def test_a_payment():
    made = make.approved(make.Cast(), accounts.member("owner"))
    waiting = started_payment(Obligation.objects.get(pk=made.obligation_id))
    assert first_the_challenge(locked_by(lambda: pay(waiting)))


def payment_meets(monkeypatch, cancel):
    """The first share is being booked, with its challenge locked and the money not yet, when somebody cancels.

    What the bank was answered, what who cancels was, and what became of the challenge.
    """
    cast = make.Cast()
    made = make.approved(cast, accounts.member("owner"))
    waiting = started_payment(Obligation.objects.get(pk=made.obligation_id))
    cancelled = {"challenge": made, "reason": "计划有变", "actor": cast.officer}
    other = Meanwhile(monkeypatch, publishing, "publish", lambda: cancel(made.obligation, **cancelled))
    answer = outcome_of(lambda: pay(waiting))
    outcome = other.end()
    assert not other.was_inside  # it had to wait
    return answer, outcome, Challenge.objects.get(pk=made.pk)


def in_order(_obligation, **named):
    return publishing.cancel(**named)


def money_first(obligation, **named):
    with transaction.atomic():
        lock_rows(obligation)
        return publishing.cancel(**named)


@pytest.mark.django_db(transaction=True)
def test_a_cancellation_waits_for_a_payment_and_gives_it_back(monkeypatch):
    answer, outcome, challenge = payment_meets(monkeypatch, in_order)
    assert (answer, type(outcome), challenge.state) == ("accepted", Challenge, "cancelled")
    assert bounty.secured(challenge) and not bounty.holds_of(challenge)


@pytest.mark.django_db(transaction=True)
def test_twin_in_the_opposite_order_they_wait_for_each_other(monkeypatch):
    answer, outcome, _challenge = payment_meets(monkeypatch, money_first)
    stopped = [one for one in (answer, outcome) if isinstance(one, Busy)]
    assert [one.__cause__.__cause__.pgcode for one in stopped] == [DEADLOCK]
