"""Who holds which key, and how far an opening is."""

import base64
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from accounts import rules as account_rules
from challenges.models import Challenge, ListSeason, OpenerKey, Opening, Reopening
from challenges.queries import judging
from challenges.rules import is_officer
from foundation import audit
from foundation.core.display import last_moment, moment


def keys_url(season: ListSeason) -> str:
    """The page of a season's keys."""
    return reverse("challenges:opener_keys", args=[season.code])


def opening_url(challenge: Challenge) -> str:
    """The page of the opening."""
    return reverse("challenges:opening_detail", args=[challenge.number])


def share_address(share: str) -> str:
    """The share as an address that the browser saves as a file; it is sent nowhere."""
    return f"data:application/json;base64,{base64.b64encode(share.encode()).decode()}"


def key_rows(season: ListSeason, membership) -> list[dict[str, Any]]:
    """A row for each part, held or not."""
    held = {one.part: one for one in season.opener_keys.filter(retired_at=None).select_related("holder")}
    return [
        {
            "label": part.label,
            "key": (key := held.get(part.value)),
            "mine": key is not None and key.holder_id == membership.user_id,
            "may_lose": key is not None and (key.holder_id == membership.user_id or is_officer(membership)),
        }
        for part in OpenerKey.Part
    ]


def key_facts(key: OpenerKey) -> list[dict[str, Any]]:
    """One key, to be checked before it is retired."""
    return [
        {"label": gettext("Part of the key"), "value": key.get_part_display()},
        {"label": gettext("Held since"), "value": moment(key.created_at)},
        {"label": gettext("Fingerprint"), "value": key.fingerprint},
    ]


def _opening(challenge: Challenge) -> Opening | None:
    return challenge.openings.filter(given_up_at=None).first()


def state(challenge: Challenge) -> dict[str, Any]:
    """How far it is, in a sentence that says nothing about proposals before the end."""
    found = _opening(challenge)
    if found is not None and found.finished_at is not None:
        return {"tone": "success", "text": gettext("All proposals were opened at %(at)s.")
                % {"at": moment(found.finished_at, seconds=True)}}  # fmt: skip
    if not challenge.is_sealed:
        return {"tone": "info", "text": gettext("There is no opening.")}
    if not challenge.permits("open_proposals"):
        until = last_moment(challenge.closes_at)
        return {"tone": "info", "text": gettext("Proposals are taken until %(until)s. Until they are opened nobody "
                                                "learns how many there are.") % {"until": until}}  # fmt: skip
    if found is None:
        return {"tone": "warning", "text": gettext("Proposals are closed. Two openers hand in their shares.")}
    n = found.shares.count()
    said = ngettext(
        "%(n)d share is in. Another opener hands in theirs.", "%(n)d shares are in. Another opener hands in theirs.", n
    )
    return {"tone": "warning", "text": said % {"n": n}}


def reopened_rows(challenge: Challenge, membership) -> list[dict[str, Any]]:
    """Who let proposals be taken again: for the administration of the province, which answers for it."""
    if membership is None or not judging.is_insider(membership):
        return []
    done = challenge.reopenings.filter(confirmed_at__isnull=False).select_related("asked_by", "confirmed_by")
    return [
        {
            "label": moment(one.confirmed_at),
            "value": gettext("Asked by %(one)s, confirmed by %(other)s")
            % {"one": one.asked_by.name, "other": one.confirmed_by.name},
            "note": one.reason,
        }
        for one in done.order_by("confirmed_at")
    ]


def reopening_rows(asked: Reopening | None) -> list[dict[str, Any]]:
    """What an officer asked for, to be decided by another one."""
    if asked is None:
        return []
    return [
        {"label": gettext("Asked by"), "value": asked.asked_by.name},
        {"label": gettext("Asked at"), "value": moment(asked.asked_at)},
        {"label": gettext("New last day for proposals"), "value": asked.last_day},
    ]


def openers(challenge: Challenge) -> list[dict[str, Any]]:
    """Who handed in which share so far."""
    found = _opening(challenge)
    rows = found.shares.select_related("key").order_by("at", "pk") if found else []
    return [
        {"label": one.key.get_part_display(), "value": moment(one.at, seconds=True), "note": one.key.fingerprint}
        for one in rows
    ]


def record(challenge: Challenge) -> Opening | None:
    """The finished opening with its record."""
    found = _opening(challenge)
    return found if found is not None and found.finished_at is not None else None


def record_rows(challenge: Challenge) -> list[dict[str, Any]]:
    """The opened copies: number, moment of sealing, digest."""
    found = record(challenge)
    rows = found.record["proposals"] if found else []
    return [{**row, "sealed_at": datetime.fromisoformat(row["sealed_at"])} for row in rows]


def moves(challenge: Challenge, membership) -> list:
    """What this reader may do with the challenge."""
    return audit.actions_for(membership, challenge) if membership is not None else []


def sees_all(challenge: Challenge, membership) -> bool:
    """Whether somebody sees all opened proposals: the firm, officers, the auditor."""
    insider = is_officer(membership) or account_rules.can(membership, "audit_read")
    return insider or membership.organization_id == challenge.owner_id
