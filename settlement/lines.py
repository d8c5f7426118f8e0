"""The lines of a journal entry: made by `debit`, `credit` and `own`, booked by `ledger.post`."""

from dataclasses import dataclass
from typing import Any

from foundation.core.money import Money
from foundation.core.refs import Ref
from settlement import chart

NO_REF = Ref("", 0)


@dataclass(frozen=True, slots=True)
class Line:
    """One side of an entry; made by `debit` and `credit`."""

    account: str
    debit_fen: int
    credit_fen: int
    currency: str
    party_id: int | None
    ref: Ref

    @property
    def sub_account(self) -> tuple:
        """Where it is booked."""
        return (self.account, self.currency, self.ref.kind, self.ref.id or None, self.party_id)

    @property
    def facts(self) -> tuple:
        """What must be the same when the same fact is booked again."""
        return (*self.sub_account, self.debit_fen, self.credit_fen)


def debit(account: str, amount: Money, *, party: Any = None, ref: Any = None) -> Line:
    """A debit line; ``party`` is an Organization or its id, ``ref`` a business object or Ref."""
    return Line(account, amount.fen, 0, amount.currency, _id(party), _ref(ref))


def credit(account: str, amount: Money, *, party: Any = None, ref: Any = None) -> Line:
    """A credit line; see `debit`."""
    return Line(account, 0, amount.fen, amount.currency, _id(party), _ref(ref))


def own(amount: Money, earned_on: str) -> Line:
    """A credit on 2031 for an own fee or its VAT, in the sub-account named by where a sweep books it (4001, 2021)."""
    return credit(chart.OWN_FEES, amount, ref=Ref("settlement.ledgeraccount", int(earned_on), earned_on))


def _id(party: Any) -> int | None:
    return party if party is None or isinstance(party, int) else party.pk


def _ref(ref: Any) -> Ref:
    return NO_REF if ref is None else Ref.of(ref)
