"""The world that random acts happen in: who takes part, what a step is, and what is checked after each."""

import collections
from contextlib import ExitStack
from datetime import date, timedelta

from django.db import connection, transaction

from foundation.audit import invariants
from foundation.core import clock, handlers
from foundation.core.errors import DomainError
from foundation.core.money import Money
from settlement.models import FeeRule
from settlement.services.sharing import Source
from tests.factories.accounts import OrganizationFactory, UniversityFactory, finance, member, officer
from tests.factories.bank import Row, imported, own_account, today
from tests.factories.income import patent_of, policy
from tests.factories.payouts import payout_account
from tests.factories.settlement import TWO_PERSONS

ONE_DAY = timedelta(days=1)
PURPOSES = ("license.fee", "license.instalment", "license.royalty", "auction.price")
DEPOSITS = ("license.trial_deposit", "auction.deposit", "challenge.bounty")
OWN_FEES = {"license.fee": 200, "license.royalty": 150, "auction.price": 300}
TRIAL_BALANCE = "SELECT currency FROM settlement_posting GROUP BY currency HAVING sum(debit_fen) <> sum(credit_fen)"
DONE, REFUSED = collections.Counter(), collections.Counter()
STEPS = collections.Counter()


class Cast:
    """Everybody, made once and committed; each run of the machine is rolled back to here."""

    def __init__(self):
        self.month_end = today().replace(day=1) - ONE_DAY
        self.supervised = own_account(since=self.month_end - ONE_DAY)
        self.importer, self.signer, self.officer = finance(), finance(), officer()
        row = Row("10.00", "a receipt", day=self.month_end)
        [line] = imported([row], self.supervised, day=self.month_end, actor=self.importer)
        self.statement = line.statement
        self.payers = [OrganizationFactory() for _n in range(3)]
        self.payees = [UniversityFactory() for _n in range(2)]
        self.payer_of = {one.pk: member("licensing_user", organization=one) for one in self.payers}
        self.payee_of = {one.pk: member("ip_manager", organization=one) for one in self.payees}
        for organization in (*self.payers, *self.payees):
            payout_account(organization)
        self.colleague_of = {one.pk: member("inventor", organization=one) for one in self.payees}
        co_owner = self.payees[1]
        self.patent = patent_of(self.payees[0], co_owner, inventors=("李雷", "韩梅梅", "王芳"))
        policy(self.payees[0], actor=self.payee_of[self.payees[0].pk], delegates_payout=True)
        policy(co_owner, actor=self.payee_of[co_owner.pk])
        for purpose, rate in OWN_FEES.items():
            FeeRule.objects.create(purpose=purpose, valid_from=date(2020, 1, 1), rate_bp=rate, **TWO_PERSONS)


def owners_agree(patch, cast) -> None:
    """Whoever owns a purpose accepts money and its return; income comes from the patent; reviews need no desk."""
    for purpose in (*PURPOSES, *DEPOSITS, "license.late_fee", "license.inspection_cost"):
        patch.setitem(handlers._owners, f"obligation.paid:{purpose}", lambda **facts: "accepted")
        patch.setitem(handlers._owners, f"obligation.reopened:{purpose}", lambda **facts: "accepted")
        patch.setitem(handlers._owners, f"obligation.may_release:{purpose}", lambda **facts: True)
        patch.delitem(handlers._owners, f"obligation.url:{purpose}", raising=False)
        patch.delitem(handlers._owners, f"income.source:{purpose}", raising=False)
    patch.setitem(handlers._owners, "income.source:license.fee", lambda **facts: Source(cast.patent))
    patch.setitem(handlers._owners, "review.open", lambda **facts: None)
    patch.setitem(handlers._owners, "review.resubmit", lambda **facts: cast)


def prepare_promises() -> None:
    """All promises as one prepared query: the numbers of those that are broken. Nobody carries events on here (I17)."""
    queries = [TRIAL_BALANCE, *(one.sql for one in invariants.everything() if one.id != "I17")]
    parts = [f"SELECT {place} AS broken WHERE EXISTS ({sql})" for place, sql in enumerate(queries)]
    with connection.cursor() as cursor:
        cursor.execute("SET jit = off; SET plan_cache_mode = force_generic_plan")
        cursor.execute(f"PREPARE promises AS {' UNION ALL '.join(parts)}")


def broken_promises() -> list[str]:
    """What does not hold now, with what a commit would check; an empty list is good."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED; EXECUTE promises")
        places = [row[0] for row in cursor.fetchall()]
    if not places:
        return []
    return [f"{one.invariant.id} {one.invariant.sentence} {one.rows}" for one in invariants.check()] or [
        "trial balance"
    ]


class Stage:
    """One run: a transaction that is rolled back, a clock that only goes forward, and counted attempts."""

    cast: Cast

    def raise_curtain(self) -> None:
        """Begin; nothing of it stays."""
        self.outside, self.clock = ExitStack(), ExitStack()
        self.outside.enter_context(transaction.atomic())
        self.serial, self.events = 0, []
        self.now = clock.database_now()

    def drop_curtain(self) -> None:
        """End."""
        self.clock.close()
        transaction.set_rollback(True)
        self.outside.close()

    def move_to(self, moment) -> None:
        """Let time pass until a moment, if it is not past."""
        if moment > self.now:
            self.now = moment
            self.clock.close()
            self.clock.enter_context(clock.at(moment))

    def next(self) -> int:
        """A running number."""
        self.serial += 1
        return self.serial

    def attempt(self, verb: str, service, *given, **facts):
        """Call a service; a refusal changes nothing and is no error. What it gave, or None."""
        STEPS["taken"] += 1
        made = None
        try:
            with transaction.atomic():
                made = service(*given, **facts)
            DONE[verb] += 1
        except DomainError as error:
            REFUSED[f"{verb}: {error.code}"] += 1
        if broken := broken_promises():
            raise AssertionError(f"{verb}: {broken}")
        return made

    @staticmethod
    def pick(rows, number: int):
        """One of the rows, by a number; None where there are none."""
        rows = rows.order_by("pk")
        count = rows.count()
        return rows[number % count] if count else None

    @staticmethod
    def share(amount: Money, percent: int) -> Money:
        """A part of an amount, at least a fen."""
        return Money(max(1, amount.fen * percent // 100), amount.currency)
