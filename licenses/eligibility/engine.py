"""Running the checks."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from foundation.core.clock import local_date
from licenses.eligibility import offer_checks, patent_checks
from licenses.eligibility.results import CheckResult
from licenses.eligibility.table import TABLE
from licenses.models import Declaration, PricingPolicy
from licenses.offers import Offer
from patents import registers
from patents.models import Patent

CHECKS = {
    "E01": patent_checks.in_force,
    "E02": patent_checks.fee_paid,
    "E03": patent_checks.no_exclusive,
    "E04": patent_checks.no_suspension,
    "E05": patent_checks.no_pledge,
    "E06": offer_checks.consents,
    "E07": patent_checks.evaluation_report,
    "E08": offer_checks.price,
    "E09": offer_checks.dates,
    "E10": offer_checks.words,
    "E11": patent_checks.no_invalidation,
    "E12": patent_checks.no_secrecy,
    "E13": patent_checks.no_other_declaration,
    "E14": patent_checks.not_in_auction,
    "E15": offer_checks.internal_decision,
}
CODES = tuple(CHECKS)
UPTAKE_CODES = tuple(code for code in CODES if TABLE[code].at_uptake)


@dataclass
class Case:
    """Everything the checks look at. ``now`` is aware; ``today`` is the day in Shanghai."""

    patent: Patent
    now: datetime
    offer: Offer
    declaration: Declaration | None = None
    patentee: Any = None
    organization: Any = None
    policy: PricingPolicy | None = None
    facts: dict = field(default_factory=dict)
    attachment_kinds: frozenset = frozenset()

    @property
    def today(self) -> date:
        return local_date(self.now)

    @property
    def first_day(self) -> date:
        """From when the dates of the offer are judged: its submission, else today."""
        submitted = self.declaration.submitted_at if self.declaration is not None else None
        return local_date(submitted) if submitted else self.today

    @property
    def patentee_id(self):
        return self.patentee.pk if self.patentee is not None else None

    def has_attachment(self, kind) -> bool:
        return str(kind) in self.attachment_kinds


def check(
    subject, *, now: datetime, for_organization=None, offer: Offer | None = None, at_uptake: bool = False
) -> list[CheckResult]:
    """The results for a Declaration, or for a Patent that somebody thinks of declaring.

    ``for_organization`` is the patentee-to-be of a patent, or the licensee at an uptake. ``offer`` is what a draft
    holds; without it the checks of the offer say what they can. ``at_uptake`` asks only what may change later.
    """
    declaration = subject if isinstance(subject, Declaration) else None
    patent = declaration.patent if declaration is not None else subject
    kinds = (
        frozenset(declaration.attachments.values_list("kind", flat=True)) if declaration is not None else frozenset()
    )
    case = Case(
        patent=patent,
        now=now,
        offer=offer or Offer(),
        declaration=declaration,
        patentee=declaration.patentee if declaration is not None else for_organization,
        organization=for_organization,
        policy=None if at_uptake else offer_checks.policy_on(local_date(now)),
        facts=registers.facts_for(patent, now),
        attachment_kinds=kinds,
    )
    results = (CHECKS[code](case) for code in (UPTAKE_CODES if at_uptake else CODES))
    return [result for result in results if result is not None]


def counts(results: list[CheckResult]) -> dict[str, int]:
    """{"pass": 11, "warn": 2, "fail": 1, "unknown": 1}"""
    found = {"pass": 0, "warn": 0, "fail": 0, "unknown": 0}
    for result in results:
        found[str(result.outcome)] += 1
    return found
