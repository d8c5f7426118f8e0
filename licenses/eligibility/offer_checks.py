"""Checks of the offer: consents, price, dates, words, internal decision. None where there is nothing to check yet."""

from django.conf import settings

from foundation.core.marks import _
from licenses import offers, wording
from licenses.eligibility.results import CheckResult, Outcome
from licenses.models import CoOwnerConsent, PricingPolicy
from licenses.pricing import Base, Pricing

STATE_KINDS = ("university", "institute")
SHOWN_WORDS = 5


def consents(case) -> CheckResult:
    """E06: every owner besides the patentee signed what is offered now."""
    others = [share for share in case.patent.current_owners() if share.organization_id != case.patentee_id]
    if not others:
        return CheckResult("E06", Outcome.PASS, _("One patentee, no co-owner."), {}, "imported", case.now)
    if case.declaration is None:
        names = "、".join(share.display_name for share in others)
        return CheckResult("E06", Outcome.FAIL, _("Consent missing: {names}."), {"names": names}, as_of=case.now)
    signed = {
        consent.ownership_id
        for consent in case.declaration.consents.all()
        if consent.revoked_at is None
        and consent.purpose == CoOwnerConsent.Purpose.DECLARE
        and consent.terms_digest == case.offer.digest
    }
    missing = [share.display_name for share in others if share.pk not in signed]
    if missing:
        values = {"names": "、".join(missing)}
        return CheckResult("E06", Outcome.FAIL, _("Consent missing: {names}."), values, as_of=case.now)
    values = {"n": len(others)}
    return CheckResult("E06", Outcome.PASS, _("All {n} co-owners have signed."), values, as_of=case.now)


def policy_on(day) -> PricingPolicy | None:
    """The ceilings in force on a day (Shanghai)."""
    return PricingPolicy.objects.filter(valid_from__lte=day).order_by("-valid_from").first()


def above_ceiling(price: Pricing, policy: PricingPolicy) -> list[tuple[str, str, dict]]:
    """(field, sentence, values) of what lies above the usual ceilings."""
    found = []
    if price.fixed_total > policy.max_fixed:
        name = "lump_sum" if price.lump_sum_fen else "instalments_total" if price.instalments else "entry_fee"
        found.append((name, _("The fixed fee lies above {limit}."), {"limit": str(policy.max_fixed)}))
    base = price.royalty.base if price.royalty else None
    limits = {Base.NET_SALES: policy.max_net_sales_bp, Base.PROFIT: policy.max_profit_bp}
    if base in limits and price.highest_rate_bp > limits[base]:
        rate = f"{limits[base] / 100:g}%"
        found.append(("royalty_rate", _("The royalty rate lies above {limit}."), {"limit": rate}))
    return found


def price(case) -> CheckResult | None:
    """E08: usual ceilings; above them the reasons are read by the officer."""
    if case.offer.pricing is None:
        return None
    policy = case.policy
    if policy is None:
        return CheckResult("E08", Outcome.WARN, _("No ceilings are configured."), {}, "policy", case.now)
    above = above_ceiling(case.offer.pricing, policy)
    if above:
        _field, sentence, values = above[0]
        return CheckResult("E08", Outcome.WARN, sentence, values, "policy", case.now)
    return CheckResult("E08", Outcome.PASS, _("Within the ceilings."), {}, "policy", case.now)


def dates(case) -> CheckResult | None:
    """E09: offer and license end with the patent at the latest."""
    term = case.offer.of("term")
    if not term:
        return None
    problems = offers.term_problems(term, today=case.first_day, expiry=case.patent.expiry_date)
    if problems:
        sentence = next(iter(problems.values()))
        return CheckResult("E09", Outcome.FAIL, sentence, {}, "declaration", case.now)
    values = {"until": term["offer_until"], "expiry": case.patent.expiry_date.isoformat()}
    return CheckResult("E09", Outcome.PASS, _("{until} is not after {expiry}."), values, "declaration", case.now)


def words(case) -> CheckResult | None:
    """E10: no advertising language in what will be published."""
    if not any(case.offer.texts):
        return None
    found = wording.words(*case.offer.texts)
    if found:
        values = {"words": "、".join(found[:SHOWN_WORDS])}
        return CheckResult("E10", Outcome.WARN, _("May read as advertising: {words}."), values, "text", case.now)
    return CheckResult("E10", Outcome.PASS, _("Nothing was found."), {}, "text", case.now)


def is_state_institution(organization) -> bool:
    """Universities, institutes and state-owned firms decide internally before they license."""
    return organization is not None and (organization.kind in STATE_KINDS or organization.is_state_owned)


def internal_decision(case) -> CheckResult | None:
    """E15: configurable by KAIXU_INTERNAL_DECISION_REQUIRED (default: required)."""
    if not getattr(settings, "KAIXU_INTERNAL_DECISION_REQUIRED", True) or not is_state_institution(case.patentee):
        return CheckResult("E15", Outcome.PASS, _("Not a state institution."), {}, as_of=case.now)
    promises = case.offer.of("promises")
    if not promises:
        return None
    if promises.get("internal_decision") is True:
        return CheckResult("E15", Outcome.PASS, _("Promised by the patentee."), {}, "declaration", case.now)
    return CheckResult("E15", Outcome.FAIL, _("The promise is missing."), {}, "declaration", case.now)
