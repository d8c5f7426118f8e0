"""An unsold lot becomes an open license in one click: a filled-in draft for each of its patents."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from auctions.contract_text import NOT_SOLD
from auctions.models import Lot, Subject
from auctions.services import burdens
from auctions.services.sales import move_lot
from auctions.services.unsold import what_was_shown
from foundation.core import handlers
from foundation.core.clock import database_now, local_date
from foundation.core.errors import DomainError
from foundation.core.locking import lock_rows
from foundation.core.money import Money
from foundation.core.refs import Ref

CONVERTIBLE = (Subject.ASSIGNMENT, Subject.EXCLUSIVE_LICENSE, Subject.ORDINARY_LICENSE)
OFFER_YEARS, LICENSE_YEARS = 2, 3
YEAR = timedelta(days=365)
EXPECTED_LICENSEES = 10  # a transfer price is shared among so many (estimation guidelines 2022: one-to-many)


class NotConvertible(DomainError):
    """No granted patent, or nothing that a license could be given of."""

    code = "not_convertible"
    message = _("Only lots of granted patents can become open licenses.")


def suggested_fee(lot: Lot) -> Money:
    """A first fee for one license: the start price of a license lot, a tenth of a transfer price, in whole yuan."""
    if lot.subject == Subject.ORDINARY_LICENSE:
        return lot.start
    return Money(max(lot.start_fen // EXPECTED_LICENSEES // 100 * 100, 100))


@transaction.atomic
def convert(*, lot: Lot, actor: Any) -> Lot:
    """The seller turns an unsold lot into drafts of declarations, one a patent (handler "open_license.draft").

    The lot no longer lies on its patents. The drafts name the lot as their basis; promises and consents are left to
    people. Raises NotConvertible, NotAllowed, NotPossibleNow, and what a draft refuses (a live declaration, an owner
    that is not the seller).
    """
    lot, now = lock_rows(lot), database_now()
    patents = [item.patent for item in lot.items.select_related("patent")]
    if lot.subject not in CONVERTIBLE or not patents or any(patent.grant_date is None for patent in patents):
        raise NotConvertible()
    lot = move_lot(lot, "convert", actor=actor, now=now, next_check_at=None)
    burdens.lift(lot, actor=actor, reason="became an open license")
    fee, filled = Money(suggested_fee(lot).fen // len(patents)), _filled(lot, actor)
    filled["price"]["lump_sum"] = f"{fee.yuan}"
    told = {"basis": Ref.of(lot), "actor": actor}
    for patent in patents:
        handlers.call("open_license.draft", patent=patent, filled=_for(patent, filled, now), **told)
    return lot


def _for(patent: Any, filled: dict, now: Any) -> dict:
    until = min(local_date(now) + OFFER_YEARS * YEAR, patent.expiry_date)
    return {**filled, "term": {"offer_until": until.isoformat(), "term_kind": "years", "term_years": LICENSE_YEARS}}


def _filled(lot: Lot, actor: Any) -> dict[str, dict[str, Any]]:
    """The sections as far as the lot knows them."""
    shown = what_was_shown(lot)
    facts = {"lot": lot.number, "season": lot.season.code, "start": lot.start, "registrations": shown.registrations}
    with override("zh-hans"):
        basis_zh = gettext(NOT_SOLD).format(**facts)
    with override("en"):
        basis_en = gettext(NOT_SOLD).format(**facts)
    return {
        "contact": {
            "contact_name": lot.contact_name,
            "contact_phone": lot.contact_phone,
            "contact_email": getattr(actor.user, "email", ""),
        },
        "price": {"method": "lump_sum", "explanation": basis_zh, "explanation_en": basis_en},
        "other": {"other_matters": lot.defects, "other_matters_en": "", "own_use": "", "earlier_licenses": ""},
        "summary": {
            "summary_zh_hans": lot.about_zh_hans[:1000],
            "summary_en": lot.about_en[:2000],
            "readiness_level": None,
            "industry_id": None,
        },
    }
