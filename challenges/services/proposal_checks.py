"""What a proposal has to say, part by part. Nothing is written here; money in fen."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import Organization
from challenges.models import Challenge
from challenges.services.conflicts import plain
from patents import numbers

PARTS = ("team", "solution", "indicators", "plan", "conflicts")
PART_OF = {  # the part in which a field of the content is written
    "members": "team", "solution": "solution", "patents": "solution", "promises": "indicators", "plan": "plan",
    "price_fen": "plan", "milestones": "plan", "conflicts": "conflicts",
}  # fmt: skip
TEXT_LIMIT = 20_000
MOST_MEMBERS, MOST_FILES, MOST_PATENTS = 20, 20, 30
Problems = dict[str, Any]


def content_problems(challenge: Challenge, content: dict[str, Any], organization: Organization) -> Problems:
    """{field: sentence} of what is missing or wrong. ``content`` is what the form keeps:

    members [{name, unit, consent}], solution, promises {indicator position: text}, plan, milestones [{months,
    deliverable, amount_fen}], price_fen, patents [number], files [{name, content_type, base64, is_consent}],
    conflicts. ``organization`` is the one that proposes: members from elsewhere sign that they agree.
    """
    found: Problems = {}
    for part in PARTS:
        found |= part_problems(challenge, part, content)
    signed = any(one.get("is_consent") for one in content.get("files") or [])
    return found | consent_problems(organization, content, signed=signed)


def consent_problems(organization: Organization, content: dict[str, Any], *, signed: bool) -> Problems:
    """The lead speaks for the own organization only: a member of another unit signs, and the paper lies beside it."""
    own = [plain(name) for name in (organization.name, organization.name_en) if name]
    for one in content.get("members") or []:
        unit = plain(one.get("unit") or "")
        if unit and not signed and not any(unit.startswith(name) for name in own):
            said = _("Attach the signed consent of {name} ({unit}), who belongs to another unit.")
            return {"files": said.format(name=one.get("name", ""), unit=one["unit"])}
    return {}


def part_problems(challenge: Challenge, part: str, content: dict[str, Any]) -> Problems:
    """The same for one part of `PARTS`."""
    return CHECKS[part](challenge, content)


def _team(_challenge: Challenge, content: dict[str, Any]) -> Problems:
    members = content.get("members") or []
    if not members:
        return {"members": _("Name the members of the team.")}
    if len(members) > MOST_MEMBERS:
        return {"members": _("At most {most} members.").format(most=MOST_MEMBERS)}
    if any(not (one.get("name") and one.get("unit")) for one in members):
        return {"members": _("Each member has a name and a unit.")}
    if not all(one.get("consent") for one in members):
        return {"members": _("Each member has to agree to be named.")}
    return {}


def _solution(_challenge: Challenge, content: dict[str, Any]) -> Problems:
    found: Problems = {}
    text = (content.get("solution") or "").strip()
    if not text:
        found["solution"] = _("Describe your solution.")
    elif len(text) > TEXT_LIMIT:
        found["solution"] = _("At most {most} characters.").format(most=TEXT_LIMIT)
    patents = content.get("patents") or []
    wrong = [text for text in patents if not _is_number(text)]
    if wrong:
        found["patents"] = _("{number} is not a patent number.").format(number=wrong[0])
    if len(patents) > MOST_PATENTS or len(content.get("files") or []) > MOST_FILES:
        found["files"] = _("At most {most} documents.").format(most=MOST_FILES)
    return found


def _is_number(text: str) -> bool:
    try:
        numbers.parse(text)
    except numbers.NumberInvalid:
        return False
    return True


def _promises(challenge: Challenge, content: dict[str, Any]) -> Problems:
    promised = content.get("promises") or {}
    missing = [row for row in challenge.indicators.all() if row.must and not promised.get(str(row.position))]
    if missing:
        return {"promises": _("Say what you promise for “{name}”.").format(name=missing[0].name)}
    return {}


def _plan(challenge: Challenge, content: dict[str, Any]) -> Problems:
    found: Problems = {}
    price, rows = content.get("price_fen"), content.get("milestones") or []
    if not (content.get("plan") or "").strip():
        found["plan"] = _("Say how you will work.")
    if not isinstance(price, int) or price <= 0:
        found["price"] = _("Enter the price you ask.")
    elif price > challenge.bounty_fen:
        found["price"] = _("The price may not exceed the bounty.")
    if not rows:
        found["milestones"] = _("Name the milestones.")
    elif any(not row.get("deliverable") or row.get("amount_fen", 0) <= 0 for row in rows):
        found["milestones"] = _("Each milestone has a deliverable and an amount.")
    elif [row["months"] for row in rows] != sorted({row["months"] for row in rows}):
        found["milestones"] = _("Each milestone is later than the one before.")
    elif "price" not in found and sum(row["amount_fen"] for row in rows) != price:
        found["milestones"] = _("The amounts of the milestones add up to the price.")
    return found


def _conflicts(_challenge: Challenge, content: dict[str, Any]) -> Problems:
    if not (content.get("conflicts") or "").strip():
        return {"conflicts": _("State every relation to the firm or to experts; write “none” where there is none.")}
    return {}


CHECKS: dict[str, Callable[[Challenge, dict[str, Any]], Problems]] = {
    "team": _team,
    "solution": _solution,
    "indicators": _promises,
    "plan": _plan,
    "conflicts": _conflicts,
}
