"""From draft to case: terms are frozen, the number is given, the review is opened."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from approvals import queries as reviews
from approvals import services as approvals
from foundation import audit
from foundation.core import numbering
from foundation.core.clock import database_now, local_date
from foundation.core.errors import DomainError, NotPossibleNow
from foundation.core.locking import lock_rows
from foundation.core.refs import Ref
from licenses import contents, eligibility, pricing
from licenses.instalments import PAYMENT_DAYS
from licenses.lifecycle import LIVE, TERMS_PENDING, DeclarationState, TermsState
from licenses.models import Declaration, TermsVersion
from licenses.offers import Offer
from licenses.services.drafting import AlreadyLive, draft_of, require_editor, section_problems

REVIEW_KIND = "licenses.terms"
REVIEW_WORKDAYS = 5
CONTACT_FIELDS = ("contact_name", "contact_phone", "contact_email", "contact_is_public", "agency_name", "agency_code")
SUMMARY_FIELDS = ("summary_zh_hans", "summary_en", "readiness_level", "industry_id")


class SectionsMissing(DomainError):
    """Something has to be filled in first."""

    code = "sections_missing"
    message = _("Complete these parts first: {sections}.")


class NotEligible(DomainError):
    """A blocking check fails. Unknown answers do not stop the submission: the officer has to confirm them."""

    code = "not_eligible"
    message = _("The declaration cannot be submitted: {checks}.")


SECTION_NAMES = {
    "contact": _("Contact"),
    "price": _("Fee and payment"),
    "term": _("Two terms"),
    "other": _("Other matters"),
    "promises": _("Promises"),
}


def require_complete(declaration: Declaration, offer: Offer, now) -> None:
    """Raises SectionsMissing naming what was not saved, or what today is no longer right."""
    wrong = offer.missing()
    wrong += [
        name for name in SECTION_NAMES if name not in wrong and section_problems(declaration, name, offer.of(name), now)
    ]
    if wrong:
        raise SectionsMissing(sections="、".join(str(SECTION_NAMES[name]) for name in wrong))


def require_eligible(declaration: Declaration, offer: Offer, now) -> list:
    """The results of all checks. Raises NotEligible when one fails that blocks."""
    results = eligibility.check(declaration, offer=offer, now=now)
    failing = [result for result in results if result.blocks and result.outcome == "fail"]
    if failing:
        named = "; ".join(f"{result.code} {result.title} ({result.reason})" for result in failing)
        raise NotEligible(checks=named)
    return results


def terms_values(offer: Offer) -> dict:
    """The columns of a terms version, without number and version."""
    price, term, other = offer.of("price"), offer.of("term"), offer.of("other")
    return {
        "offer_until": offer.offer_until,
        "method": price["method"],
        "entry_fee_fen": price.get("entry_fee_fen") or 0,
        "lump_sum_fen": price.get("lump_sum_fen") or 0,
        "royalty_bp": price.get("royalty_bp") or 0,
        "royalty_base": (price.get("royalty_base") or "") if price.get("royalty_bp") else "",
        "royalty_period": (price.get("royalty_period") or "") if price.get("royalty_bp") else "",
        "term_kind": term["term_kind"],
        "term_years": term.get("term_years") if term["term_kind"] == "years" else None,
        "payment_days": PAYMENT_DAYS,
        "explanation": price.get("explanation") or "",
        "explanation_en": price.get("explanation_en") or "",
        "ceiling_reason": price.get("ceiling_reason") or "",
        "other_matters": other.get("other_matters") or "",
        "other_matters_en": other.get("other_matters_en") or "",
        "pricing": pricing.as_dict(offer.pricing),
    }


IN_CONTENT = (
    "term_kind",
    "term_years",
    "payment_days",
    "explanation",
    "explanation_en",
    "other_matters",
    "other_matters_en",
)


def freeze(declaration: Declaration, offer: Offer, number: str, actor) -> TermsVersion:
    """A new terms version with the offer, its canonical text and digest; state draft, about to be submitted."""
    values = terms_values(offer)
    last = declaration.terms_versions.order_by("-version").first()
    version = last.version + 1 if last else 1
    said = {name: values[name] for name in IN_CONTENT}
    text = contents.canonical(
        contents.compose(
            declaration=number,
            patent=declaration.patent.number,
            version=version,
            pricing=values["pricing"],
            terms={**said, "territory": "CN", "offer_until": values["offer_until"].isoformat()},
        )
    )
    return TermsVersion.objects.create(
        declaration=declaration,
        version=version,
        content=text,
        content_hash=contents.digest(text),
        submitted_by_id=actor.user_id,
        **values,
    )


def declaration_values(offer: Offer) -> dict:
    """The columns of a declaration that come from its sections."""
    contact, summary = offer.of("contact"), offer.of("summary")
    values = {name: contact.get(name) or "" for name in CONTACT_FIELDS}
    values |= {name: summary.get(name) or "" for name in ("summary_zh_hans", "summary_en")}
    return values | {
        "contact_is_public": contact.get("contact_is_public") is True,
        "readiness_level": summary.get("readiness_level"),
        "industry_id": summary.get("industry_id"),
        "offer_until": offer.offer_until,
    }


@transaction.atomic
def submit(*, declaration: Declaration, actor) -> Declaration:
    """Submit a draft, a correction, or new terms of an open declaration; its case is opened or continued.

    The number is given at the first submission. Raises SectionsMissing, NotEligible, AlreadyLive, NotAllowed,
    NotPossibleNow.
    """
    review = reviews.open_review_of(REVIEW_KIND, _pending(declaration)) if _pending(declaration) else None
    if review is not None:
        lock_rows(review)  # reviews are always locked before their subjects
    declaration, patent = lock_rows(declaration, declaration.patent)
    require_editor(declaration, actor)
    now = database_now()
    offer = Offer(draft_of(declaration).data.get("sections", {}))
    require_complete(declaration, offer, now)
    results = require_eligible(declaration, offer, now)
    if declaration.state == DeclarationState.DRAFT:
        other = Declaration.objects.filter(patent=patent, state__in=LIVE).exclude(pk=declaration.pk).first()
        if other is not None:
            raise AlreadyLive(number=other.number)
    if declaration.state == DeclarationState.CORRECTION:
        return _resubmit(declaration, offer, results, actor, now, review=review)
    return _first(declaration, offer, results, actor, now)


def _pending(declaration: Declaration) -> TermsVersion | None:
    return declaration.terms_versions.filter(state__in=TERMS_PENDING).first()


def _first(declaration, offer, results, actor, now) -> Declaration:
    is_new = declaration.state == DeclarationState.DRAFT
    number = declaration.number or numbering.allocate("declaration", local_date(now).year)
    terms = freeze(declaration, offer, number, actor)
    parties = _parties(declaration)
    if is_new:
        fields = declaration_values(offer) | {
            "number": number,
            "submitted_at": now,
            "eligibility": [result.as_json() for result in results],
            "checked_at": now,
        }
        audit.advance(declaration, "submit", actor=actor, parties=parties, set=fields, data=_facts(terms), now=now)
    terms.declaration = declaration
    audit.advance(terms, "submit", actor=actor, parties=parties, data=_facts(terms), now=now)
    approvals.open_review(
        kind=REVIEW_KIND,
        subject=Ref.of(terms),
        title=declaration.patent.title_zh_hans,
        actor=actor,
        organization=declaration.patentee,
        city=declaration.patentee.city,
        workdays=REVIEW_WORKDAYS,
    )
    return declaration


def _resubmit(declaration, offer, results, actor, now, *, review) -> Declaration:
    old = declaration.terms_versions.get(state=TermsState.CORRECTION)
    parties = _parties(declaration)
    same = all(getattr(old, name) == value for name, value in terms_values(offer).items())
    if same:
        terms = audit.advance(old, "resubmit", actor=actor, parties=parties, now=now)
    else:
        audit.advance(old, "replace", actor=actor, parties=parties, set={"superseded_at": now}, now=now)
        terms = freeze(declaration, offer, declaration.number, actor)
        audit.advance(terms, "submit", actor=actor, parties=parties, data=_facts(terms), now=now)
    fields = declaration_values(offer) | {
        "submitted_at": now,
        "eligibility": [result.as_json() for result in results],
        "checked_at": now,
    }
    audit.advance(declaration, "resubmit", actor=actor, parties=parties, set=fields, data=_facts(terms), now=now)
    approvals.resubmit(review=review, actor=actor, subject=None if same else Ref.of(terms))
    return declaration


def _facts(terms: TermsVersion) -> dict:
    return {"version": terms.version, "terms_sha256": terms.content_hash, "patent": terms.declaration.patent.number}


def _parties(declaration: Declaration) -> list[int]:
    return sorted({declaration.patentee_id, *declaration.patent.owner_ids()})


@transaction.atomic
def take_back(*, declaration: Declaration, actor, reason: str = "") -> Declaration:
    """The patentee takes a declaration back before it is published; its number stays with the draft.

    Raises NotAllowed, NotPossibleNow.
    """
    pending = _pending(declaration)
    if pending is None:
        raise NotPossibleNow(lifecycle="declaration", state=declaration.state, move="take_back")
    review = reviews.latest_review_of(REVIEW_KIND, pending)
    approvals.withdraw(review=review, actor=actor, reason=reason)
    declaration, terms = lock_rows(declaration, pending)
    parties = _parties(declaration)
    audit.advance(terms, "take_back", actor=actor, reason=reason, parties=parties)
    if declaration.permits("new_terms"):  # only the new terms were under way
        return declaration
    return audit.advance(
        declaration, "take_back", actor=actor, reason=reason, parties=parties, set={"publish_due_at": None}
    )
