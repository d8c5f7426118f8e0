"""The page of one challenge, for everybody: the track, what is to be solved, what is paid, and what one may do."""

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from accounts import history
from challenges.lifecycle import CHALLENGE, ChallengeState
from challenges.models import Challenge
from challenges.presentation.track import track
from challenges.queries import rooms
from challenges.rules import is_officer, may_propose, may_publish
from challenges.services import bounty, republishing
from challenges.services import rooms as room_services
from foundation import audit
from foundation.core import handlers
from foundation.core.clock import database_now
from foundation.core.display import day, last_moment, money
from foundation.core.money import Money, split

HISTORY = 8
C = ChallengeState
PERCENT = 100
OWNERS_ACTS = {  # moves of the lifecycle that have a page here: the route
    "extend": "challenge_extend",
    "cancel": "challenge_cancel",
    "end_without": "challenge_end_without",
    "award_none": "challenge_award_none",
}


def percent(bp: int) -> str:
    """Basis points as people read them: 12.5%."""
    return f"{bp / PERCENT:g}%"


def payments(challenge: Challenge) -> list[dict]:
    """The payment plan; the amounts are whole fen that add up to the bounty."""
    planned = list(challenge.payments.all())
    amounts = split(challenge.bounty, [one.share_bp for one in planned]) if planned else []
    return [
        {"months": one.months, "text": one.deliverable, "share": percent(one.share_bp), "amount": amount}
        for one, amount in zip(planned, amounts, strict=True)
    ]


