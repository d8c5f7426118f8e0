"""Who may register for a lot, and until when."""

from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts import queries as accounts
from accounts import rules as account_rules
from auctions.lifecycle_parties import STANDING
from auctions.models import Bar, Lot, PriorityHolder, Registration
from auctions.rules import is_staff
from foundation.core.clock import local_date
from foundation.core.errors import DomainError


class RegistrationClosed(DomainError):
    """The lot takes no registrations: not yet, or no longer."""

    code = "registration_closed"
    message = _("This lot takes no registrations now.")


class TooLate(DomainError):
    """The last moment for registration and deposit has passed."""

    code = "registration_too_late"
    message = _("The time for registration and deposit is over for this lot.")


class BidderNotVerified(DomainError):
    """The province has not confirmed who the bidder is (judicial rules Arts. 17, 18)."""

    code = "bidder_not_verified"
    message = _("Your organization must be verified with its real name before it can register for a lot.")


class SellerRelated(DomainError):
    """The seller may not bid, nor have others bid (Auction Law Art. 30)."""

    code = "seller_related"
    message = _("The seller and the organizations of its group cannot bid on their own lot.")


class StaffExcluded(DomainError):
    """Who conducts the auction may not bid (Auction Law Art. 22)."""

    code = "staff_excluded"
    message = _("The administration and its staff cannot register as bidders.")


class Barred(DomainError):
    """A defaulter stays away from the next round (judicial rules Art. 24)."""

    code = "barred"
    message = _("Your organization is barred after a default: {reason}")


class AlreadyRegistered(DomainError):
    """A party has one registration for a lot."""

    code = "already_registered"
    message = _("Your organization is registered for this lot already.")


class AgreementChanged(DomainError):
    """What was read is not the agreement of the season."""

    code, field = "agreement_changed", "accepts_agreement"
    message = _("The agreement is not the one you read. Read it again, then confirm.")


def check_party(*, lot: Lot, actor, now: datetime) -> None:
    """Refuse who can never bid on this lot, with the reason.

    Raises StaffExcluded, BidderNotVerified, SellerRelated, Barred.
    """
    party = actor.organization
    if is_staff(actor) or any(is_staff(other) for other in accounts.memberships_of(actor.user)):
        raise StaffExcluded
    if not party.is_verified:
        raise BidderNotVerified
    if account_rules.same_group(lot.seller, party):
        raise SellerRelated
    bar = bar_of(lot=lot, party=party, today=local_date(now))
    if bar is not None:
        raise Barred(reason=bar.reason)


def check_open(*, lot: Lot, now: datetime) -> None:
    """Refuse a lot that takes no registrations; at the last moment itself it is too late.

    Raises RegistrationClosed, TooLate.
    """
    if not lot.permits("register") or lot.is_practice or lot.session is None:
        raise RegistrationClosed
    if now >= lot.session.registration_until_at or now >= lot.floor.ends_at:
        raise TooLate


def standing(*, lot: Lot, party) -> Registration | None:
    """The party's registration for the lot that counts, if any."""
    return Registration.objects.filter(lot=lot, organization=party, state__in=STANDING).first()


def bar_of(*, lot: Lot, party, today: date) -> Bar | None:
    """What keeps a party from this lot: a default in an earlier round of it, or a bar that runs until a day."""
    earlier, before = [], lot.relisted_from
    while before is not None:
        earlier.append(before.pk)
        before = before.relisted_from
    bars = Bar.objects.filter(organization=party)
    return bars.filter(Q(lot__in=earlier) | Q(until__gte=today)).order_by("pk").first()


def priority_rank(*, lot: Lot, actor) -> int:
    """The rank of the first right that the party has and said it would use; 0 without one.

    A holder is named by organization, or (a natural person) by the e-mail address it was notified at.
    """
    mine = Q(organization=actor.organization_id)
    if actor.organization.is_person:
        mine |= Q(organization=None, email__iexact=actor.user.email)
    answered = PriorityHolder.objects.filter(mine, lot=lot, answer=PriorityHolder.Answer.BIDS)
    return answered.order_by("rank").values_list("rank", flat=True).first() or 0
