"""A declaration in the making: begun by number, saved section by section, never lost."""

from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.rules import can
from foundation import audit
from foundation.core.clock import database_now, local_date
from foundation.core.errors import DomainError, Invalid, InvalidMany, NotAllowed, NotPossibleNow
from foundation.core.locking import lock_rows
from foundation.jobs import drafts
from licenses import instalments, offers
from licenses.eligibility.offer_checks import above_ceiling, is_state_institution, policy_on
from licenses.lifecycle import LIVE, TERMS_PENDING, DeclarationState
from licenses.models import Declaration
from licenses.offers import Offer
from patents import numbers
from patents.models import Patent

KIND = "licenses.declaration"
SECTIONS = ("contact", "price", "term", "other", "promises", "summary")
REASON_FIELD = "ceiling_reason"
STRAGGLES = timedelta(seconds=5)  # an autosave may come in so long after the button of the same page


class NumberUnreadable(Invalid):
    """What was typed is no patent number, or its check digit is wrong."""

    code, field = "number_unreadable", "number"
    message = _("This is not a valid Chinese patent number. Check the digits.")


class CheckDigitWrong(NumberUnreadable):
    """The number has the right form, but its last digit does not belong to it."""

    code = "check_digit"
    message = _("The check digit does not fit the number. Compare it with the certificate.")


class PatentUnknown(DomainError):
    """The register of this platform does not hold the patent."""

    code, status, field = "patent_unknown", 404, "number"
    message = _("This patent is not in the register here. Import it into your portfolio first.")


class NotPatentee(DomainError):
    """The register names others."""

    code, status, field = "not_patentee", 403, "number"
    message = _("The register does not name your organization as a patentee of this patent.")


class AlreadyLive(DomainError):
    """One live declaration for each patent."""

    code, field = "already_live", "number"
    message = _("Declaration {number} for this patent is live. There can be only one.")


def patent_of(text: str) -> Patent:
    """The patent somebody typed the number of, in any notation. Raises NumberUnreadable, PatentUnknown."""
    try:
        number = numbers.parse(text).normalized
    except numbers.NumberInvalid as error:
        raise (CheckDigitWrong() if error.reason == "check_digit" else NumberUnreadable()) from error
    patent = Patent.objects.filter(number=number).first()
    if patent is None:
        raise PatentUnknown()
    return patent


@transaction.atomic
def start_draft(*, number: str, actor) -> Declaration:
    """Begin a declaration for a patent, or return the organization's draft that is there already.

    Raises NumberUnreadable, PatentUnknown, NotPatentee, AlreadyLive, NotAllowed.
    """
    if not can(actor, "declare"):
        raise NotAllowed()
    patent = lock_rows(patent_of(number))
    if actor.organization_id not in patent.owner_ids():
        raise NotPatentee()
    draft = Declaration.objects.filter(
        patent=patent, patentee_id=actor.organization_id, state=DeclarationState.DRAFT
    ).first()
    if draft is not None:
        return draft
    live = Declaration.objects.filter(patent=patent, state__in=LIVE).first()
    if live is not None:
        raise AlreadyLive(number=live.number)
    try:
        with transaction.atomic():
            made = Declaration.objects.create(
                patent=patent, patentee_id=actor.organization_id, opened_by_id=actor.user_id
            )
    except IntegrityError:  # the other click was first
        return Declaration.objects.get(patent=patent, patentee_id=actor.organization_id, state="draft")
    audit.record(
        "licenses.declaration.drafted",
        subject=made,
        actor=actor,
        data={"patent": patent.number},
        parties=[actor.organization_id],
    )
    return made


def draft_of(declaration: Declaration):
    """The saved work on a declaration; everybody of the patentee's organization shares it."""
    return drafts.open_draft(organization_id=declaration.patentee_id, kind=KIND, key=str(declaration.pk))


def offer_of(declaration: Declaration) -> Offer:
    """What the draft of a declaration says."""
    return Offer(draft_of(declaration).data.get("sections", {}))


def may_edit(declaration: Declaration) -> bool:
    """A draft, a returned declaration, or an open one without other terms on their way."""
    if declaration.permits("edit"):
        return True
    return declaration.permits("new_terms") and not declaration.terms_versions.filter(state__in=TERMS_PENDING).exists()


def require_editor(declaration: Declaration, actor) -> None:
    """Raises NotAllowed, NotPossibleNow."""
    if not can(actor, "declare", declaration.patentee):
        raise NotAllowed()
    if not may_edit(declaration):
        label = gettext(declaration.state_label)
        raise NotPossibleNow(lifecycle="declaration", state=declaration.state, move="edit", label=label)