def escrow(challenge: Challenge) -> dict:
    """How much of the bounty lies in escrow or was paid from it: the whole, a part, or nothing; over when it ended."""
    secured = bounty.secured(challenge)
    share = int(secured.fen * 10_000 // challenge.bounty.fen) if challenge.bounty else 0
    over = challenge.state in (C.NO_PROPOSAL, *CHALLENGE.final)
    whole = bool(secured) and secured >= challenge.bounty and not over
    return {"amount": secured, "whole": whole, "share": percent(share), "any": secured > Money(0), "over": over}


def facts(challenge: Challenge) -> list[dict]:
    """Cooperation, field, who may propose, contact."""
    mode = challenge.get_mode_display()
    if challenge.most_winners > 1:
        said = ngettext("at most %(n)d team", "at most %(n)d teams side by side", challenge.most_winners)
        mode = f"{mode} · {said % {'n': challenge.most_winners}}"
    field = " · ".join([*challenge.ipc, *([challenge.industry.name] if challenge.industry else [])])
    rows = [
        {"label": gettext("Cooperation"), "value": mode},
        {"label": gettext("Field of technology"), "value": field or "—"},
        {"label": gettext("Who may propose"), "value": challenge.eligibility},
        {"label": gettext("Contact"), "value": challenge.contact_name, "note": challenge.contact_phone},
        {"label": gettext("List season"), "value": challenge.season.title, "url": challenge.season.get_absolute_url()},
    ]
    for label, other in _rounds(challenge):
        rows.append({"label": label, "value": other.number, "url": other.get_absolute_url()})
    return rows


def _rounds(challenge: Challenge) -> list[tuple[str, Challenge]]:
    """The challenge this one was published again from, and those that it was published again as."""
    found = [(gettext("Published again from"), challenge.republished_from)] if challenge.republished_from_id else []
    later = challenge.republished_as.filter(published_at__isnull=False).order_by("pk")
    return found + [(gettext("Published again as"), one) for one in later]


def criteria(challenge: Challenge) -> list[dict]:
    """How proposals are scored."""
    return [{"label": one.name, "value": percent(one.weight_bp), "note": one.guide} for one in challenge.criteria.all()]


def attachments(challenge: Challenge, membership) -> list[dict]:
    """The files; what one may open has an address, the rest says what to do for it."""
    allowed = room_services.readable(challenge, membership)
    return [
        {
            "title": one.title,
            "size": one.file.size,
            "confidential": one.is_confidential,
            "url": reverse("challenges:challenge_file", args=[challenge.number, one.pk])
            if allowed(one.is_confidential)
            else "",
        }
        for one in rooms.attachments_of(challenge)
    ]


def actions(challenge: Challenge, membership) -> list[dict]:
    """What other areas offer here first (one filled button), then the owner's and the officer's own acts."""
    found: list[dict] = []
    for _key, owner in handlers.collect("challenge_actions:"):
        found += owner(challenge=challenge, membership=membership)
    if membership is not None:
        found += [
            {"label": action.label, "url": reverse(f"challenges:{OWNERS_ACTS[action.name]}", args=[challenge.number]),
             "tone": ""}
            for action in audit.actions_for(membership, challenge)
            if action.name in OWNERS_ACTS
        ]  # fmt: skip
    if challenge.state in republishing.FOUND_NOBODY and republishing.possible(challenge, membership):
        url = reverse("challenges:challenge_republish", args=[challenge.number])
        found.append({"label": gettext("Begin it anew"), "url": url, "tone": ""})
    if challenge.state == C.OPEN:
        url = reverse("challenges:challenge_calendar", args=[challenge.number])
        found.append({"label": gettext("Into my calendar"), "url": url, "tone": "", "icon": "calendar-event"})
    return found


def panels(challenge: Challenge, membership) -> dict[str, list[dict]]:
    """What other areas show here, by place: main or rail."""
    found: dict[str, list[dict]] = {"main": [], "rail": []}
    for _key, owner in handlers.collect("challenge_panels:"):
        for panel in owner(challenge=challenge, membership=membership):
            found[panel.get("place", "main")].append(panel)
    return found


def questions(challenge: Challenge, membership) -> dict:
    """The questions, and whether this reader may ask or answer."""
    own = membership is not None and membership.organization_id == challenge.owner_id
    ends = room_services.questions_end_at(challenge)
    asks = challenge.permits("ask") and database_now() < ends
    outsider = membership is not None and not own and not membership.is_administration
    return {
        "questions": list(rooms.questions_of(challenge)),
        "questions_end": last_moment(ends),
        "asks_now": asks,
        "may_ask": asks and outsider,
        "may_answer": (own and may_publish(membership)) or is_officer(membership),
    }


def context(challenge: Challenge, membership) -> dict:
    """Everything the page shows besides the bars."""
    own = membership is not None and membership.organization_id == challenge.owner_id
    files = attachments(challenge, membership)
    signed = rooms.signature_of(challenge, membership)
    secret = [one for one in files if one["confidential"]]
    return {
        "challenge": challenge,
        "season": challenge.season,
        "track": track(challenge),
        "indicators": list(challenge.indicators.all()),
        "payments": payments(challenge),
        "escrow": escrow(challenge),
        "facts": facts(challenge),
        "criteria": criteria(challenge),
        "files": files,
        "secret_files": len(secret),
        "signed": signed,
        "may_sign": bool(secret) and not own and signed is None and challenge.permits("sign_nda")
        and (membership is None or may_propose(membership)),
        "signatures": list(rooms.signatures_of(challenge)) if own and secret else [],
        "opening_day": day(challenge.opening_planned_at or challenge.closes_at),
        "closes": last_moment(challenge.closes_at, zone=False),
        "own": own,
        "open_now": challenge.state == C.OPEN,
        "actions": actions(challenge, membership),
        "panels": panels(challenge, membership),
        "history": history.entries(challenge, membership, HISTORY),
        "crumbs": crumbs(challenge),
        **questions(challenge, membership),
    }  # fmt: skip


def crumbs(challenge: Challenge, last: str = "") -> list[dict]:
    """The way to the page of a challenge, or to one below it."""
    made = [
        {"label": gettext("Challenges"), "url": reverse("challenges:challenge_list")},
        {"label": challenge.season.title, "url": challenge.season.get_absolute_url()},
        {"label": challenge.number, "url": challenge.get_absolute_url() if last else ""},
    ]
    return [*made, {"label": last}] if last else made


def told(challenge: Challenge) -> str:
    """The bounty and the deadline in a line."""
    return f"{money(challenge.bounty)} · {last_moment(challenge.closes_at)}"
