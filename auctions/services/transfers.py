"""Delivery of the right: filed with CNIPA, registered, the money released, the sale completed.

A transfer takes effect on the day of its registration (Patent Law Art. 10); only then is the price the seller's.
"""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from auctions.lifecycle_parties import SaleState
from auctions.models import Sale, Subject
from auctions.services import burdens
from auctions.services.contracts import notice_is_over
from auctions.services.objections import refuse_while_open
from auctions.services.sales import advance, complete, locked
from foundation.core.actors import CLOCK, SYSTEM
from foundation.core.clock import database_now, local_date
from foundation.core.errors import DomainError, Invalid
from foundation.core.refs import Ref
from foundation.core.text import clean_text
from patents import encumbrances
from patents.services import transfer
from settlement import services as settlement
from settlement.services.releasing import NotReleasable

LONGEST_NUMBER = 60
TRANSFERS = (Subject.ASSIGNMENT, Subject.APPLICATION_RIGHT)
LICENSES = (Subject.EXCLUSIVE_LICENSE, Subject.ORDINARY_LICENSE)


class NoticeRuns(DomainError):
    """The public notice of a state seller is not over."""

    code = "notice_runs"
    message = _("The public notice is not over yet.")


def _number(text: str, field: str) -> str:
    number = clean_text(text, LONGEST_NUMBER, identifier=True)
    if not number:
        raise Invalid(_("Enter the number."), field=field)
    return number


def _day(day: date, first: date, field: str) -> date:
    """A day that is not to come and not before what it follows."""
    if day > local_date(database_now()):
        raise Invalid(_("This date lies in the future."), field=field)
    if day < first:
        raise Invalid(_("This date lies before the step it follows."), field=field)
    return day


@transaction.atomic
def file(*, sale: Sale, filed_on: date, filing_number: str, actor: Any) -> Sale:
    """The seller filed the change (or the recordation of the license) with CNIPA.

    Raises NoticeRuns, ObjectionOpen, Invalid, NotAllowed, NotPossibleNow.
    """
    sale, now = locked(sale), database_now()
    if sale.permits("file"):
        if not notice_is_over(sale, now):
            raise NoticeRuns()
        refuse_while_open(sale)
        signed_on = local_date(max(sale.buyer_signed_at, sale.seller_signed_at))
        _day(filed_on, signed_on, "filed_on")
    fields = {"filed_on": filed_on, "filing_number": _number(filing_number, "filing_number")}
    return advance(sale, "file", actor=actor, now=now, data=fields, set=fields)


@transaction.atomic
def register(*, sale: Sale, registered_on: date, registration_number: str, actor: Any, all_shares: bool = True) -> Sale:
    """An officer saw the registration: the register here follows, and the money is released where it may be.

    ``all_shares``: the shares of all owners went to the buyer, or the seller's alone. Licenses come to lie on their
    patents. Raises ObjectionOpen, Invalid, EncumbranceConflict, NotOwner, NotAllowed, NotPossibleNow.
    """
    sale, now = locked(sale), database_now()
    if sale.permits("register"):
        refuse_while_open(sale)
        _day(registered_on, sale.filed_on, "registered_on")
    fields = {
        "registered_on": registered_on,
        "registration_number": _number(registration_number, "registration_number"),
        "all_shares": all_shares,
    }
    facts = {"registered_on": registered_on, "registration_number": fields["registration_number"]}
    sale = advance(sale, "register", actor=actor, now=now, data=facts, set=fields)
    _deliver(sale, actor, now)
    return _release(sale, now)


def _deliver(sale: Sale, actor: Any, now: datetime) -> None:
    """What the buyer got stands in the register: the patents, or a license on them."""
    lot = sale.lot
    patents = [item.patent for item in lot.items.select_related("patent").order_by("patent_id")]
    if lot.subject in TRANSFERS:
        for patent in patents:
            transfer(
                patent=patent,
                owners=[] if sale.all_shares else [sale.seller_id],
                to=sale.buyer,
                on=sale.registered_on,
                actor=actor,
                basis=Ref.of(sale),
                registration_number=sale.registration_number,
            )
    elif lot.subject in LICENSES:
        burdens.lift(lot, actor=SYSTEM, reason="sold")  # an exclusive license does not fit beside its own lot
        for patent in patents:
            until = min(_license_end(sale), patent.expiry_date)
            encumbrances.place(patent, lot.subject, basis=Ref.of(sale), actor=SYSTEM, until=until, now=now)


def _license_end(sale: Sale) -> date:
    """The last day of the license: the years of the lot from the registration; without years the patent's own term."""
    years = sale.lot.license_years
    if not years:
        return date.max
    first = sale.registered_on
    try:
        return first.replace(year=first.year + years) - timedelta(days=1)
    except ValueError:  # 29 February
        return first.replace(year=first.year + years, day=28)


@transaction.atomic
def release_funds(*, sale: Sale) -> Sale:
    """Release the price of a registered sale as soon as settlement may; a repeat, or too early, changes nothing."""
    return _release(locked(sale), database_now())


def _release(sale: Sale, now: datetime) -> Sale:
    if sale.state != SaleState.TRANSFERRED:
        return sale
    obligation = sale.obligation
    try:
        with transaction.atomic():
            obligation = settlement.release(obligation=obligation, actor=CLOCK)
    except NotReleasable:
        obligation.refresh_from_db()
    if obligation.released_at is None:
        return sale
    sale = advance(sale, "release_funds", actor=SYSTEM, now=now, data={"amount": sale.price})
    return complete(sale, now)
