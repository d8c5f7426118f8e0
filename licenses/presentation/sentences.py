"""Prices and terms of a license in words, in the language of the moment."""

from django.utils.translation import gettext as _

from foundation.core.money import Money
from licenses.pricing import BASE_LABELS, PERIOD_LABELS, Method


def percent(basis_points: int) -> str:
    """250 basis points read 2.5%."""
    return f"{basis_points / 100:.2f}".rstrip("0").rstrip(".") + "%"


def price_sentence(terms) -> str:
    """The posted price of a terms version, such as "¥50,000.00 entry fee, then 3% of net sales"."""
    if terms.method == Method.FREE:
        return _("Free of charge")
    if terms.method == Method.LUMP_SUM:
        return _("Lump sum of {amount}").format(amount=Money(terms.lump_sum_fen))
    said = _("Entry fee of {amount}, then {rate} of {base}, reported {period}").format(
        amount=Money(terms.entry_fee_fen),
        rate=percent(terms.royalty_bp),
        base=_(BASE_LABELS[terms.royalty_base]).lower(),
        period=_(PERIOD_LABELS[terms.royalty_period]).lower(),
    )
    return said + _limits(terms.offer.royalty)


def _limits(royalty) -> str:
    """The least of a period and the most of all, where the terms name them."""
    found = ""
    if royalty.min_per_period_fen:
        found += _("; at least {amount} in each period").format(amount=Money(royalty.min_per_period_fen))
    if royalty.cap_total_fen is not None:
        found += _("; at most {amount} of royalties in all").format(amount=Money(royalty.cap_total_fen))
    return found


def term_sentence(terms) -> str:
    """How long one license lasts."""
    if terms.term_kind == "years":
        years = terms.term_years
        return _("{years} years from effect").format(years=years) if years > 1 else _("1 year from effect")
    if terms.term_kind == "until_offer_end":
        return _("Until the end of the offer")
    return _("Until the patent expires")


def later_sentence(terms) -> str:
    """What falls due after the notice."""
    if terms.has_royalty:
        return _("Later: {rate} of {base}, reported and paid {period}.").format(
            rate=percent(terms.royalty_bp),
            base=_(BASE_LABELS[terms.royalty_base]).lower(),
            period=_(PERIOD_LABELS[terms.royalty_period]).lower(),
        )
    return _("Nothing else falls due during the term.")
