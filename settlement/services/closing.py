"""Finance signs days that were compared with the bank, and closes months: then their books are locked."""

from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from foundation import audit
from foundation.core.actors import SYSTEM
from foundation.core.clock import database_now, local_date
from foundation.core.crashes import crash_point
from foundation.core.errors import DomainError, Invalid, NotAllowed
from foundation.core.locking import busy_if_locked, lock_rows, switched_off
from foundation.core.text import clean_text
from settlement import reconciliation, rules
from settlement.banklifecycle import LineState, MonthState, OwnAccountState
from settlement.models import AccountingMonth, OwnAccount, SignedDay
from settlement.services import second_person

REVIEW = "settlement.month"
LOCK = 7201  # the same as in the trigger settlement_month_is_open
DAY = timedelta(days=1)


class NotCovered(DomainError):
    """No statement speaks of the day yet."""

    code = "day_not_covered"
    message = _("No statement covers {day} yet. Import it first.")


class SignerImported(DomainError):
    """Four eyes: who brought the lines in does not sign them."""

    code, status = "signer_imported", 403
    message = _("You imported lines of {day}. Another person of finance has to sign this day.")


class DayDiffers(DomainError):
    """Signing a difference needs a reason."""

    code, field = "day_differs", "note"
    message = _("On {day} bank and ledger differ by {difference}. Say in the note why.")


class MonthNotReady(DomainError):
    """Something is still open in the month."""

    code = "month_not_ready"
    message = _("{month} cannot be closed: {problem}")


UNSIGNED = _("{day} of {account} is not signed, or changed since it was signed.")
DIFFERS = _("bank and ledger of {account} differ by {difference}.")
UNFINISHED = _("lines of {account} that are not worked on: {count}.")
NOT_OVER = _("the month is not over.")
NO_ACCOUNT = _("no bank account is in use.")


@transaction.atomic
def sign_days(*, account: OwnAccount, until: date, actor: Any, note: str = "") -> list[SignedDay]:
    """Sign every day up to ``until`` that is not signed, or changed since: bank and ledger were compared.

    A difference needs a note. Nobody signs days whose lines they imported. Raises NotAllowed, NotCovered,
    SignerImported, DayDiffers, Invalid (a day that is not over).
    """
    if not rules.may_settle(actor, account):
        raise NotAllowed()
    account = lock_rows(account)
    now, note = database_now(), clean_text(note, 500, multiline=True)
    if until >= local_date(now):
        raise Invalid(_("Only days that are over can be signed."), field="until")
    covered = max(account.statements.values_list("last_day", flat=True), default=None)
    if covered is None or covered < until:
        raise NotCovered(day=until.isoformat())
    made = []
    for day in unsigned_days(account, until):
        _check(day, actor, note)
        made.append(_sign(day, actor, note if day.difference or day.missing else "", now))
    if made:
        facts = {"account": account.number, "days": len(made), "until": until}
        audit.record("settlement.ownaccount.days_signed", subject=account, actor=actor, visibility="private",
                     data=facts, reason=note, now=now)  # fmt: skip
    crash_point("settlement.bank.signed")
    return made


def unsigned_days(account: OwnAccount, until: date, since: date | None = None) -> list[reconciliation.Day]:
    """The days without a signature that still holds, in order."""
    found = reconciliation.days(account, since or account.opening_date, until)
    signed = {row.day: row for row in account.signed_days.filter(day__lte=until).order_by("pk")}
    return [day for day in found if not holds(signed.get(day.day), day)]


def holds(signature: SignedDay | None, day: reconciliation.Day) -> bool:
    """Whether a day still is as it was signed."""
    facts = (day.lines, day.bank.fen, day.ledger.fen)
    return signature is not None and (signature.lines, signature.bank_fen, signature.ledger_fen) == facts


def _check(day: reconciliation.Day, actor: Any, note: str) -> None:
    account, importer = day.account, "imported_by_id"
    importers = set(account.lines.filter(booked_on=day.day).values_list(f"statement__{importer}", flat=True))
    if not importers:  # then those who brought in that nothing moved
        still = account.statements.filter(first_day__lte=day.day, last_day__gte=day.day, lines=None)
        importers = set(still.values_list(importer, flat=True))
    if actor.user_id in importers:
        raise SignerImported(day=day.day.isoformat())
    if (day.difference or day.missing) and not note:
        raise DayDiffers(day=day.day.isoformat(), difference=day.difference or day.missing)


