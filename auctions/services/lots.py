"""A lot in the making: begun for a season with patents of the seller, filled part by part, kept while one types."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.rules import can
from auctions import eligibility, reserve
from auctions.lifecycle import LotState
from auctions.models import Lot, LotPatent, Season, Subject
from foundation import audit
from foundation.core.clock import database_now, local_date
from foundation.core.errors import DomainError, Invalid, InvalidMany, NotAllowed, NotPossibleNow
from foundation.core.locking import lock_rows
from foundation.core.money import Money
from foundation.jobs import drafts
from patents import numbers
from patents.models import Patent

KIND = "auctions.lot"
PARTS = ("about", "price", "disclosure")  # the parts that are forms; patents, priority and documents are lists
LICENSES = (Subject.EXCLUSIVE_LICENSE, Subject.ORDINARY_LICENSE)
MOST_PATENTS = 50
COLUMNS = {
    "about": ("subject", "title_zh_hans", "title_en", "about_zh_hans", "about_en", "license_years"),
    "price": ("start_fen", "reserve_sealed", "valuation_fen", "valuation_date", "valuation_by"),
    "disclosure": ("defects", "contact_name", "contact_phone"),
}


class PatentUnknown(Invalid):
    """The text is no patent number, or the register here does not hold the patent."""

    code, field = "patent_unknown", "number"
    message = _("{number} is not a patent in the register here. Check the digits, or import it first.")


class NotSeller(DomainError):
    """Only what one owns is offered."""

    code, status, field = "not_seller", 403, "number"
    message = _("The register does not name your organization as a patentee of {patent}.")


class SeasonClosed(DomainError):
    """The season takes no proposals (any more)."""

    code, field = "season_closed", "season"
    message = _("This season takes no proposals now: {state}.")


class NotVerified(DomainError):
    """Sellers are known by their real names."""

    code = "not_verified"
    message = _("Your organization has to be verified before it offers patents.")


def require_editor(lot: Lot, actor) -> None:
    """Raises NotAllowed, NotPossibleNow."""
    if not can(actor, "declare") or actor.organization_id != lot.seller_id:
        raise NotAllowed()
    if not lot.permits("edit"):
        raise NotPossibleNow(lifecycle="lot", state=lot.state, move="edit", label=gettext(lot.state_label))


def patent_of(text: str, organization_id: int) -> Patent:
    """The seller's patent with this number in any notation. Raises PatentUnknown, NotSeller."""
    try:
        number = numbers.parse(text).normalized
    except numbers.NumberInvalid as error:
        raise PatentUnknown(number=text) from error
    patent = Patent.objects.filter(number=number).first()
    if patent is None:
        raise PatentUnknown(number=text)
    if organization_id not in patent.owner_ids():
        raise NotSeller(patent=patent.display_number)
    return patent


@transaction.atomic
def start_lot(*, season: Season, subject: str, numbers: list[str], start: Money, actor) -> Lot:
    """Begin a proposal. ``numbers`` are patent numbers in any notation; only a project may have none.

    Raises NotAllowed, NotVerified, SeasonClosed, PatentUnknown, NotSeller, Invalid.
    """
    if not can(actor, "declare"):
        raise NotAllowed()
    if not actor.organization.is_verified:
        raise NotVerified()
    season = lock_rows(season, share=True)
    if not season.permits("propose"):
        raise SeasonClosed(state=season.state_label)
    if subject not in Subject.values:
        raise Invalid(_("Choose what is sold."), field="subject")
    patents = [patent_of(text, actor.organization_id) for text in dict.fromkeys(numbers)]
    if not patents and subject != Subject.PROJECT:
        raise Invalid(_("Name at least one patent."), field="number")
    first = patents[0] if patents else None
    lot = Lot.objects.create(
        season=season,
        seller_id=actor.organization_id,
        proposed_by_id=actor.user_id,
        subject=subject,
        title_zh_hans=first.title_zh_hans if first else "",
        title_en=first.title_en[:300] if first else "",
        start_fen=start.fen,
    )
    for position, patent in enumerate(patents, 1):
        LotPatent.objects.create(lot=lot, patent=patent, position=position)
    facts = {"season": season.code, "patents": [patent.number for patent in patents]}
    audit.record("auctions.lot.drafted", subject=lot, actor=actor, data=facts, parties=[lot.seller_id])
    return lot


@transaction.atomic
def add_patent(*, lot: Lot, number: str, actor) -> LotPatent:
    """Add a patent to a bundle; a repeat returns what is there. Raises PatentUnknown, NotSeller, NotPossibleNow."""
    lot = lock_rows(lot)
    require_editor(lot, actor)
    patent = patent_of(number, lot.seller_id)
    if lot.items.count() >= MOST_PATENTS:
        raise Invalid(_("A lot holds at most {most} patents."), field="number", most=MOST_PATENTS)
    item, _made = LotPatent.objects.get_or_create(lot=lot, patent=patent, defaults={"position": lot.items.count() + 1})
    return item


