"""What a patentee offers, read from the sections of a draft or from a terms version (pure).

Sections hold clean plain values: amounts in fen, rates in basis points, dates as ISO text.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from dateutil.relativedelta import relativedelta

from foundation.core.marks import _
from licenses import contents, instalments, pricing, pricing_checks
from licenses.pricing import DAYS_PER_YEAR, Method, Pricing, Tier

MOST_YEARS = 20
REQUIRED = ("contact", "price", "term", "other", "promises")
OFFER_SECTIONS = ("price", "term", "other")  # what a consent of a co-owner refers to
PROMISES = (
    # field, sentence: Implementing Regulations 2023, Rule 86 (1)-(5) and the promises of the CNIPA form
    ("no_exclusive", _("No exclusive or sole license is in force on this patent.")),
    ("no_suspension", _("No procedure is suspended because of an ownership dispute or a court's preservation.")),
    ("fees_paid", _("The annual fees are paid as prescribed.")),
    ("no_pledge", _("The patent is not pledged, or the pledgee has consented.")),
    ("no_obstacle", _("Nothing else hinders the effective exploitation of the patent.")),
    ("anyone_may", _("Any organization or person may exploit the patent in China on these terms.")),
    ("truthful", _("All statements are true; the patent is kept in force while the offer is open.")),
)
INTERNAL_DECISION = (
    "internal_decision",
    _("The internal decision and public notice required of a state institution have been completed."),
)
PRICE_FIELDS = {
    "entry_fee": "entry_fee",
    "lump_sum": "lump_sum",
    "royalty_rate": "royalty_rate",
    "instalments": "instalments_total",
    "royalty_tiers": "royalty_rate",
    "royalty_minimum": "royalty_minimum",
    "trial": "method",
}


@dataclass(frozen=True, slots=True)
class Offer:
    """One offer as far as it is known; sections that were not saved yet are empty."""

    sections: dict = field(default_factory=dict)

    def of(self, section: str) -> dict:
        """The values of a section, empty if it was not saved."""
        return self.sections.get(section) or {}

    def missing(self) -> list[str]:
        """Required sections that were not saved."""
        return [name for name in REQUIRED if not self.of(name)]

    @property
    def pricing(self) -> Pricing | None:
        """The price structure, None until the section was saved."""
        price = self.of("price")
        if not price:
            return None
        return pricing.simple(
            method=Method(price["method"]),
            entry_fee_fen=price.get("entry_fee_fen") or 0,
            lump_sum_fen=price.get("lump_sum_fen") or 0,
            royalty_bp=price.get("royalty_bp") or 0,
            base=price.get("royalty_base") or "net_sales",
            period=price.get("royalty_period") or "quarter",
            instalments=instalments.parts_of(price),
            **royalty_rules(price),
        )

    @property
    def offer_until(self) -> date | None:
        """The last day for a notice."""
        text = self.of("term").get("offer_until")
        return date.fromisoformat(text) if text else None

    @property
    def texts(self) -> list[str]:
        """Everything that will be published and is free text."""
        price, other, summary = self.of("price"), self.of("other"), self.of("summary")
        return [
            price.get("explanation", ""),
            price.get("explanation_en", ""),
            other.get("other_matters", ""),
            other.get("other_matters_en", ""),
            summary.get("summary_zh_hans", ""),
            summary.get("summary_en", ""),
        ]

    @property
    def digest(self) -> str:
        """SHA-256 of what a co-owner consents to."""
        return contents.digest(contents.canonical({name: self.of(name) for name in OFFER_SECTIONS}))


def royalty_rules(price: dict) -> dict:
    """What the section "price" says about a royalty beyond its rate; nothing where it says nothing."""
    rules = {
        "min_per_period_fen": price.get("royalty_minimum_fen") or 0,
        "cap_total_fen": price.get("royalty_cap_fen") or None,
        "true_up": bool(price.get("royalty_true_up")),
        "audit_right": price.get("royalty_audit_right", True),
    }
    if price.get("royalty_tiers"):
        rules["tiers"] = tuple(Tier(**tier) for tier in price["royalty_tiers"])
    return rules


def price_problems(price: dict) -> dict[str, str]:
    """{field: sentence in English} of what is wrong with the section "price"."""
    try:
        method = Method(price.get("method") or "")
    except ValueError:
        return {"method": _("Choose how the fee is paid.")}
    if method not in pricing.OFFERED:
        return {"method": _("Choose how the fee is paid.")}
    found: dict[str, str] = instalments.problems(price) if method is Method.INSTALMENTS else {}
    if method is Method.ENTRY_PLUS_ROYALTY and not price.get("royalty_bp"):
        found["royalty_rate"] = _("Enter the royalty rate in percent.")
    for name, sentence in pricing_checks.problems(Offer({"price": price}).pricing):
        if name != "instalments" or not found:  # else each row says what is wrong with it
            found.setdefault(PRICE_FIELDS.get(name, name), sentence)
    if method is not Method.FREE and not (price.get("explanation") or "").strip():
        found["explanation"] = _("Explain in a few sentences how the fee was calculated.")
    return found


def term_problems(term: dict, *, today: date, expiry: date) -> dict[str, str]:
    """What is wrong with the section "term": the offer's end and the license's term are two things."""
    found: dict[str, str] = {}
    until = date.fromisoformat(term["offer_until"]) if term.get("offer_until") else None
    if until is None:
        found["offer_until"] = _("Enter the last day of the offer.")
    elif until <= today:
        found["offer_until"] = _("The offer must end after today.")
    elif until > expiry:
        found["offer_until"] = _("The offer cannot last longer than the patent.")
    kind, years = term.get("term_kind"), term.get("term_years")
    if kind not in ("years", "until_offer_end", "until_expiry"):
        found["term_kind"] = _("Choose how long a license lasts.")
    elif kind == "years" and (years is None or not 1 <= years <= MOST_YEARS):
        found["term_years"] = _("Enter a number of years between 1 and 20.")
    elif kind == "years" and today + relativedelta(years=years) - timedelta(days=1) > expiry:
        found["term_years"] = _("A license cannot last longer than the patent.")
    return found


def license_years(term: dict, *, start: date, expiry: date) -> Decimal:
    """How long a license taken on ``start`` lasts, in years with two decimals, for the price per year."""
    last = expiry
    if term.get("term_kind") == "years":
        return Decimal(term["term_years"])
    if term.get("term_kind") == "until_offer_end" and term.get("offer_until"):
        last = min(expiry, date.fromisoformat(term["offer_until"]))
    days = Decimal(max(1, (last - start).days + 1))
    return max(Decimal("0.01"), (days / DAYS_PER_YEAR).quantize(Decimal("0.01")))


def promise_problems(promises: dict, *, state_institution: bool) -> dict[str, str]:
    """Every promise has to be given."""
    wanted = [*PROMISES, INTERNAL_DECISION] if state_institution else PROMISES
    return {name: _("This promise is required.") for name, _text in wanted if promises.get(name) is not True}
