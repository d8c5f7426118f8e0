"""What a copy says, made to fit its tables: nothing odd in one proposal may keep the others shut (pure).

What stands here was checked before it was sealed. Whatever slipped through is cut or left out instead of refused.
"""

import base64
import json
import math
from typing import Any, NamedTuple

from challenges.services.proposal_checks import MOST_FILES, MOST_MEMBERS, MOST_PATENTS
from patents import numbers

LONGEST_MEMBER, LONGEST_UNIT, LONGEST_TYPE = 100, 200, 100
LARGEST_PRICE = 2**63 - 1  # fen


class OpenedFile(NamedTuple):
    """A file of a proposal."""

    name: str
    content_type: str
    raw: bytes
    is_consent: bool


def read(text: bytes) -> dict[str, Any]:
    """The content of a copy with every text as the database takes it; empty where it is none."""
    try:
        found = _storable(json.loads(text))
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _storable(value: Any) -> Any:
    """Without NUL and halves of characters, which no text in the database may have; nor numbers that are none."""
    if isinstance(value, str):
        return value.replace("\x00", "").encode(errors="ignore").decode()
    if isinstance(value, dict):
        return {_storable(name): _storable(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_storable(one) for one in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _rows(content: dict[str, Any], name: str, most: int) -> list[Any]:
    found = content.get(name)
    return found[:most] if isinstance(found, list) else []


def members(content: dict[str, Any]) -> list[tuple[str, str]]:
    """(name, unit) of the team."""
    rows = [one for one in _rows(content, "members", MOST_MEMBERS) if isinstance(one, dict)]
    return [(str(one.get("name", ""))[:LONGEST_MEMBER], str(one.get("unit", ""))[:LONGEST_UNIT]) for one in rows]


def price_fen(content: dict[str, Any]) -> int:
    """The price asked in fen; 0 where there is none."""
    price = content.get("price_fen")
    return min(max(price, 0), LARGEST_PRICE) if isinstance(price, int) else 0


def patents(content: dict[str, Any]) -> list[str]:
    """The numbers of the background patents as on the register."""
    found = []
    for text in _rows(content, "patents", MOST_PATENTS):
        try:
            found.append(numbers.parse(str(text)).normalized)
        except numbers.NumberInvalid:
            continue
    return found


def files(content: dict[str, Any]) -> list[OpenedFile]:
    """The files; one whose bytes cannot be read is left out."""
    found = []
    for one in _rows(content, "files", MOST_FILES):
        try:
            raw = base64.b64decode(one["base64"])
            kind, signed = str(one["content_type"])[:LONGEST_TYPE], one.get("is_consent") is True
            found.append(OpenedFile(str(one["name"]), kind, raw, signed))
        except (ValueError, TypeError, KeyError, AttributeError):
            continue
    return found
