"""Nobody conducts a challenge in which they have a stake themselves."""

from django.utils.translation import gettext_lazy as _

from accounts import queries as accounts
from challenges.lifecycle_parties import STANDING
from challenges.models import Challenge
from challenges.rules import is_officer
from foundation.core.errors import NotAllowed


class Concerned(NotAllowed):
    """Belongs to the firm or to a team."""

    code = "concerned"
    message = _("You belong to the firm or to a team of this challenge: another officer has to do this.")


def is_concerned(challenge: Challenge, actor) -> bool:
    """Whether the person has, or had, a membership of the firm or of an organization that proposes, wrote the challenge
    or leads a team.

    Affiliates of one group count as one once the proposals are open; before, that would tell who proposes.
    """
    rows = challenge.proposals.filter(state__in=STANDING)
    if actor.user_id == challenge.drafted_by_id or rows.filter(lead=actor.user_id).exists():
        return True
    parties = rows.values_list("organization_id", "organization__group_id")
    if challenge.is_sealed:
        organizations = {challenge.owner_id, *(organization for organization, _group in parties)}
        return bool(organizations & accounts.organizations_of(actor.user_id))
    groups = {challenge.owner.group_root_id, *(group or organization for organization, group in parties)}
    return bool(groups & accounts.groups_of([actor.user_id]).get(actor.user_id, set()))


def require_impartial(challenge: Challenge, actor) -> None:
    """Raises Concerned."""
    if is_concerned(challenge, actor):
        raise Concerned()


def require_officer_of(challenge: Challenge, actor) -> None:
    """An officer of the province without a stake in the challenge. Raises NotAllowed, Concerned."""
    if not is_officer(actor):
        raise NotAllowed()
    require_impartial(challenge, actor)
