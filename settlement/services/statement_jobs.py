"""The two jobs of a statement import: check (read, compare, preview) and write (store the lines, work on each).

Both go on where they were interrupted: rows and lines have keys, and a line is worked on once.
"""

import hashlib
import logging
from collections.abc import Iterator
from itertools import islice

from django.db import transaction

from foundation import audit
from foundation.core.actors import SYSTEM
from foundation.core.clock import database_now, local_date
from foundation.core.crashes import crash_point
from foundation.core.errors import DomainError
from foundation.core.money import Money
from foundation.jobs.models import ImportBatch, ImportRow, Job
from foundation.jobs.progress import Progress
from foundation.jobs.wording import source
from settlement import statements
from settlement.banklifecycle import LineState
from settlement.models import BankLine, BankStatement, OwnAccount
from settlement.services.lines import HOME, settle_line
from settlement.services.statement_import import FileChanged, check_fits
from settlement.statements import ReadLine, ReadStatement, StatementRefused

CHUNK = 500
log = logging.getLogger(__name__)


def _account(batch: ImportBatch) -> OwnAccount:
    return OwnAccount.objects.get(pk=batch.options["account"])


def _content(batch: ImportBatch) -> bytes:
    with batch.file.open("rb") as file:
        content = file.read()
    if hashlib.sha256(content).hexdigest() != batch.sha256:
        raise FileChanged()
    return content


def _lines(found: list[ReadStatement]) -> Iterator[tuple[int, int, ReadLine, str]]:
    """(statement, running number in the file, line, key)"""
    number = 0
    for place, one in enumerate(found):
        for line, key in zip(one.lines, statements.line_keys(one.lines), strict=True):
            number += 1
            yield place, number, line, key


def _chunks(rows: Iterator) -> Iterator[tuple]:
    while chunk := tuple(islice(rows, CHUNK)):
        yield chunk


def check_statement(*, job: Job, progress: Progress) -> None:
    """Job "settlement.statement.check": what the file holds, and which of it is new."""
    batch = ImportBatch.objects.get(pk=job.subject_id)
    account = _account(batch)
    try:
        found = statements.read(_content(batch))
        check_fits(account, found)
    except StatementRefused as refusal:
        facts = {key: str(value) for key, value in refusal.extra.items()}
        with transaction.atomic():
            progress.step()
            audit.advance(
                batch, "refuse", actor=SYSTEM, visibility="private",
                set={"message": source(refusal.message)[:300], "facts": facts},
            )  # fmt: skip
        return
    progress.restart(total=sum(len(one.lines) for one in found))
    for chunk in _chunks(_lines(found)):
        _preview(batch, account, chunk, progress)
    _show(batch, found)


@transaction.atomic
def _preview(batch: ImportBatch, account: OwnAccount, chunk: tuple, progress: Progress) -> None:
    keys = [key for _place, _number, _line, key in chunk]
    known = set(BankLine.objects.filter(account=account, key__in=keys).values_list("key", flat=True))
    seen = set(batch.rows.filter(data__key__in=keys).values_list("data__key", flat=True))
    rows = []
    for place, number, line, key in chunk:
        decision = "kept" if key in known | seen else "valid"
        if decision == "valid" and (line.amount.currency != HOME or not line.counts):
            decision = "foreign"
        seen.add(key)
        data = {
            "key": key, "statement": place, "day": line.booked_on.isoformat(), "fen": line.amount.fen,
            "currency": line.amount.currency, "name": line.name, "text": line.text[:200], "note": line.note,
        }  # fmt: skip
        rows.append(ImportRow(batch=batch, line=number, data=data, decision=decision))
    ImportRow.objects.bulk_create(rows, ignore_conflicts=True)
    progress.step(len(rows))


