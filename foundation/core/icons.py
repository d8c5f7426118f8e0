"""Inline outline icons, read once from the vendor folder and kept in memory."""

import re
from functools import lru_cache
from pathlib import Path

from django.conf import settings

ICON_NAME = re.compile(r"[a-z0-9-]+\Z")
SHAPES = re.compile(r"<(?:path|circle|rect|line|polyline|polygon|ellipse)\b[^>]*?/>", re.DOTALL)
BACKGROUND = 'stroke="none" d="M0 0h24v24H0z"'
FALLBACK = '<path d="M12 12m-8 0a8 8 0 1 0 16 0a8 8 0 1 0 -16 0" />'


@lru_cache(maxsize=256)
def shapes(name: str) -> str:
    """The drawing commands of icon ``name``; a plain ring where the file is missing.

    A missing icon must never break a page: the word beside it carries the meaning.
    """
    if not ICON_NAME.match(name):
        return FALLBACK
    path = Path(settings.BASE_DIR) / "static" / "vendor" / "icons" / f"{name}.svg"
    try:
        source = path.read_text(encoding="utf-8")
    except OSError:
        return FALLBACK
    drawn = [shape for shape in SHAPES.findall(source) if BACKGROUND not in shape]
    return "".join(" ".join(shape.split()) for shape in drawn) or FALLBACK
