"""Own fees and taxes by rule and day: `own_fee`, `vat_of`, `stamp_duty`, `counted_as_wage`.

The rules are rows (`TaxRule`, `FeeRule`), so that a change of the law is a new row from a day on, not a new program.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q

from foundation.core.money import BASIS_POINTS, Money, at_rate_bp, round_half_up
from settlement.models.tax import FeeRule, TaxKind, TaxRule


class NoTaxRule(LookupError):
    """The table has no rule for a kind on a day: a gap of the configuration, not a fault of a person."""


@dataclass(frozen=True, slots=True)
class OwnFee:
    """The platform's fee without VAT, and the VAT on it. Both are booked on 2031 until they are swept."""

    net: Money
    vat: Money

    @property
    def gross(self) -> Money:
        """What is taken from the payee."""
        return self.net + self.vat


@dataclass(frozen=True, slots=True)
class Taxed:
    """An amount taken apart: net and VAT add up to the whole. ``exempt_reason`` says why the VAT is zero."""

    net: Money
    vat: Money
    rate_bp: int
    exempt_reason: str = ""


def own_fee(purpose: str, amount: Money, on: date) -> OwnFee:
    """The fee for an amount of a purpose of `chart.PURPOSES` on a day in Shanghai; zero where no rule holds.

    Rate of the amount, half up to the fen, at least the minimum and at most the cap; fee and VAT together never exceed
    the amount. VAT (6 %, VAT Law Art. 10(3)) is added to the fee.
    """
    zero = Money(0, amount.currency)
    rule = FeeRule.objects.filter(purpose=purpose, valid_from__lte=on).order_by("-valid_from").first()
    if rule is None or amount <= zero:
        return OwnFee(zero, zero)
    net = max(at_rate_bp(amount, rule.rate_bp), Money(rule.minimum_fen, amount.currency))
    if rule.cap_fen is not None:
        net = min(net, Money(rule.cap_fen, amount.currency))
    if not net:
        return OwnFee(zero, zero)
    rate = rule_for(TaxKind.VAT_SERVICE, on).rate_bp
    vat = at_rate_bp(net, rate)
    if net + vat > amount:
        net = _without_vat(amount, rate)
        vat = amount - net
    return OwnFee(net, vat)


def rule_for(kind: str, on: date) -> TaxRule:
    """The newest rule of a kind that is valid on a day in Shanghai. Raises NoTaxRule."""
    valid = Q(valid_until=None) | Q(valid_until__gte=on)
    rule = TaxRule.objects.filter(valid, kind=kind, valid_from__lte=on).order_by("-valid_from").first()
    if rule is None:
        raise NoTaxRule(f"{kind} on {on}")
    return rule


def vat_of(amount: Money, on: date, *, registered: bool = False) -> Taxed:
    """The VAT inside a price for a license or transfer of a patent on a day; the price includes it.

    With a registered technology contract nothing is due (Cai Shui [2016] 36, annex 3, item 26; an end of the exemption
    is a row with another rate); without one the rate of VAT Law Art. 10(3). Raises NoTaxRule.
    """
    rule = rule_for(TaxKind.VAT_EXEMPT if registered else TaxKind.VAT_TECHNOLOGY, on)
    taxed = within(amount, rule.rate_bp)
    return Taxed(taxed.net, taxed.vat, rule.rate_bp, rule.exempt_reason)


def within(amount: Money, rate_bp: int) -> Taxed:
    """An amount that includes VAT at a rate in basis points, taken apart; net half up to the fen."""
    net = _without_vat(amount, rate_bp)
    return Taxed(net, amount - net, rate_bp)


def stamp_duty(amount: Money, on: date, *, transfer: bool = False) -> Money:
    """Stamp duty that each party bears on a contract (0.3 per mille), half up to the fen. Raises NoTaxRule."""
    return at_rate_bp(amount, rule_for(TaxKind.STAMP_TRANSFER if transfer else TaxKind.STAMP_LICENSE, on).rate_bp)


def counted_as_wage(award: Money, on: date) -> Money:
    """The part of a cash award for a commercialized invention that counts as wage income of its month.

    Half of it for awards of public research institutions and universities (Cai Shui [2018] 58). Raises NoTaxRule.
    """
    return at_rate_bp(award, rule_for(TaxKind.AWARD_COUNTED, on).rate_bp)


def _without_vat(gross: Money, rate_bp: int) -> Money:
    """The net amount in a price that includes VAT, half up to the fen."""
    whole = BASIS_POINTS + rate_bp
    return Money(round_half_up(Decimal(gross.fen * BASIS_POINTS) / whole), gross.currency)
