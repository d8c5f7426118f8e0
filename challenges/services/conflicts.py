"""Who may have nothing to do with a challenge's proposals: compared by unit, group and name, in a constant number of
queries for the whole pool."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from accounts.rules import same_group
from challenges.lifecycle_parties import ProposalState
from challenges.models import Challenge, Conflict, Expert, Proposal

CLASS = 3  # letters of an IPC class
OTHER_FIELD = "field"  # beside the kinds of Conflict: no conflict, but not drawn either
Found = list[tuple[Proposal | None, str]]


@dataclass(frozen=True, slots=True)
class Team:
    """What an expert's profile is compared with for one proposal."""

    proposal: Proposal
    units: frozenset[str]
    people: frozenset[str]  # members of the team, inventors of its background patents


def plain(text: str) -> str:
    """A name as it is compared: full and half width, case and spaces make no difference."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _plain(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(plain(text) for text in texts if text.strip())


def teams_of(challenge: Challenge) -> list[Team]:
    """The eligible proposals of a challenge with the names that stand in them."""
    rows = challenge.proposals.filter(state=ProposalState.ELIGIBLE).select_related("organization", "opened")
    found = []
    for proposal in rows.prefetch_related("members", "opened__patents"):
        members, owner = list(proposal.members.all()), proposal.organization
        units = _plain([*(member.unit for member in members), owner.name, owner.name_en])
        inventors = (name for patent in proposal.opened.patents.all() for name in patent.inventors)
        found.append(Team(proposal, units, _plain([*(member.name for member in members), *inventors])))
    return found


def found(challenge: Challenge, expert: Expert, teams: Iterable[Team]) -> Found:
    """Of one expert, by rule: the same unit or group as the firm or a team, co-authors and members by name."""
    owner, unit = challenge.owner, plain(expert.unit_name)
    known, rows = _plain([*expert.coauthors, *expert.names]), []
    if _same_unit(expert, owner) or unit in _plain([owner.name, owner.name_en]):
        rows.append((None, Conflict.Kind.UNIT))
    for team in teams:
        if _same_unit(expert, team.proposal.organization) or unit in team.units:
            rows.append((team.proposal, Conflict.Kind.UNIT))
        if known & team.people:
            rows.append((team.proposal, Conflict.Kind.COAUTHOR))
    return rows


def _same_unit(expert: Expert, organization) -> bool:
    return expert.unit is not None and same_group(expert.unit, organization)


def pool(challenge: Challenge, *, by_field: bool = False) -> tuple[dict[int, bool], dict[int, str]]:
    """{eligible expert: from outside the firm} and {excluded expert: why}, of everybody in the pool.

    A conflict with any proposal excludes; who sat, declined or stepped back before is not drawn again. ``by_field``
    leaves out who works in none of the challenge's IPC classes ("H01").
    """
    classes = {symbol[:CLASS] for symbol in challenge.ipc}
    eligible, excluded = {}, {}
    declared = dict(Conflict.objects.filter(challenge=challenge).values_list("expert_id", "kind"))
    sat, teams = set(challenge.seats.values_list("expert_id", flat=True)), teams_of(challenge)
    for expert in Expert.objects.filter(is_active=True, user__is_active=True).select_related("unit"):
        rows = found(challenge, expert, teams)
        if rows or expert.pk in declared:
            excluded[expert.pk] = str(rows[0][1]) if rows else declared[expert.pk]
        elif by_field and not classes & {symbol[:CLASS] for symbol in expert.ipc}:
            excluded[expert.pk] = OTHER_FIELD
        elif expert.pk not in sat:
            eligible[expert.pk] = expert.unit_id != challenge.owner_id
    return eligible, excluded