@transaction.atomic
def remove_patent(*, lot: Lot, patent: Patent, actor) -> None:
    """Take a patent out of a bundle. Raises NotPossibleNow, NotAllowed."""
    lot = lock_rows(lot)
    require_editor(lot, actor)
    LotPatent.objects.filter(lot=lot, patent=patent).delete()


def reserve_for(lot: Lot, actor) -> Money | None:
    """The secret reserve, for members of the seller who may offer its patents. Raises NotAllowed."""
    if not can(actor, "declare") or actor.organization_id != lot.seller_id:
        raise NotAllowed()
    return reserve.reserve_of(lot)


def part_problems(lot: Lot, part: str, today: date) -> dict[str, Any]:
    """{field: sentence} of what is wrong with a part of a lot."""
    found: dict[str, Any] = {}
    if part == "about":
        if not lot.title_zh_hans:
            found["title_zh_hans"] = _("Enter the Chinese title.")
        if lot.subject in LICENSES and not lot.license_years:
            found["license_years"] = _("Say how many years the license lasts.")
    if part == "price":
        secret = reserve.reserve_of(lot)
        if secret is not None and secret.fen <= lot.start_fen:
            found["reserve"] = _("A reserve lies above the start price; leave it empty otherwise.")
        if lot.valuation_fen is None and eligibility.is_state_seller(lot.seller):
            found["valuation"] = _("State assets are valued before they are sold (Auction Law Art. 28).")
        if lot.valuation_fen is not None and not (lot.valuation_date and lot.valuation_by):
            found["valuation_date"] = _("Say when and by whom it was valued.")
        if lot.valuation_date and lot.valuation_date > today:
            found["valuation_date"] = _("The valuation lies in the future.")
    if part == "disclosure":
        if not lot.defects.strip():
            found["defects"] = _("Disclose every known defect and burden; write “none known” where there is none.")
        if not lot.contact_name or not lot.contact_phone:
            found["contact_name"] = _("Name somebody who answers questions, with a phone number.")
    return found


@transaction.atomic
def save_part(*, lot: Lot, part: str, values: dict[str, Any], actor) -> Lot:
    """Keep a finished part. ``values``: the columns of the part; ``start``, ``reserve`` and ``valuation`` as Money.

    Raises InvalidMany (all fields), NotAllowed, NotPossibleNow, Invalid.
    """
    lot = lock_rows(lot)
    require_editor(lot, actor)
    if part not in PARTS:
        raise Invalid(field="part")
    values = dict(values)
    if part == "price":
        values["start_fen"] = values.pop("start").fen
        values["reserve_sealed"] = reserve.seal(values.pop("reserve", None))
        valuation = values.pop("valuation", None)
        values["valuation_fen"] = None if valuation is None else valuation.fen
    for name in COLUMNS[part]:
        if name in values:
            setattr(lot, name, values[name])
    if part == "about" and lot.subject not in LICENSES:
        lot.license_years = None
    if found := part_problems(lot, part, local_date(database_now())):
        raise InvalidMany({name: gettext(str(said)) for name, said in found.items()})
    lot.save(update_fields=list(COLUMNS[part]))
    _forget_typed(lot, part)
    return lot


def draft_of(lot: Lot):
    """What was typed and not saved yet, by part; everybody of the seller shares it."""
    return drafts.open_draft(organization_id=lot.seller_id, kind=KIND, key=str(lot.pk))


@transaction.atomic
def autosave(*, lot: Lot, part: str, typed: dict[str, str], version: int, actor):
    """Keep what was typed so far, right or wrong. Returns the Draft. Raises DraftStale, NotAllowed, NotPossibleNow."""
    require_editor(lot, actor)
    draft = lock_rows(draft_of(lot))
    kept = {**draft.data.get("typed", {}), part: typed}
    return drafts.save(draft=draft, data={**draft.data, "typed": kept}, version=version, actor=actor)


def _forget_typed(lot: Lot, part: str) -> None:
    draft = draft_of(lot)
    typed = draft.data.get("typed", {})
    if part in typed:
        draft.data = {**draft.data, "typed": {name: kept for name, kept in typed.items() if name != part}}
        draft.save(update_fields=["data"])


@transaction.atomic
def discard(*, lot: Lot, actor) -> None:
    """Throw away a proposal that was never submitted. Raises NotAllowed, NotPossibleNow."""
    lot = lock_rows(lot)
    require_editor(lot, actor)
    if lot.state != LotState.PROPOSED or lot.number or lot.relisted_from_id:
        raise NotPossibleNow(lifecycle="lot", state=lot.state, move="delete", label=gettext(lot.state_label))
    audit.record("auctions.lot.discarded", subject=lot, actor=actor, parties=[lot.seller_id])
    drafts.discard(draft=draft_of(lot))
    lot.delete()
