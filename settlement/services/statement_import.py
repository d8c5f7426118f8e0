"""Importing bank statements: send, look at the preview, confirm. The work is done by jobs."""

import hashlib
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation import audit
from foundation.core.clock import database_now, local_date
from foundation.core.errors import DomainError, NotAllowed
from foundation.core.locking import lock_rows
from foundation.jobs import services as jobs
from foundation.jobs.models import ImportBatch
from settlement import rules, statements
from settlement.models import BankLine, BankStatement, OwnAccount
from settlement.statements import ReadStatement, StatementRefused

KIND, CHECK, WRITE = "settlement.statement", "settlement.statement.check", "settlement.statement.write"
READ_AT_ONCE = 2 * 2**20  # bytes; larger files are judged by the job alone
MASKS = "*…xX"

OTHER_ACCOUNT = _("The statement is of the account {stated}, not of the one you chose.")
ACCOUNT_NOT_USED = _("This account is not in use. A second person has to confirm it first.")
MIXED = _(
    "Lines of these days were imported from a file of another kind ({other}). Import the same kind of file for these "
    "days, so that nothing is booked twice."
)
BEFORE_OPENING = _("The statement has lines before {day}, the day from which this account is kept here.")


ENDS_BEFORE = _("The statement ends before {day}, the day from which this account is kept here.")
AHEAD = _("The statement has no lines and goes on to {day}, which lies ahead.")
CONTRADICTS = _("The statement says that nothing moved, but lines of {day} are known from another one.")


class FileChanged(DomainError):
    """What is confirmed is not the file that was shown."""

    code, status = "file_changed", 409
    message = _("The file has changed since the preview. Send it again and look at the new preview.")


class NothingNew(DomainError):
    """All lines are known."""

    code = "nothing_new"
    message = _("All lines of this file are known already. There is nothing to import.")


@transaction.atomic
def start_statement_import(*, upload: Any, account: OwnAccount, actor: Any) -> ImportBatch:
    """Take a statement of one of our accounts and check it in the background; nothing is booked before it is confirmed.

    Raises StatementRefused with the sentence for what is no statement of this account, NotAllowed.
    """
    if not rules.may_settle(actor, account):
        raise NotAllowed()
    if not account.permits("import"):
        raise StatementRefused(ACCOUNT_NOT_USED, field="account")
    content = upload.read(statements.MOST_BYTES + 1) if upload is not None else b""
    if len(content) <= READ_AT_ONCE or len(content) > statements.MOST_BYTES:
        check_fits(account, statements.read(content))
    batch = ImportBatch(
        kind=KIND,
        original_name=(upload.name or "statement")[-200:],
        sha256=hashlib.sha256(content).hexdigest(),
        options={"account": account.pk},
        organization_id=actor.organization_id,
        user_id=actor.user_id,
    )
    batch.file.save(batch.sha256[:16], ContentFile(content), save=False)
    batch.save()
    audit.record(
        "settlement.statement.received", subject=batch, actor=actor, visibility="private",
        data={"sha256": batch.sha256, "account": account.number},
    )  # fmt: skip
    return _start(CHECK, batch, actor)


def _start(kind: str, batch: ImportBatch, actor: Any) -> ImportBatch:
    batch.job = jobs.start(kind=kind, subject=batch, actor=actor, total=batch.rows_total)
    batch.save(update_fields=["job"])
    return batch


@transaction.atomic
def confirm_statement_import(*, batch: ImportBatch, sha256: str, actor: Any) -> ImportBatch:
    """Take the new lines over and work on each. Raises FileChanged, NothingNew, NotPossibleNow, NotAllowed."""
    if not rules.may_settle(actor):
        raise NotAllowed()
    batch = lock_rows(batch)
    if sha256 != batch.sha256:
        raise FileChanged()
    new = batch.rows_valid + batch.rows_foreign
    if batch.permits("confirm") and not new and not is_news(batch):
        raise NothingNew()
    audit.advance(batch, "confirm", actor=actor, data={"valid": new}, visibility="private")
    return _start(WRITE, batch, actor)


def is_news(batch: ImportBatch) -> bool:
    """Whether a file has a statement without lines that is not known yet: it says that nothing moved on its days."""
    still = [place for place, one in enumerate(batch.options.get("statements", [])) if not one["lines"]]
    known = BankStatement.objects.filter(account=batch.options["account"], sha256=batch.sha256, position__in=still)
    return known.count() < len(still)


@transaction.atomic
def discard_statement_import(*, batch: ImportBatch, actor: Any) -> ImportBatch:
    """Drop an import before it is taken over. Raises NotPossibleNow, NotAllowed."""
    if not rules.may_settle(actor):
        raise NotAllowed()
    batch = lock_rows(batch)
    audit.advance(batch, "discard", actor=actor, visibility="private")
    if batch.job is not None and batch.job.is_open:
        jobs.cancel(job=batch.job, actor=actor)
    return batch


def check_fits(account: OwnAccount, found: list[ReadStatement]) -> None:
    """Refuse statements of another account, from before it is kept here, or of days known from another kind of file.

    Raises StatementRefused.
    """
    for one in found:
        if one.account and not _same_account(one.account, account.account_number):
            raise StatementRefused(OTHER_ACCOUNT, stated=one.account)
        if not one.lines:
            _check_still(account, one)
        if any(line.booked_on < account.opening_date for line in one.lines):
            raise StatementRefused(BEFORE_OPENING, day=account.opening_date.isoformat())
        _refuse_mixture(account, one)


def _check_still(account: OwnAccount, one: ReadStatement) -> None:
    """What says that nothing moved must not be known better, and speaks of days that were."""
    if one.last_day < account.opening_date:
        raise StatementRefused(ENDS_BEFORE, day=account.opening_date.isoformat())
    if one.last_day > local_date(database_now()):
        raise StatementRefused(AHEAD, day=one.last_day.isoformat())
    days = {"booked_on__range": (one.first_day, one.last_day)}
    known = account.lines.filter(counts=True, currency=account.currency, **days).order_by("booked_on").first()
    if known is not None:
        raise StatementRefused(CONTRADICTS, day=known.booked_on.isoformat())


def _same_account(stated: str, own: str) -> bool:
    """Compared by what is not masked: 1234****9876 and the last digits alone are enough."""
    plain, whole = "".join(stated.split()).casefold(), own.casefold()
    if any(mark in plain for mark in "*…"):
        head, tail = plain.replace("…", "*").split("*")[0], plain.replace("…", "*").split("*")[-1]
        return whole.startswith(head) and whole.endswith(tail)
    return plain == whole or (plain.isdigit() and 4 <= len(plain) <= 6 and whole.endswith(plain))  # noqa: PLR2004


def _refuse_mixture(account: OwnAccount, one: ReadStatement) -> None:
    days = {line.booked_on for line in one.lines}
    if not days:
        return
    others = BankStatement.objects.filter(account=account).exclude(format=one.format)
    known = BankLine.objects.filter(statement__in=others, booked_on__in=days)
    if all(line.transaction_id for line in one.lines) and not known.filter(transaction_id="").exists():
        return  # camt.053 and camt.054 name the same movement by the same reference
    other = known.values_list("statement__format", flat=True).first()
    if other:
        raise StatementRefused(MIXED, other=other)
