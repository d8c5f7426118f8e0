"""What the record of an opening prints: nothing that its public page does not show."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import translation

from challenges.models import OpenerKey, Opening
from challenges.papers import moment, party
from challenges.presentation.openings import opening_url
from foundation.core.clock import LOCAL
from foundation.documents.rendering import qr_svg


def _both(label: Any) -> str:
    """A label in Chinese and English."""
    said = []
    for language in ("zh-hans", "en"):
        with translation.override(language):
            said.append(str(label))
    return " ".join(said)


def record_data(opening: Opening) -> dict[str, Any]:
    """When, by whom in which part, how many, and the digest of every sealed copy."""
    challenge, record = opening.challenge, opening.record
    url = settings.KAIXU_PUBLIC_URL.rstrip("/") + opening_url(challenge)
    facts = [
        ("榜题编号", "Challenge", challenge.number, ""),
        ("项目名称", "Project", challenge.title_zh_hans, challenge.title_en),
        ("发榜方", "The firm", *party(challenge.owner)),
        ("方案截止", "Proposals until", moment(challenge.closes_at), ""),
        ("开启时间", "Opened at", moment(opening.finished_at), ""),
        ("方案数", "Proposals", str(opening.proposals), ""),
    ]
    return {
        "site": settings.KAIXU_PUBLIC_URL,
        "number": challenge.number,
        "demo": settings.KAIXU_DEMO,
        "qr": qr_svg(url),
        "check_url": url,
        "facts": [{"zh": zh, "en": en, "value": value, "value_en": more} for zh, en, value, more in facts],
        "openers": [
            {"part": _both(OpenerKey.Part(row["part"]).label), "at": _at(row["at"]), "fingerprint": row["fingerprint"]}
            for row in record["openers"]
        ],
        "proposals": [
            {"number": row["proposal"], "at": _at(row["sealed_at"]), "sha256": row["sha256"]}
            for row in record["proposals"]
        ],
    }


def _at(text: str) -> str:
    return moment(datetime.fromisoformat(text).astimezone(LOCAL))
