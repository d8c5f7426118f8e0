"""Prices and terms of a license in words, in the language of the moment."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.core.display import day
from foundation.core.money import Money
from licenses.pricing import BASE_LABELS, PERIOD_LABELS, Anchor, Method


def percent(basis_points: int) -> str:
    """250 basis points read 2.5%."""
    return f"{basis_points / 100:.2f}".rstrip("0").rstrip(".") + "%"


def price_sentence(terms) -> str:
    """The posted price of a terms version, such as "¥50,000.00 entry fee, then 3% of net sales"."""
    if terms.method == Method.FREE:
        return _("Free of charge")
    if terms.method == Method.LUMP_SUM:
        return _("Lump sum of {amount}").format(amount=Money(terms.lump_sum_fen))
    if terms.method == Method.INSTALMENTS:
        facts = {"amount": terms.offer.fixed_total, "n": len(terms.offer.instalments)}
        return _("{amount} in {n} instalments: {parts}").format(parts=parts_sentence(terms.offer.instalments), **facts)
    said = _("Entry fee of {amount}, then {rate} of {base}, reported {period}").format(
        amount=Money(terms.entry_fee_fen),
        rate=percent(terms.royalty_bp),
        base=_(BASE_LABELS[terms.royalty_base]).lower(),
        period=_(PERIOD_LABELS[terms.royalty_period]).lower(),
    )
    return said + _limits(terms.offer.royalty)


def parts_sentence(parts) -> str:
    """Every instalment with its day, such as "¥10,000.00 with the notice; ¥20,000.00 180 days after the notice"."""
    return _("; ").join(f"{Money(part.amount_fen)} {due_words(part)}" for part in parts)


def due_words(part) -> str:
    """When one instalment falls due."""
    if part.no == 1:
        return _("with the notice")
    if part.anchor == Anchor.DATE:
        return _("by {day}").format(day=day(date.fromisoformat(part.due_date)))
    if part.anchor == Anchor.NOTICE:
        return ngettext("{n} day after the notice", "{n} days after the notice", part.offset_days).format(
            n=part.offset_days
        )
    return ngettext(
        "{n} day after the license took effect", "{n} days after the license took effect", part.offset_days
    ).format(n=part.offset_days)


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
    if terms.method == Method.INSTALMENTS:
        return _("Later: {parts}.").format(parts=parts_sentence(terms.offer.instalments[1:]))
    return _("Nothing else falls due during the term.")
