"""Checks of the patent itself: what the register, extracts and this platform know."""

from foundation.core.marks import _
from foundation.core.refs import Ref
from licenses.eligibility.results import CheckResult, Outcome
from licenses.lifecycle import LIVE
from licenses.models import Attachment, Declaration
from patents import encumbrances

NOT_KNOWN = _("No source has answered. Unknown is not a pass.")
PASS, FAIL, WARN, UNKNOWN = Outcome.PASS, Outcome.FAIL, Outcome.WARN, Outcome.UNKNOWN


def _answer(case, code, name, decide) -> CheckResult:
    """The result of a check on one fact; ``decide(fact)`` gives (outcome, reason, values)."""
    fact = case.facts[name]
    if not fact.known:
        return CheckResult(code, UNKNOWN, NOT_KNOWN, {}, fact.source, fact.as_of, name)
    outcome, reason, values = decide(fact)
    return CheckResult(code, outcome, reason, values, fact.source, fact.as_of, name)


def in_force(case) -> CheckResult:
    """E01: granted, and neither expired, lapsed, abandoned nor invalidated."""

    def decide(fact):
        if fact.value != "granted":
            return FAIL, _("The register says: {status}."), {"status": fact.value_label}
        if case.today > case.patent.expiry_date:
            return FAIL, _("The patent expired on {day}."), {"day": case.patent.expiry_date.isoformat()}
        return PASS, _("In force until {day}."), {"day": case.patent.expiry_date.isoformat()}

    return _answer(case, "E01", "status", decide)


def fee_paid(case) -> CheckResult:
    """E02: paid; the grace period with surcharge does not count as paid."""

    def decide(fact):
        if fact.value == "paid":
            return PASS, _("The annual fee is paid."), {}
        if fact.value == "grace":
            return FAIL, _("The fee is in the grace period with surcharge."), {}
        return FAIL, _("The annual fee is not paid."), {}

    return _answer(case, "E02", "annual_fee", decide)


def no_exclusive(case) -> CheckResult:
    """E03."""

    def decide(fact):
        if fact.value == "none":
            return PASS, _("None is known."), {}
        return FAIL, _("In force: {license}."), {"license": fact.value_label}

    return _answer(case, "E03", "exclusive_license", decide)


def no_suspension(case) -> CheckResult:
    """E04."""

    def decide(fact):
        if fact.value == "none":
            return PASS, _("None is known."), {}
        return FAIL, _("The procedure is suspended: {cause}."), {"cause": fact.value_label}

    return _answer(case, "E04", "suspension", decide)


def no_pledge(case) -> CheckResult:
    """E05: a pledge needs the pledgee's consent; an uploaded one counts when an officer confirmed it."""

    def decide(fact):
        if fact.value == "none":
            return PASS, _("No pledge is registered."), {}
        if (fact.detail or {}).get("consent"):
            return PASS, _("Pledged; the pledgee consents."), {}
        if case.has_attachment(Attachment.Kind.PLEDGEE_CONSENT):
            return UNKNOWN, _("Pledged; the uploaded consent is not confirmed yet."), {}
        return FAIL, _("Pledged, and no consent of the pledgee is on file."), {}

    return _answer(case, "E05", "pledge", decide)


def evaluation_report(case) -> CheckResult:
    """E07: utility models and designs only."""
    if not case.patent.needs_evaluation_report:
        return CheckResult("E07", PASS, _("Not needed for an invention."), {}, "platform", case.now)

    def decide(fact):
        if fact.value == "positive":
            return PASS, _("The report finds the conditions of grant met."), {}
        if fact.value == "negative":
            return FAIL, _("The report finds the conditions of grant not met."), {}
        if case.has_attachment(Attachment.Kind.EVALUATION_REPORT):
            return UNKNOWN, _("The uploaded report is not confirmed yet."), {}
        return FAIL, _("There is no evaluation report."), {}

    return _answer(case, "E07", "evaluation_report", decide)


def no_invalidation(case) -> CheckResult:
    """E11: disclosed, not blocking; an unknown answer is disclosed as unknown."""

    def decide(fact):
        if fact.value == "none":
            return PASS, _("None is known."), {}
        return WARN, _("An invalidation request is pending; licenses end with the patent."), {}

    return _answer(case, "E11", "invalidation", decide)


def no_secrecy(case) -> CheckResult:
    """E12: secrecy blocks; export control blocks foreign parties and warns others."""

    def decide(fact):
        if fact.value == "none":
            return PASS, _("None is known."), {}
        if fact.value == "secrecy":
            return FAIL, _("The patent is under a secrecy order."), {}
        if case.organization is not None and case.organization.kind == "foreign_company":
            return FAIL, _("Export control: a foreign party needs a permit first."), {}
        return WARN, _("Export control applies to foreign licensees."), {}

    return _answer(case, "E12", "secrecy", decide)


def no_other_declaration(case) -> CheckResult:
    """E13."""
    others = Declaration.objects.filter(patent=case.patent, state__in=LIVE)
    if case.declaration is not None:
        others = others.exclude(pk=case.declaration.pk)
    other = others.first()
    if other:
        return CheckResult("E13", FAIL, _("Declaration {number} is live."), {"number": other.number}, as_of=case.now)
    return CheckResult("E13", PASS, _("None is known."), {}, as_of=case.now)


def not_in_auction(case) -> CheckResult:
    """E14: by the matrix of what excludes what."""
    basis = Ref.of(case.declaration) if case.declaration is not None else None
    for conflict in encumbrances.conflicts(case.patent, "open_declaration", basis=basis):
        if conflict.encumbrance.kind == "auction_lot" and conflict.blocking:
            reason = str(conflict.row.sentence)
            return CheckResult("E14", FAIL, reason, {}, as_of=case.now)
    return CheckResult("E14", PASS, _("Not in a lot."), {}, as_of=case.now)
