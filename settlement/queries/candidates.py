"""What a line of a bank statement could be about: the rows the matcher decides over."""

import unicodedata
from datetime import datetime, timedelta

from django.db.models import BigIntegerField, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from accounts.models import Organization
from foundation.core.clock import local_date, start_of_local_day
from settlement import transfercodes
from settlement.lifecycle import ObligationState
from settlement.matching import Owed, Receipt
from settlement.models import Allocation, BankLine, Obligation, Refund, TransferReference

RECENT = timedelta(days=90)  # how long a closed obligation still makes an equal amount doubtful
MOST_OF_AMOUNT, MOST_OF_PARTY = 50, 50
PERSON = "person"


def plain_name(name: str) -> str:
    """A name as it is compared: half width, no spaces, small letters."""
    return "".join(unicodedata.normalize("NFKC", name or "").split()).casefold()


def booked_moment(line: BankLine) -> datetime:
    """When the bank booked a line; where it says only the day, its beginning: the last day is in time."""
    return line.booked_at or start_of_local_day(line.booked_on)


def receipt_of(line: BankLine) -> Receipt:
    """A line as the matcher sees it."""
    texts = (line.text, line.end_to_end_id)
    exact = [code for text in texts for code in transfercodes.codes_in(text) + transfercodes.numbers_in(text)]
    near = {code for text in texts for code in transfercodes.near_codes(text)}
    return Receipt(
        amount_fen=line.amount_fen,
        booked_on=line.booked_on,
        exact=tuple(dict.fromkeys(exact)),
        near=frozenset(near - set(exact)),
        name=plain_name(line.counterparty),
    )


def owed_for(line: BankLine, receipt: Receipt, *, hints: bool = False) -> dict[Owed, Obligation]:
    """Everything the receipt could pay: what it names or nearly names, else what its payer owes or owed of late.

    With ``hints`` also the latter beside the former, and a few others of the same amount: for a person to look at.
    """
    codes = [*receipt.exact, *receipt.near]
    references = dict(TransferReference.objects.filter(code__in=codes).values_list("obligation_id", "code"))
    numbers = [number for number in map(_with_hyphens, receipt.exact) if number]
    found = {}
    if references or numbers:
        found = {one.pk: one for one in _rows(Q(pk__in=references) | Q(number__in=numbers))}
    if not found or hints:
        for one in [*_of_party(line), *(_of_amount(line) if hints else ())]:
            found.setdefault(one.pk, one)
    moment = booked_moment(line)
    return {_owed(one, references.get(one.pk), moment): one for one in found.values()}


def _sum_of(model) -> Coalesce:
    """The sum of amounts of rows about an obligation, in fen."""
    rows = model.objects.filter(obligation=OuterRef("pk")).order_by().values("obligation")
    return Coalesce(Subquery(rows.annotate(fen=Sum("amount_fen")).values("fen")), 0, output_field=BigIntegerField())


def _rows(condition: Q):
    rows = Obligation.objects.select_related("debtor").filter(condition, currency="CNY").order_by("due_at", "pk")
    return rows.annotate(paid_fen=_sum_of(Allocation), back_fen=_sum_of(Refund))


def _with_hyphens(number: str) -> str:
    """JSOB2026000123X as it is stored: JSOB-2026-000123-X."""
    head, found, rest = number.partition("OB20")
    if not found or len(rest) != 9:  # noqa: PLR2004, two digits of the year, six of the number, one check character
        return ""
    return f"{head}OB-20{rest[:2]}-{rest[2:8]}-{rest[8]}"


def _since(line: BankLine) -> datetime:
    return start_of_local_day(line.booked_on) - RECENT


def _of_party(line: BankLine) -> list[Obligation]:
    """What organizations of the payer's name owe, or owed lately at this amount."""
    name = " ".join(unicodedata.normalize("NFKC", line.counterparty).split())
    if not name:
        return []
    written = {line.counterparty, name, name.replace("(", "（").replace(")", "）"), name.replace(" ", "")}
    payers = Organization.objects.filter(Q(name__in=written) | Q(name_en__iexact=name)).exclude(kind=PERSON)
    ids = list(payers.values_list("pk", flat=True)[:10])
    if not ids:
        return []
    lately = Q(amount_fen=line.amount_fen, state_since__gte=_since(line))
    return list(_rows(Q(debtor_id__in=ids) & (Q(state=ObligationState.OPEN) | lately))[:MOST_OF_PARTY])


def _of_amount(line: BankLine) -> list[Obligation]:
    """A few others of the same amount, as a hint only."""
    return list(_rows(Q(state=ObligationState.OPEN, amount_fen=line.amount_fen))[:MOST_OF_AMOUNT])


def _owed(one: Obligation, code: str | None, moment: datetime) -> Owed:
    in_time = one.state == ObligationState.EXPIRED and moment < one.due_at
    left = one.amount_fen - one.paid_fen + one.back_fen if in_time or one.state == ObligationState.OPEN else 0
    names = () if one.debtor.kind == PERSON else (one.debtor.name, one.debtor.name_en)
    return Owed(
        id=one.pk,
        left_fen=left,
        amount_fen=one.amount_fen,
        opened_on=local_date(one.created_at),
        codes=frozenset(filter(None, (code, one.number.replace("-", "")))),
        debtor_id=one.debtor_id,
        names=frozenset(filter(None, map(plain_name, names))),
        partial=bool(one.purpose_row.partial),
    )
