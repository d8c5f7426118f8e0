"""What proposals hang on the page of a challenge and on the desk of a season."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from challenges.models import Challenge, ListSeason
from challenges.presentation import openings as shown
from challenges.queries import proposals
from challenges.rules import may_propose
from challenges.services import openers


def for_challenge(*, challenge: Challenge, membership) -> list[dict[str, Any]]:
    """The opening: planned, under way, its record; nothing about proposals before its end."""
    if not challenge.permits("show") or not (challenge.is_sealed or shown.record(challenge)):
        return []
    context = {
        "state": shown.state(challenge),
        "record": shown.record(challenge),
        "own": proposals.standing(challenge, membership) if may_propose(membership) else None,
        "may_read": membership is not None and shown.sees_all(challenge, membership) and not challenge.is_sealed,
    }
    return [{"title": _("Opening of the proposals"), "template": "challenges/opening_panel.html", "context": context}]


def actions_for(*, challenge: Challenge, membership) -> list[dict[str, Any]]:
    """Writing a proposal while the challenge is open; handing in a share when it is closed."""
    if openers.part_for(membership) is not None and challenge.permits("open_proposals"):
        url = reverse("challenges:opening_share", args=[challenge.number])
        return [{"label": _("Hand in my share"), "url": url, "tone": "primary"}]
    foreign = membership is None or (may_propose(membership) and membership.organization_id != challenge.owner_id)
    if not foreign or not challenge.permits("propose"):
        return []
    standing = proposals.standing(challenge, membership) if membership is not None else None
    label = _("To my proposal") if standing else _("Write a proposal")
    return [{"label": label, "url": reverse("challenges:proposal_new", args=[challenge.number]), "tone": "primary"}]


def for_season(*, season: ListSeason, membership) -> list[dict[str, Any]]:
    """Who holds which key."""
    if openers.part_for(membership) is None:
        return []
    context = {"rows": shown.key_rows(season, membership), "url": shown.keys_url(season)}
    return [{"title": _("Keys of the openers"), "template": "challenges/season_keys.html", "context": context}]
