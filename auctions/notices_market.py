"""Who is told about lots and sessions before the bidding."""

from django.urls import reverse

from accounts import queries as accounts
from approvals.queries import latest_review_of
from auctions.lifecycle import PUBLIC
from auctions.models import Lot, PriorityHolder
from auctions.rules import is_officer
from auctions.services.materials import REVIEW_KIND
from foundation.core.marks import _
from notifications import notices

SELLER = _("Your organization offers this lot.")
OFFICE = _("You conduct the season.")
HOLDER = _("Your organization was named with a first right.")

# event (without "auctions.lot."), who is told, subject
TABLE = [
    ("submit", ("office",), _("A lot was submitted for season {season}")),
    ("resubmit", ("office",), _("The correction of a lot was submitted")),
    ("return", ("seller",), _("Your lot was returned for correction")),
    ("lapse", ("seller",), _("Your lot was not corrected in time")),
    ("refuse", ("seller",), _("Your lot was not selected")),
    ("select", ("seller",), _("Your lot was selected: {number}")),
    ("undo_selection", ("seller",), _("The selection of {number} was undone")),
    ("priority_notified", ("holder",), _("Your first right to lot {number}")),
    ("priority_answered", ("seller", "office"), _("A first right to {number} was answered")),
    ("announce", ("seller",), _("Lot {number} is announced")),
    ("asked", ("seller",), _("A question about lot {number}")),
    ("withdraw", ("seller", "office"), _("Lot {number} was withdrawn")),
]


def _members(organization_id, capability, why):
    for membership in accounts.members_of(organization_id, capability):
        yield membership.user_id, why


def _seller(lot, event):
    yield from _members(lot.seller_id, "declare", SELLER)


def _office(lot, event):
    for membership in accounts.officers_for(None):
        if membership.organization_id != lot.seller_id:
            yield membership.user_id, OFFICE


def _holder(lot, event):
    holder = PriorityHolder.objects.filter(pk=event.facts.get("holder"), lot=lot).first()
    if holder is not None and holder.organization_id:
        yield from _members(holder.organization_id, "bid", HOLDER)


GROUPS = {"seller": _seller, "office": _office, "holder": _holder}


def recipients_of(groups):
    """Who is told of an event; each person once, by the first group it belongs to; nobody of what they did."""

    def recipients(event):
        lot = Lot.objects.filter(pk=event.subject_id).first()
        told = {}
        for group in groups if lot is not None else ():
            for user_id, why in GROUPS[group](lot, event):
                told.setdefault(user_id, why)
        told.pop(event.actor_user_id, None)
        yield from told.items()

    return recipients


def url_for(event, user) -> str:
    """The case for the office, the answer for a holder, the lot for the others."""
    lot = Lot.objects.select_related("seller").filter(pk=event.subject_id).first()
    if lot is None:
        return reverse("auctions:season_list")
    memberships = list(accounts.memberships_of(user))
    own = any(one.organization_id == lot.seller_id for one in memberships)
    if not own and event.name == "auctions.lot.priority_notified":
        return reverse("auctions:my_priority", args=[event.facts["holder"]])
    if not own and lot.state not in PUBLIC and any(is_officer(one) for one in memberships):
        review = latest_review_of(REVIEW_KIND, lot)
        return review.get_absolute_url() if review else reverse("auctions:desk")
    return lot.get_absolute_url()


def install() -> None:
    """Register every row of the table."""
    for name, groups, subject in TABLE:
        notices.register(
            f"auctions.lot.{name}",
            recipients=recipients_of(groups),
            subject=subject,
            template="notices/auctions/lot.txt",
            url_for=url_for,
        )
