"""Who can take a license now. Nobody is refused for another reason: the offer is made to everybody."""

from django.utils.translation import gettext_lazy as _

from foundation.core.clock import database_now, end_of_local_day
from foundation.core.errors import DomainError
from licenses import eligibility
from licenses.models import License
from licenses.models.license import LIVE_STATES


class OfferClosed(DomainError):
    """The declaration takes no notices now."""

    code = "offer_closed"
    message = _("This declaration takes no new notices: it is suspended, withdrawn or ended.")


class PartyNotVerified(DomainError):
    """The province has not confirmed who the licensee is."""

    code = "party_not_verified"
    message = _("Your organization must be verified before it can take a license.")


class OwnPatent(DomainError):
    """A patentee needs no license under its own patent."""

    code = "own_patent"
    message = _("Your organization owns this patent and needs no license for it.")


class AlreadyLicensed(DomainError):
    """One party holds one live license for a patent."""

    code = "already_licensed"
    message = _("Your organization already has a license or a pending notice for this patent.")


class NotEligibleNow(DomainError):
    """A check of the patent fails or cannot be answered."""

    code = "not_eligible_now"
    message = _("The patent does not pass its checks now: {check}. No license can be taken until it does.")


def check_may_take(*, declaration, licensee, now) -> None:
    """Refuse who cannot take this license, with the reason.

    Raises OfferClosed, PartyNotVerified, OwnPatent, AlreadyLicensed. Nobody else is refused: the
    offer is made to any organization or person (Patent Law Art. 50).
    """
    if not declaration.accepts_notices or now >= end_of_local_day(declaration.offer_until):
        raise OfferClosed
    if not licensee.is_verified:
        raise PartyNotVerified
    if licensee.pk in declaration.patent.owner_ids():
        raise OwnPatent
    if License.objects.filter(patent_id=declaration.patent_id, licensee=licensee, state__in=LIVE_STATES).exists():
        raise AlreadyLicensed


def require_eligible(*, declaration, licensee) -> None:
    """Every check of the patent must pass, or warn, at every uptake: unknown is never a pass.

    Raises NotEligibleNow naming the first check that stops it.
    """
    results = eligibility.check(declaration, for_organization=licensee, now=database_now(), at_uptake=True)
    for result in results:
        if result.blocks:
            raise NotEligibleNow(check=result.title)
