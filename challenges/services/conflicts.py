"""Who may have nothing to do with a challenge's proposals: compared by membership, unit, group, name and what the
register of patents says, in a constant number of queries for the whole pool."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from accounts import queries as accounts
from challenges.lifecycle_parties import ProposalState
from challenges.models import Challenge, Conflict, Expert, Proposal
from patents.models import Patent

CLASS = 3  # letters of an IPC class
OTHER_FIELD = "field"  # beside the kinds of Conflict: no conflict, but not drawn either
Found = list[tuple[Proposal | None, str]]


@dataclass(frozen=True, slots=True)
class Party:
    """The firm (without a proposal) or a team: what an expert is compared with."""

    proposal: Proposal | None
    organization: Any
    units: frozenset[str]
    people: frozenset[str]  # as written: the lead, members of the team, inventors of its background patents
    users: frozenset[int]  # whoever wrote the challenge, leads the team or belongs to it


@dataclass(frozen=True, slots=True)
class Invention:
    """A patent of the register with an expert among its inventors, and one of its owners."""

    inventors: frozenset[str]
    owner_id: int | None


def plain(text: str) -> str:
    """A name as it is compared: full and half width, case and spaces make no difference."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _plain(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(plain(text) for text in texts if text.strip())


def parties_of(challenge: Challenge) -> list[Party]:
    """The firm and the teams whose proposals are eligible, with the names that stand there."""
    firm = challenge.owner
    units = _plain([firm.name, firm.name_en])
    found = [Party(None, firm, units, frozenset(), frozenset([challenge.drafted_by_id]))]
    rows = challenge.proposals.filter(state=ProposalState.ELIGIBLE).select_related("organization", "lead", "opened")
    for proposal in rows.prefetch_related("members", "opened__patents"):
        members, owner = list(proposal.members.all()), proposal.organization
        inventors = (name for patent in proposal.opened.patents.all() for name in patent.inventors)
        people = (text.strip() for text in [proposal.lead.name, *(one.name for one in members), *inventors])
        found.append(
            Party(
                proposal,
                owner,
                _plain([*(one.unit for one in members), owner.name, owner.name_en]),
                frozenset(text for text in people if text),
                frozenset([proposal.lead_id, *(one.user_id for one in members if one.user_id)]),
            )
        )
    return found


def declared(challenge: Challenge, expert: Expert) -> bool:
    """Whether the expert stepped back from the challenge, or the administration found a conflict."""
    return Conflict.objects.filter(challenge=challenge, expert=expert).exists()


def found(challenge: Challenge, expert: Expert) -> Found:
    """Of one expert, by rule: the same organization or group, unit or name, and inventors in common."""
    return _found(challenge, [expert])[expert.pk]


def _found(challenge: Challenge, experts: list[Expert]) -> dict[int, Found]:
    """{expert: what stands against them}, in three queries more than the experts and the proposals take."""
    parties = parties_of(challenge)
    groups = accounts.groups_of([one.user_id for one in experts])
    inventions = _inventions(experts, parties)
    return {one.pk: _against(one, parties, groups.get(one.user_id, set()), inventions) for one in experts}


def _against(expert: Expert, parties: list[Party], groups: set[int], inventions: list[Invention]) -> Found:
    unit, own = plain(expert.unit_name), _plain(expert.names)
    known = own | _plain(expert.coauthors)
    mine = [one for one in inventions if own & one.inventors]
    if expert.unit is not None:
        groups = groups | {expert.unit.group_root_id}
    rows: Found = []
    for party in parties:
        people = _plain(party.people)
        if party.organization.group_root_id in groups or unit in party.units or expert.user_id in party.users:
            rows.append((party.proposal, Conflict.Kind.UNIT))
        together = any(one.owner_id == party.organization.pk or one.inventors & people for one in mine)
        if together or known & people:
            rows.append((party.proposal, Conflict.Kind.COAUTHOR))
    return rows


def _inventions(experts: list[Expert], parties: list[Party]) -> list[Invention]:
    """Patents of an expert that belong to the firm or a team, or have somebody of a team among their inventors."""
    names = sorted({name.strip() for one in experts for name in one.names if name.strip()})
    people = sorted({name for party in parties for name in party.people})
    owners = [party.organization.pk for party in parties]
    if not names:
        return []
    shared = Q(ownerships__organization__in=owners)
    if people:
        shared |= Q(inventors__has_any_keys=people)
    rows = Patent.objects.filter(shared, inventors__has_any_keys=names)
    return [
        Invention(_plain(found), owner) for found, owner in rows.values_list("inventors", "ownerships__organization")
    ]


def pool(challenge: Challenge, *, by_field: bool = False) -> tuple[dict[int, bool], dict[int, str]]:
    """{eligible expert: from outside the firm} and {excluded expert: why}, of everybody in the pool.

    A conflict with any proposal excludes; who sat, declined or stepped back before is not drawn again. ``by_field``
    leaves out who works in none of the challenge's IPC classes ("H01").
    """
    classes = {symbol[:CLASS] for symbol in challenge.ipc}
    eligible, excluded = {}, {}
    declared = dict(Conflict.objects.filter(challenge=challenge).values_list("expert_id", "kind"))
    sat = set(challenge.seats.values_list("expert_id", flat=True))
    experts = list(Expert.objects.filter(is_active=True, user__is_active=True).select_related("unit"))
    against = _found(challenge, experts)
    for expert in experts:
        rows = against[expert.pk]
        if rows or expert.pk in declared:
            excluded[expert.pk] = str(rows[0][1]) if rows else declared[expert.pk]
        elif by_field and not classes & {symbol[:CLASS] for symbol in expert.ipc}:
            excluded[expert.pk] = OTHER_FIELD
        elif expert.pk not in sat:
            eligible[expert.pk] = expert.unit_id != challenge.owner_id
    return eligible, excluded
