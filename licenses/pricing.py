"""What a license costs: one structure for declaration, contract, invoices and index (pure).

Amounts are integer fen, rates basis points. Methods: Civil Code Art. 846. Ceilings: `ceilings.py`.
"""

import json
from dataclasses import asdict, dataclass
from decimal import Decimal
from enum import StrEnum

from foundation.core.marks import _
from foundation.core.money import Money, round_half_up

DAYS_PER_YEAR = Decimal("365.25")


class Method(StrEnum):
    FREE = "free"
    LUMP_SUM = "lump_sum"
    INSTALMENTS = "instalments"
    ROYALTY = "royalty"
    ENTRY_PLUS_ROYALTY = "entry_plus_royalty"


class TaxMode(StrEnum):
    INCLUSIVE = "inclusive"
    EXCLUSIVE = "exclusive"


class Base(StrEnum):
    NET_SALES = "net_sales"
    PROFIT = "profit"
    UNITS = "units"


class Period(StrEnum):
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"


class Anchor(StrEnum):
    NOTICE = "notice"
    EFFECTIVE = "effective"
    DATE = "date"


PERIODS_PER_YEAR = {Period.MONTH: 12, Period.QUARTER: 4, Period.HALF: 2, Period.YEAR: 1}
WITH_ROYALTY = frozenset({Method.ROYALTY, Method.ENTRY_PLUS_ROYALTY})

METHOD_LABELS = {
    Method.FREE: _("Free of charge"),
    Method.LUMP_SUM: _("Lump sum"),
    Method.INSTALMENTS: _("Instalments"),
    Method.ROYALTY: _("Royalty"),
    Method.ENTRY_PLUS_ROYALTY: _("Entry fee plus royalty"),
}
BASE_LABELS = {
    Base.NET_SALES: _("Net sales"),
    Base.PROFIT: _("Profit"),
    Base.UNITS: _("Units"),
}
PERIOD_LABELS = {
    Period.MONTH: _("Every month"),
    Period.QUARTER: _("Every quarter"),
    Period.HALF: _("Every half-year"),
    Period.YEAR: _("Every year"),
}
ANCHOR_LABELS = {
    Anchor.NOTICE: _("Days after the notice"),
    Anchor.EFFECTIVE: _("Days after the license took effect"),
    Anchor.DATE: _("Fixed days"),
}
OFFERED = (Method.LUMP_SUM, Method.INSTALMENTS, Method.ENTRY_PLUS_ROYALTY, Method.FREE)  # for a declaration to choose


@dataclass(frozen=True, slots=True)
class Instalment:
    """One part of a fixed fee, due ``offset_days`` after its anchor, or on ``due_date`` (ISO, Asia/Shanghai).

    The first one is due with the notice, as a lump sum is.
    """

    no: int
    amount_fen: int
    anchor: Anchor = Anchor.NOTICE
    offset_days: int = 0
    due_date: str = ""


@dataclass(frozen=True, slots=True)
class Tier:
    """A rate for years and amounts; upper bounds are included for years, excluded for amounts, None = open.

    ``rate_bp`` counts for net sales and profit, ``per_unit_fen`` for units.
    """

    from_year: int = 1
    to_year: int | None = None
    from_amount_fen: int = 0
    to_amount_fen: int | None = None
    rate_bp: int = 0
    per_unit_fen: int = 0


@dataclass(frozen=True, slots=True)
class Royalty:
    """The running part. Late rate in hundredths of a basis point per day (500 = 0.05 %).

    ``true_up``: the last period of a license year settles the minima against the whole year. What a period costs stands
    in `royalty_pricing`.
    """

    base: Base = Base.NET_SALES
    tiers: tuple[Tier, ...] = ()
    period: Period = Period.QUARTER
    min_per_period_fen: int = 0
    cap_total_fen: int | None = None
    report_due_days: int = 30
    pay_due_days: int = 45
    late_rate_per_day: int = 500
    audit_right: bool = True
    true_up: bool = False


@dataclass(frozen=True, slots=True)
class Pricing:
    """Everything a licensee may have to pay, as announced."""

    method: Method
    currency: str = "CNY"
    tax_mode: TaxMode = TaxMode.INCLUSIVE
    entry_fee_fen: int = 0
    lump_sum_fen: int = 0
    instalments: tuple[Instalment, ...] = ()
    royalty: Royalty | None = None
    trial_days: int = 0
    trial_conditions: str = ""
    explanation: str = ""

    @property
    def upfront(self) -> Money:
        """What is due with the notice: the lump sum, the entry fee or the first instalment."""
        first = self.instalments[0].amount_fen if self.instalments else 0
        return Money(self.lump_sum_fen + self.entry_fee_fen + first, self.currency)

    @property
    def fixed_total(self) -> Money:
        """All fixed amounts together, without the running royalty."""
        parts = sum(part.amount_fen for part in self.instalments)
        return Money(self.lump_sum_fen + self.entry_fee_fen + parts, self.currency)

    @property
    def highest_rate_bp(self) -> int:
        """The highest rate of any tier, 0 without royalty."""
        return max((tier.rate_bp for tier in self.royalty.tiers), default=0) if self.royalty else 0


def simple(
    *,
    method: Method,
    entry_fee_fen=0,
    lump_sum_fen=0,
    royalty_bp=0,
    base=Base.NET_SALES,
    period=Period.QUARTER,
    tiers: tuple[Tier, ...] = (),
    instalments: tuple[Instalment, ...] = (),
    **rules,
) -> Pricing:
    """The structure of the offered methods from the few values a declaration asks for.

    ``tiers`` stand in place of the one rate; ``rules`` are further fields of the royalty (minimum, cap, true-up).
    """
    royalty = None
    if Method(method) in WITH_ROYALTY:
        steps = tiers or (Tier(rate_bp=royalty_bp),)
        royalty = Royalty(base=Base(base), tiers=steps, period=Period(period), **rules)
    fixed = {"entry_fee_fen": entry_fee_fen, "lump_sum_fen": lump_sum_fen, "instalments": instalments}
    return Pricing(Method(method), royalty=royalty, **fixed)


def per_year(pricing: Pricing, term_years: Decimal) -> Money:
    """Fixed amounts spread over the term, rounded half up: makes lump sums and entry fees comparable."""
    if term_years <= 0:
        return pricing.fixed_total
    return Money(round_half_up(Decimal(pricing.fixed_total.fen) / term_years), pricing.currency)


def as_dict(pricing: Pricing) -> dict:
    """The structure as plain values, for the canonical terms, JSON answers and storage."""
    return json.loads(json.dumps(asdict(pricing)))


def from_dict(values: dict) -> Pricing:
    """The structure from `as_dict`. Raises KeyError or ValueError for values that are none."""
    royalty = values.get("royalty")
    if royalty:
        tiers = tuple(Tier(**tier) for tier in royalty["tiers"])
        kept = {**royalty, "base": Base(royalty["base"]), "period": Period(royalty["period"]), "tiers": tiers}
        royalty = Royalty(**kept)
    parts = tuple(Instalment(**{**part, "anchor": Anchor(part["anchor"])}) for part in values.get("instalments", ()))
    return Pricing(
        **{
            **values,
            "method": Method(values["method"]),
            "tax_mode": TaxMode(values.get("tax_mode", "inclusive")),
            "royalty": royalty,
            "instalments": parts,
        }
    )
