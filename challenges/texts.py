"""Texts that people sign: shown in the language of the page, pinned by one hash over both languages."""

import hashlib
import json
from typing import Any

from django.utils.translation import get_language

from challenges.expert_promise import PROMISE_EN, PROMISE_ZH
from challenges.models import ListSeason

NDA, COMMITMENT = "nda", "commitment"


def shown(season: ListSeason, name: str) -> str:
    """The text in the language of the page; the Chinese one where there is no other."""
    chinese = getattr(season, f"{name}_zh_hans")
    return chinese if (get_language() or "").startswith("zh") else getattr(season, f"{name}_en") or chinese


def sha256_of(season: ListSeason, name: str) -> str:
    """SHA-256 (hex) over the text in both languages and the season it belongs to."""
    both = {side: getattr(season, f"{name}_{side}") for side in ("zh_hans", "en")}
    return digest({"season": season.code, "text": name, **both})


def promise() -> str:
    """What an expert promises before reading, in the language of the page."""
    return PROMISE_ZH if (get_language() or "").startswith("zh") else PROMISE_EN


def promise_sha256() -> str:
    """SHA-256 (hex) over the promise in both languages."""
    return digest({"text": "expert_promise", "zh_hans": PROMISE_ZH, "en": PROMISE_EN})


def canonical(facts: Any) -> bytes:
    """Canonical JSON: the same facts are the same bytes."""
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(facts: Any) -> str:
    """SHA-256 (hex) over canonical JSON."""
    return hashlib.sha256(canonical(facts)).hexdigest()