def _fixed_days(declaration: Declaration, values: dict, now) -> dict[str, str]:
    return instalments.day_problems(values, today=local_date(now), expiry=declaration.patent.expiry_date)


def section_problems(declaration: Declaration, section: str, values: dict, now) -> dict[str, str]:
    """{field: sentence} of what is wrong with a section, today."""
    if section == "price":
        found = offers.price_problems(values) or _fixed_days(declaration, values, now)
        if "instalments_total" in found:
            found["instalments_total"] = gettext(found["instalments_total"]).format_map(instalments.sums(values))
        if not found and not (values.get(REASON_FIELD) or "").strip():
            policy = policy_on(local_date(now))
            above = above_ceiling(Offer({"price": values}).pricing, policy) if policy else []
            for name, sentence, amounts in above:
                hint = gettext("Lower it, or give the reasons below.")
                found[name] = gettext(sentence).format_map(amounts) + " " + hint
        return found
    if section == "term":
        return offers.term_problems(values, today=local_date(now), expiry=declaration.patent.expiry_date)
    if section == "contact":
        wanted = ("contact_name", "contact_phone", "contact_email")
        found = {name: _("Enter the contact that will be published.") for name in wanted if not values.get(name)}
        if values.get("contact_is_public") is not True:
            found["contact_is_public"] = _("The contact is published: the person has to agree.")
        return found
    if section == "promises":
        required = getattr(settings, "KAIXU_INTERNAL_DECISION_REQUIRED", True)
        state = required and is_state_institution(declaration.patentee)
        return offers.promise_problems(values, state_institution=state)
    return {}


@transaction.atomic
def save_section(*, declaration: Declaration, section: str, values: dict, version: int, actor, page: str = ""):
    """Keep a finished section on top of draft ``version``; ``page`` names the page it was typed on. Returns the Draft.

    Raises Invalid (with all fields), DraftStale (somebody saved a newer version), NotAllowed, NotPossibleNow.
    """
    require_editor(declaration, actor)
    if section not in SECTIONS:
        raise Invalid(field="section")
    problems = section_problems(declaration, section, values, database_now())
    if problems:
        raise InvalidMany({name: gettext(str(sentence)) for name, sentence in problems.items()})
    draft = lock_rows(draft_of(declaration))
    sections = {**draft.data.get("sections", {}), section: values or {"saved": True}}
    typed = {name: kept for name, kept in draft.data.get("typed", {}).items() if name != section}
    return _store(draft, section, {"sections": sections, "typed": typed}, version, page, actor, finished=True)


@transaction.atomic
def autosave(*, declaration: Declaration, section: str, typed: dict, version: int, actor, page: str = ""):
    """Keep what was typed so far, right or wrong. Returns the Draft; raises as `save_section`, but never Invalid.

    One that a page sent before its section was saved, and that comes after, is dropped.
    """
    require_editor(declaration, actor)
    draft = lock_rows(draft_of(declaration))
    touched = draft.data.get("touched", {}).get(section, {})
    overtaken = page and touched.get("page") == page and touched.get("finished") and version < touched["version"]
    if overtaken and database_now() - draft.saved_at < STRAGGLES:
        return draft
    kept = {**draft.data.get("typed", {}), section: typed}
    return _store(draft, section, {"typed": kept}, version, page, actor)


def _store(draft, section, changed, version, page, actor, *, finished=False):  # noqa: PLR0917
    """Save on top of `version`, noting who touched this section last.

    What others did to other sections, and what this very page (`page`) saved itself, is no other version.
    """
    touched = draft.data.get("touched", {})
    there = section in draft.data.get("sections", {}) or section in draft.data.get("typed", {})
    last = touched.get(section, {"version": draft.version if there else 0})
    own = page and last.get("page") == page
    if 0 <= version <= draft.version and (own or last["version"] <= version):
        version = draft.version
    note = {"version": version + 1, "page": page, "finished": finished}
    data = {**draft.data, **changed, "last": section, "touched": {**touched, section: note}}
    return drafts.save(draft=draft, data=data, version=version, actor=actor)


@transaction.atomic
def delete_draft(*, declaration: Declaration, actor) -> None:
    """Throw a draft away that was never submitted. Raises NotAllowed, NotPossibleNow."""
    declaration = lock_rows(declaration)
    require_editor(declaration, actor)
    if declaration.state != DeclarationState.DRAFT or declaration.number:
        raise NotPossibleNow(lifecycle="declaration", state=declaration.state, move="delete")
    audit.record("licenses.declaration.discarded", subject=declaration, actor=actor, parties=[declaration.patentee_id])
    drafts.discard(draft=draft_of(declaration))
    declaration.delete()
