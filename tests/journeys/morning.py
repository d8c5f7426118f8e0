"""What finance finds on its desk in the morning, made by the services before the site runs: a bank account, and for
each round a university with released income to share and three license fees that are paid by bank transfer."""

from dataclasses import dataclass
from datetime import date, timedelta

from accounts.models import Membership
from foundation.core import clock
from foundation.core.actors import CLOCK
from foundation.core.clock import database_now
from foundation.core.money import Money
from licenses.models import Declaration
from settlement import chart, queries
from settlement import services as settlement
from settlement.models import Obligation, OwnAccount
from settlement.services import bank_accounts
from tests.factories import accounts, bank
from tests.factories import licenses as make
from tests.factories.income import policy
from tests.factories.patents import make_patent
from tests.factories.payouts import APPROVED, proposed_account, review_of
from tests.factories.uptakes import notice, paid_license

FEE = Money(80_000_00)
LONG_AGO, LATELY = timedelta(days=30), timedelta(days=4)
ONE_DAY = timedelta(days=1)


@dataclass
class Round:
    """One way through the day: whose money, which fees, and the day that the bank speaks of."""

    manager: Membership
    fees: list[Obligation]
    day: date


@dataclass
class Morning:
    """Finance, the second person, and the account. ``elsewhere`` is the clerk's other office."""

    account: OwnAccount
    clerk: Membership
    elsewhere: Membership
    colleague: Membership
    officer: Membership
    rounds: list[Round]

    def confirm_account(self, round: Round) -> None:
        """The university's money can leave from now on: a second person confirmed its account."""
        proposed = proposed_account(round.manager.organization)
        bank_accounts.decide_account(review=review_of(proposed), decision=APPROVED, actor=self.officer)

    def balance(self, day: date) -> Money:
        """At the bank at the end of a day, by its statements."""
        lines = self.account.lines.filter(booked_on__lte=day)
        return self.account.opening + sum((line.amount for line in lines), Money(0))

    def statement(self, rows: list[bank.Row], day: date) -> dict:
        """The bank's file, as a browser sends it."""
        number, opening = self.account.account_number, f"{self.balance(day).yuan}"
        content = bank.camt(rows, day=day, number=number, opening=opening)
        return {"name": f"camt053-{day}.xml", "mimeType": "application/xml", "buffer": content}


def prepare(count: int) -> Morning:
    """As many rounds, each on a day of its own, the latest yesterday."""
    today, now = bank.today(), database_now()
    rounds = [_round(now, today - (count - place) * ONE_DAY) for place in range(count)]
    since = today - (count + 1) * ONE_DAY
    account = bank.own_account(since=since, opening=queries.balance(chart.BANK))
    clerk, colleague, officer = accounts.finance(), accounts.finance(), accounts.officer()
    office = accounts.OrganizationFactory(kind="administration", name="江海市知识产权局", name_en="Jianghai IP Office")
    elsewhere = accounts.officer(organization=office, user=clerk.user)
    return Morning(account, clerk, elsewhere, colleague, officer, rounds)


def _round(now, day: date) -> Round:
    with clock.at(now - LONG_AGO):
        university = accounts.UniversityFactory()
        manager = accounts.patentee(organization=university)
        offer = _offer(manager)
        policy(university, actor=manager)
        sold = paid_license(offer, accounts.licensee()).obligation
        with clock.at(sold.release_at):
            settlement.release(obligation=sold, actor=CLOCK)
    with clock.at(now - LATELY):
        fees = [notice(offer, accounts.licensee()).obligation for _n in range(3)]
    return Round(manager, fees, day)


def _offer(manager: Membership) -> Declaration:
    patent = make_patent(manager.organization, inventors=["李雷", "韩梅梅", "王芳"])
    price = make.price(lump_sum_fen=FEE.fen)
    return make.published_declaration(patent=patent, actor=manager, price=price)
