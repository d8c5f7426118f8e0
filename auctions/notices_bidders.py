"""Who is told about registrations and about being outbid. Nothing here names anybody behind a paddle."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.urls import reverse

from accounts import queries as accounts
from auctions.lifecycle_parties import RegistrationState
from auctions.models import Bid, Registration
from foundation.core.marks import _
from notifications import notices

REGISTERED = _("Your organization registered for this lot.")
BIDS = _("Your organization bids on this lot.")
QUIET = timedelta(minutes=1)  # who was outbid sooner sits in the room and sees it; `floor_sql` has it too

# event, the subject of the message
TABLE = [
    ("ask_deposit", _("Pay the deposit for lot {lot}")),
    ("admit", _("Admitted to the bidding on lot {lot}")),
    ("win", _("Your organization won lot {lot}")),
    ("lose", _("Lot {lot} was not won: the deposit goes back")),
    ("release_deposit", _("The deposit for lot {lot} goes back: {amount}")),
    ("lapse", _("The deposit for lot {lot} did not arrive in time")),
    ("disqualify", _("The registration for lot {lot} was ended by the administration")),
    ("withdraw", _("The registration for lot {lot} was withdrawn")),
]


def bidders_of(registration: Registration, why: str) -> Iterator[tuple[int, str]]:
    """The members of a registered party who bid."""
    for membership in accounts.members_of(registration.organization, "bid"):
        yield membership.user_id, why


def of_registration(event: Any) -> Iterator[tuple[int, str]]:
    """The party of the registration."""
    yield from bidders_of(Registration.objects.select_related("organization").get(pk=event.subject_id), REGISTERED)


def outbid(event: Any) -> Iterator[tuple[int, str]]:
    """Whoever led before this bid, where that had lasted a while; nobody is told of a bid of its own."""
    pair = Bid.objects.filter(lot=event.subject_id, seq__in=[event.facts["seq"], event.facts["seq"] - 1])
    rows = list(pair.select_related("registration__organization").order_by("seq"))
    if len(rows) == 2 and rows[0].registration_id != rows[1].registration_id:  # noqa: PLR2004, a bid and its predecessor
        before, after = rows
        if after.received_at - before.received_at >= QUIET:
            yield from bidders_of(before.registration, BIDS)


def closing_soon(event: Any) -> Iterator[tuple[int, str]]:
    """Everybody who may bid on the lot."""
    admitted = Registration.objects.filter(lot=event.subject_id, state=RegistrationState.ADMITTED)
    for registration in admitted.select_related("organization"):
        yield from bidders_of(registration, BIDS)


def registration_page(event: Any) -> str:
    """The page of the registration."""
    return reverse("auctions:registration_detail", args=[event.subject_id])


def room(event: Any) -> str:
    """The room of the lot."""
    return reverse("auctions:lot_room", args=[event.subject_number])


def install() -> None:
    """Register every row."""
    template = "notices/auctions/registration.txt"
    for move, subject in TABLE:
        notices.register(
            f"auctions.registration.{move}",
            recipients=of_registration,
            subject=subject,
            template=template,
            url=registration_page,
        )
    notices.register(
        "auctions.bid.placed", recipients=outbid, subject=_("Outbid on lot {number}: now {amount}"), url=room
    )
    notices.register(
        "auctions.lot.closing_soon", recipients=closing_soon, subject=_("Bidding on lot {number} ends soon"), url=room
    )
