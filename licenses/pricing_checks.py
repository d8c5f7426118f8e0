"""Which pricing structures may be offered at all (pure). Ceilings are policy, not checked here."""

from foundation.core.marks import _
from foundation.core.money import BASIS_POINTS
from licenses.pricing import WITH_ROYALTY, Anchor, Base, Method, Pricing, Royalty

LARGEST_FEN = 10**15


class PricingInvalid(ValueError):
    """The structure contradicts itself. ``problems`` is a list of (field, sentence in English)."""

    def __init__(self, problems: list[tuple[str, str]]):
        super().__init__("; ".join(f"{name}: {sentence}" for name, sentence in problems))
        self.problems = problems


def _fixed_problems(pricing: Pricing) -> list[tuple[str, str]]:
    found, method = [], pricing.method
    amounts = {
        "entry_fee": (pricing.entry_fee_fen, method is Method.ENTRY_PLUS_ROYALTY),
        "lump_sum": (pricing.lump_sum_fen, method is Method.LUMP_SUM),
        "instalments": (sum(part.amount_fen for part in pricing.instalments), method is Method.INSTALMENTS),
    }
    for name, (amount, belongs) in amounts.items():
        if not 0 <= amount <= LARGEST_FEN:
            found.append((name, _("The amount must not be below zero or beyond any price.")))
        elif amount and not belongs:
            found.append((name, _("This amount does not belong to the chosen method.")))
        elif belongs and not amount:
            found.append((name, _("Enter an amount above zero, or choose “free of charge”.")))
    numbers = [part.no for part in pricing.instalments]
    if numbers != list(range(1, len(numbers) + 1)):
        found.append(("instalments", _("Instalments are numbered from 1 without gaps.")))
    if any(part.amount_fen <= 0 or part.offset_days < 0 for part in pricing.instalments):
        found.append(("instalments", _("Every instalment needs an amount above zero and a day.")))
    first = pricing.instalments[:1]
    if any((part.anchor, part.offset_days) != (Anchor.NOTICE, 0) for part in first):
        found.append(("instalments", _("The first instalment is due with the notice.")))
    return found


def _tier_problems(royalty: Royalty) -> list[tuple[str, str]]:
    found = []
    for tier in royalty.tiers:
        if not 0 <= tier.rate_bp <= BASIS_POINTS:
            found.append(("royalty_rate", _("The rate must lie between 0 and 100 percent.")))
        if tier.per_unit_fen < 0 or (royalty.base is Base.UNITS) == bool(tier.rate_bp):
            found.append(("royalty_rate", _("Units take an amount per unit, all else takes a rate.")))
    bands = sorted({(tier.from_year, tier.to_year) for tier in royalty.tiers}, key=lambda band: band[0])
    if not _contiguous(bands, 1, 1):
        found.append(("royalty_tiers", _("The years of the tiers must follow each other without gap or overlap.")))
    for band in bands:
        steps = [t for t in royalty.tiers if (t.from_year, t.to_year) == band]
        edges = sorted(((t.from_amount_fen, t.to_amount_fen) for t in steps), key=lambda edge: edge[0])
        if not _contiguous(edges, 0, 0):
            found.append(
                ("royalty_tiers", _("The amounts of the tiers must follow each other without gap or overlap."))
            )
    return found


def _contiguous(bands: list[tuple[int, int | None]], start: int, step: int) -> bool:
    expected: int | None = start
    for lower, upper in bands:
        if expected is None or lower != expected or (upper is not None and upper < lower + 1 - step):
            return False
        expected = None if upper is None else upper + step
    return bool(bands) and expected is None


def problems(pricing: Pricing) -> list[tuple[str, str]]:
    """What is wrong with the structure, as (field, sentence); empty when it may be offered."""
    found = _fixed_problems(pricing)
    royalty = pricing.royalty
    if pricing.method in WITH_ROYALTY:
        if royalty is None or not royalty.tiers:
            found.append(("royalty_rate", _("Enter the royalty rate.")))
        else:
            found += _tier_problems(royalty)
            if royalty.min_per_period_fen < 0 or (royalty.cap_total_fen or 0) < 0:
                found.append(("royalty_minimum", _("Minimum and cap must not be below zero.")))
    elif royalty is not None:
        found.append(("royalty_rate", _("A royalty does not belong to the chosen method.")))
    if pricing.trial_days < 0:
        found.append(("trial", _("A trial cannot last less than no days.")))
    return found


def check(pricing: Pricing) -> Pricing:
    """The same pricing. Raises PricingInvalid with every problem at once."""
    found = problems(pricing)
    if found:
        raise PricingInvalid(found)
    return pricing
