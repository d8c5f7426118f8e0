"""Money that is due to payees, their accounts, and runs, made through the services."""

import itertools
from types import SimpleNamespace

from approvals import services as approvals
from approvals.queries import open_review_of
from foundation.core import clock
from foundation.core.actors import CLOCK
from settlement import services
from settlement.models import Obligation, PayoutAccount, PayoutRun
from settlement.services import bank_accounts, runs
from tests.factories.accounts import finance, member, officer
from tests.factories.settlement import FEE, paid_obligation

serial = itertools.count(1)
APPROVED = SimpleNamespace(outcome="approve", text="")
REJECTED = SimpleNamespace(outcome="reject", text="Not like this.")


def review_of(subject):
    """A case about a subject, as a handler of approvals is given it."""
    return SimpleNamespace(subject_id=subject.pk)


def decided(subject, kind, outcome="approve", actor=None):
    """Let a second person claim and decide the case about a subject, as on the review desk; the subject again."""
    review = open_review_of(kind, subject)
    actor = actor or officer()
    approvals.claim(review=review, actor=actor)
    reasons, text = ([], "") if outcome == "approve" else (["R32"], "Not like this.")
    approvals.decide(review=review, outcome=outcome, actor=actor, reasons=reasons, text=text)
    subject.refresh_from_db()
    return subject


def released_obligation(**fields) -> Obligation:
    """A license fee that is due to the payee (2011)."""
    obligation = paid_obligation(**fields)
    with clock.at(obligation.release_at):
        return services.release(obligation=obligation, actor=CLOCK)


def proposed_account(organization, number=None) -> PayoutAccount:
    """An account an organization named; nobody confirmed it yet."""
    owner = member("owner", organization=organization)
    return bank_accounts.propose_account(
        organization=organization,
        actor=owner,
        holder=organization.name,
        number=number or f"3200{next(serial):012d}",
        bank_name="中国工商银行南京分行",
        bank_code="102301000011",
    )


def payout_account(organization, number=None) -> PayoutAccount:
    """A confirmed account."""
    account = proposed_account(organization, number)
    bank_accounts.decide_account(review=review_of(account), decision=APPROVED, actor=officer())
    account.refresh_from_db()
    return account


def payable(amount=FEE, number=None, **fields) -> Obligation:
    """A released fee of a payee with a confirmed account."""
    obligation = released_obligation(amount=amount, **fields)
    if bank_accounts.account_of(obligation.creditor_id) is None:
        payout_account(obligation.creditor, number)
    return obligation


def collected_run(rail="sandbox", actor=None) -> PayoutRun:
    """A run of everything that is due."""
    return runs.collect_run(rail=rail, actor=actor or finance(), key=f"run-{next(serial)}")


def approved_run(rail="sandbox") -> PayoutRun:
    """A run that may be sent."""
    run = runs.submit_run(run=collected_run(rail), actor=finance())
    if run.state == "waiting":
        runs.decide_run(review=review_of(run), decision=APPROVED, actor=officer())
        run.refresh_from_db()
    return run