@transaction.atomic
def _show(batch: ImportBatch, found: list[ReadStatement]) -> None:
    counts = {name: batch.rows.filter(decision=name).count() for name in ("valid", "foreign", "kept")}
    summary = [
        {
            "id": one.statement_id,
            "format": one.format,
            "first": str(one.first_day or ""),
            "last": str(one.last_day or ""),
            "opening": _plain(one.opening),
            "closing": _plain(one.closing),
            "difference": _plain(one.difference),
            "warnings": one.warnings,
            "lines": len(one.lines),
        }
        for one in found
    ]
    audit.advance(
        batch,
        "show",
        actor=SYSTEM,
        visibility="private",
        data={"valid": counts["valid"] + counts["foreign"], "wrong": 0},
        set={
            "format": found[0].format,
            "options": {**batch.options, "statements": summary},
            "rows_total": sum(counts.values()),
            "rows_valid": counts["valid"],
            "rows_foreign": counts["foreign"],
            "rows_undone": counts["kept"],
        },
    )


def _plain(money: Money | None) -> list | None:
    return None if money is None else [money.fen, money.currency]


def write_statement(*, job: Job, progress: Progress) -> None:
    """Job "settlement.statement.write": store what is new, then work on each line in a transaction of its own."""
    batch = ImportBatch.objects.get(pk=job.subject_id)
    found = statements.read(_content(batch))
    progress.restart(total=2 * sum(len(one.lines) for one in found))
    for place, one in enumerate(found):
        _store(batch, place, one, progress)
    crash_point("settlement.bank.written")
    mine = BankLine.objects.filter(statement__batch=batch)
    for line in mine.filter(state=LineState.NEW).order_by("booked_on", "booked_at", "is_reversal", "sequence"):
        with transaction.atomic():
            progress.step(1)
            try:
                with transaction.atomic():
                    settle_line(line=line)
            except DomainError as error:  # the clock takes it up again
                log.warning("line %s waits: %s", line.pk, error.code)
    with transaction.atomic():
        batch.refresh_from_db()
        progress.step()
        if batch.permits("wait"):
            written = mine.count()
            audit.advance(
                batch, "complete", actor=SYSTEM, visibility="private", data={"written": written},
                set={"rows_written": written},
            )  # fmt: skip


@transaction.atomic
def _store(batch: ImportBatch, place: int, one: ReadStatement, progress: Progress) -> None:
    """A statement and those of its lines that are new. A second time nothing."""
    account = _account(batch)
    if BankStatement.objects.filter(account=account, sha256=batch.sha256, position=place).exists():
        progress.step(len(one.lines))
        return
    today = local_date(database_now())
    moneys = [one.opening, one.closing, *(line.amount for line in one.lines)]
    statement = BankStatement.objects.create(
        account=account,
        batch=batch,
        sha256=batch.sha256,
        position=place,
        format=one.format,
        statement_id=one.statement_id,
        first_day=one.first_day or today,
        last_day=one.last_day or today,
        opening_fen=one.opening.fen if one.opening is not None else None,
        closing_fen=one.closing.fen if one.closing is not None and _same_currency(one) else None,
        currency=next((money.currency for money in moneys if money is not None), account.currency),
        imported_by_id=batch.user_id,
        imported_at=database_now(),
    )
    before = account.lines.count()
    for chunk in _chunks(_lines([one])):
        rows = [_row(account, statement, number, line, key) for _place, number, line, key in chunk]
        BankLine.objects.bulk_create(rows, ignore_conflicts=True)
        progress.step(len(rows))
    audit.record(
        "settlement.bankstatement.imported", subject=statement, actor=SYSTEM, visibility="private",
        data={"lines": account.lines.count() - before, "account": account.number, "known": len(one.lines)
              - account.lines.count() + before},
    )  # fmt: skip


def _same_currency(one: ReadStatement) -> bool:
    return one.opening is None or one.opening.currency == one.closing.currency


def _row(account: OwnAccount, statement: BankStatement, number: int, line: ReadLine, key: str) -> BankLine:
    return BankLine(
        statement=statement,
        account=account,
        sequence=number,
        key=key,
        booked_on=line.booked_on,
        booked_at=line.booked_at,
        value_date=line.value_date or line.booked_on,
        amount_fen=line.amount.fen,
        currency=line.amount.currency,
        counts=line.counts,
        is_reversal=line.is_reversal,
        transaction_id=line.transaction_id,
        end_to_end_id=line.end_to_end_id,
        counterparty=line.name,
        counterparty_account=line.account,
        text=line.text,
        balance_fen=line.balance_fen,
        note=line.note,
    )
