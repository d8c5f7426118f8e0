"""How the examples read the books: T-accounts and journal lines, in yuan to the fen."""

from foundation.core.clock import database_now
from foundation.core.money import Money
from foundation.jobs import services as jobs
from settlement import chart, queries, services
from settlement.gateways.base import PAYOUT_SUCCEEDED, REFUND_SUCCEEDED, BankEvent
from settlement.models import JournalEntry, Payout, Refund
from settlement.services import payouts, runs, sending
from tests.factories.accounts import finance
from tests.factories.payouts import approved_run

yuan = Money.parse


def shown(amount: Money) -> str:
    """1,234.56"""
    return str(amount).replace("¥", "")


def accounts() -> dict[str, str]:
    """Every account with a balance, on its own side. The trial balance is checked on the way."""
    assert queries.equation().difference == Money(0)
    found = {code: queries.balance(code) for code in chart.ACCOUNTS}
    return {code: shown(amount) for code, amount in found.items() if amount}


def journal(newest: int = 1) -> list[str]:
    """The newest entries, oldest first: "license_fee_received: Dr 1001 60,000.00, Cr 2002 60,000.00"."""
    rows = list(JournalEntry.objects.order_by("-pk")[:newest])[::-1]
    return [f"{row.kind}: {', '.join(map(_line, row.postings.order_by('pk')))}" for row in rows]


def _line(posting) -> str:
    side, fen = ("Dr", posting.debit_fen) if posting.debit_fen else ("Cr", posting.credit_fen)
    return f"{side} {posting.account_id} {shown(Money(fen))}"


def send_payouts() -> list[Payout]:
    """A run of all that is due goes to the bank as a file, approved by a second person where it is large."""
    run = approved_run(rail="file")
    jobs.run(runs.begin_sending(run=run, actor=finance()).job_id)
    return list(run.payouts.order_by("pk"))


def bank_pays(rows: list[Payout]) -> None:
    """The bank confirms payouts."""
    for row in rows:
        event = BankEvent(f"paid-{row.pk}", PAYOUT_SUCCEEDED, payout_id=row.number, occurred_at=database_now())
        assert payouts.note_answer(row.number, event) == "done"


def send_refunds() -> None:
    """Refunds go to the bank."""
    for row in Refund.objects.filter(state="requested").order_by("pk"):
        sending.note_sent(row)


def bank_refunds() -> None:
    """The bank confirms refunds."""
    for row in Refund.objects.filter(state="sent").order_by("pk"):
        event = BankEvent(f"back-{row.pk}", REFUND_SUCCEEDED, refund_id=row.number, occurred_at=database_now())
        services.take_event(provider="sandbox", event=event)
