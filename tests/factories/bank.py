"""Bank accounts of the platform, and statements taken in through the services."""

from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from foundation.core.clock import database_now, local_date
from foundation.jobs import services as jobs
from settlement.models import BankLine, OwnAccount
from settlement.services import own_accounts, statement_import
from tests.factories.accounts import finance
from tests.factories.camt import NUMBER, Row, camt

__all__ = ["Row", "camt", "imported", "own_account", "send", "take_over", "today"]
ONE_DAY = timedelta(days=1)


def today() -> date:
    return local_date(database_now())


def own_account(kind="supervised", *, number=NUMBER, currency="CNY", since=None, opening=None) -> OwnAccount:
    """An account in use: proposed by one person of finance, confirmed by another."""
    account = own_accounts.propose_own_account(
        actor=finance(), kind=kind, holder="江海省知识产权运营中心", bank="江海银行省分行", account_number=number,
        currency=currency, opening=opening, opening_date=since or today() - timedelta(days=60),
    )  # fmt: skip
    return own_accounts.confirm_own_account(account=account, actor=finance())


def send(content: bytes, account: OwnAccount, *, actor=None, name="statement.xml"):
    """Upload and check; the batch stands before the confirmation."""
    batch = statement_import.start_statement_import(
        upload=SimpleUploadedFile(name, content), account=account, actor=actor or finance()
    )
    jobs.run(batch.job_id)
    batch.refresh_from_db()
    return batch


def take_over(batch, *, actor=None):
    """Confirm and do the work."""
    batch = statement_import.confirm_statement_import(batch=batch, sha256=batch.sha256, actor=actor or finance())
    jobs.run(batch.job_id)
    batch.refresh_from_db()
    return batch


def imported(rows, account: OwnAccount, *, actor=None, **facts) -> list[BankLine]:
    """The lines of a statement, imported and worked on, in the order of the rows."""
    actor = actor or finance()
    facts = {"day": today() - ONE_DAY, "number": account.account_number} | facts
    batch = take_over(send(camt(rows, **facts), account, actor=actor), actor=actor)
    return list(BankLine.objects.filter(statement__batch=batch).order_by("sequence"))
