"""The bidder agreement of a season: the text that is shown, and the hash by which a registration pins it."""

import hashlib
import json

from django.utils.translation import get_language

from auctions.models import Season


def text_of(season: Season) -> str:
    """The agreement in the language of the page; the Chinese text where there is no other."""
    chinese = (get_language() or "").startswith("zh")
    return season.agreement_zh_hans if chinese else season.agreement_en or season.agreement_zh_hans


def sha256_of(season: Season) -> str:
    """SHA-256 (hex) over both texts and the season they belong to, in canonical JSON: either changed is another one."""
    pinned = {"season": season.code, "zh-hans": season.agreement_zh_hans, "en": season.agreement_en}
    canonical = json.dumps(pinned, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
