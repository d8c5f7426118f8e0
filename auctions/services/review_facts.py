"""What the review desk shows of a lot, beside the automatic checks. The secret reserve is not among it."""

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from auctions import eligibility
from auctions.models import Lot
from auctions.services import burdens, opening
from foundation.core.clock import database_now
from foundation.core.display import day, money
from patents.queries import extracts


def facts_of_lot(*, review) -> dict:
    """Groups of (label, value, field, agrees with the register or None), checks, what blocks the selection."""
    lot = (
        Lot.objects.select_related("season", "seller__city")
        .prefetch_related("items__patent__ownerships__organization", "documents__file", "priority_holders")
        .get(pk=review.subject_id)
    )
    results = eligibility.check(lot, now=database_now())
    blocking = [one for one in results if one.blocks]
    groups = [
        (_("The lot"), _about(lot)),
        (_("Price and valuation"), _price(lot)),
        (_("Defects, burdens and first rights"), _burdens(lot)),
    ]
    patents = [item.patent for item in lot.items.all()]
    waiting = (
        {one.fact: one for one in extracts.waiting_for(review.reviewer).filter(patent__in=patents)}
        if review.reviewer_id
        else {}
    )
    return {
        "groups": groups,
        "sections": [row for _title, rows in groups for row in rows],
        "checks": results,
        "counts": eligibility.counts(results),
        "blocking": bool(blocking),
        "blocking_codes": [one.code for one in blocking],
        "url": "",  # before the announcement the page is the seller's
        "files": list(lot.documents.all()),
        "extracts": waiting,
        "subject": lot,
    }


def _about(lot: Lot) -> list[tuple]:
    owned = all(lot.seller_id in item.patent.owner_ids() for item in lot.items.all())
    patents = "；".join(f"{item.patent.display_number} {item.patent.title}" for item in lot.items.all())
    rows = [
        (_("Season"), lot.season.title, "season", None),
        (_("What is sold"), lot.get_subject_display(), "subject", None),
        (_("Title"), lot.title, "title", None),
        (_("Patents"), patents or "—", "patents", owned if patents else None),
        (_("Description"), lot.about or "—", "about", None),
    ]
    if lot.license_years:
        years = ngettext("%(n)d year", "%(n)d years", lot.license_years) % {"n": lot.license_years}
        rows.append((_("Term of the license"), years, "term", None))
    return rows


def _price(lot: Lot) -> list[tuple]:
    season = lot.season
    reserve = gettext("There is a secret reserve.") if lot.has_reserve else gettext("None: the start price counts.")
    rows = [
        (_("Start price"), money(lot.start), "start", None),
        (_("Reserve"), reserve, "reserve", None),
        (_("Increment"), money(opening.increment_for(season, lot.start)), "increment", None),
        (_("Deposit"), money(opening.deposit_for(season, lot.start)), "deposit", None),
    ]
    if lot.valuation_fen is not None:
        said = {"amount": money(lot.valuation_fen), "by": lot.valuation_by, "day": day(lot.valuation_date)}
        rows.append((_("Valuation"), gettext("%(amount)s, %(by)s, as of %(day)s") % said, "valuation", None))
    return rows


def _burdens(lot: Lot) -> list[tuple]:
    taken_over = "；".join(f"{one.patent.display_number}：{one.conflict.sentence}" for one in burdens.subject_to(lot))
    holders = "；".join(f"{one.name} ({one.get_basis_display()})" for one in lot.priority_holders.all())
    contact = " ".join([lot.contact_name, lot.contact_phone]).strip()
    return [
        (_("Known defects and burdens"), lot.defects or "—", "defects", None),
        (_("Sold subject to"), taken_over or gettext("Nothing is known."), "burdens", None),
        (_("First rights"), holders or gettext("None named."), "priority", None),
        (_("Contact"), contact or "—", "contact", None),
    ]