def _sign(day: reconciliation.Day, actor: Any, note: str, now) -> SignedDay:
    return SignedDay.objects.create(
        account=day.account, day=day.day, lines=day.lines, bank_fen=day.bank.fen, ledger_fen=day.ledger.fen,
        note=note, signed_by_id=actor.user_id, signed_at=now,
    )  # fmt: skip


@transaction.atomic
def close_month(*, month: date, actor: Any) -> AccountingMonth:
    """Lock the books of a month (its first day): no entry gets a value date in it any more.

    All days of both accounts are signed, every line is worked on, and bank and ledger agree to the fen at the end of
    the month. A closed month stays closed. Raises NotAllowed, MonthNotReady.
    """
    if not rules.may_settle(actor):
        raise NotAllowed()
    month, now = month.replace(day=1), database_now()
    _alone(month)
    found = AccountingMonth.objects.filter(month=month).first()
    if found is not None and found.state != MonthState.REOPENED:
        return found
    _require_ready(month, local_date(now))
    if found is not None:
        return audit.advance(
            lock_rows(found), "close", actor=actor, visibility="private", now=now,
            set={"closed_by_id": actor.user_id, "closed_at": now},
        )  # fmt: skip
    made = AccountingMonth.objects.create(month=month, closed_by_id=actor.user_id, closed_at=now)
    audit.record("settlement.accountingmonth.closed", subject=made, actor=actor, visibility="private", now=now)
    return made


def _alone(month: date) -> None:
    """Wait until entries under way in the month are committed, and keep new ones out until we are."""
    if switched_off():
        return
    with busy_if_locked(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', '3s', true)")
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, month.year * 100 + month.month])


def _require_ready(month: date, today: date) -> None:
    problem = month_problem(month, today)
    if problem is not None:
        sentence, facts = problem
        raise MonthNotReady(month=f"{month:%Y-%m}", problem=str(sentence).format(**facts))


def month_problem(month: date, today: date) -> tuple[Any, dict] | None:
    """What keeps a month from being closed: a sentence and its facts; None when it is ready."""
    last = (month + 31 * DAY).replace(day=1) - DAY
    if last >= today:
        return NOT_OVER, {}
    accounts = OwnAccount.objects.filter(currency="CNY", state=OwnAccountState.ACTIVE, opening_date__lte=last)
    for account in accounts:
        unsigned = unsigned_days(account, last, max(account.opening_date, month))
        if unsigned:
            return UNSIGNED, {"day": unsigned[0].day.isoformat(), "account": account}
        end = reconciliation.one_day(account, last)
        if not end.agrees:
            return DIFFERS, {"account": account, "difference": end.difference or end.missing}
        count = account.lines.filter(booked_on__range=(month, last), state=LineState.NEW).count()
        if count:
            return UNFINISHED, {"account": account, "count": count}
    return None if accounts else (NO_ACCOUNT, {})


@transaction.atomic
def ask_to_reopen(*, month: AccountingMonth, actor: Any, reason: str) -> AccountingMonth:
    """Ask a second person to reopen a closed month. Raises NotAllowed, NotPossibleNow, Invalid (no reason)."""
    reason = clean_text(reason, 500, multiline=True)
    if not reason:
        raise Invalid(_("Say why the month is to be reopened."), field="reason")
    month = lock_rows(month)
    fields = {"reason": reason, "asked_by_id": actor.user_id, "reopened_by_id": None}
    audit.advance(month, "ask", actor=actor, visibility="private", reason=reason, set=fields)
    second_person.ask(kind=REVIEW, subject=month, title=month.number, actor=actor)
    return month


@transaction.atomic
def decide_reopening(*, review: Any, decision: Any, actor: Any) -> None:
    """A second person decided (handler of approvals): reopened, or kept closed. A repeat changes nothing."""
    month = lock_rows(AccountingMonth.objects.get(pk=review.subject_id))
    if month.state != MonthState.REOPENING:
        return
    second_person.require_another(actor, month.asked_by_id)
    move, fields = "keep", {}
    if decision.outcome == "approve":
        move, fields = "reopen", {"reopened_by_id": actor.user_id}
    audit.advance(month, move, actor=SYSTEM, visibility="private", reason=decision.text, set=fields)
