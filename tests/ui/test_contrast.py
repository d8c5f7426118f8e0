"""Every pair of colours that carries text or a border reaches WCAG AA, in the light and in the dark theme."""

import re

import pytest
from django.conf import settings

TOKEN = re.compile(r"--kx-([a-z-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)")
SHEETS = settings.BASE_DIR / "static" / "css"
TOKENS = {name: (light, dark) for name, light, dark in TOKEN.findall((SHEETS / "tokens.css").read_text())}

TEXT = 4.5
GRAPHIC = 3.0
PAIRS = [
    *(
        (text, ground, TEXT)
        for text in ("text", "secondary", "ink", "ink-hover")
        for ground in ("page", "card", "soft")
    ),
    ("placeholder", "card", TEXT),
    ("on-fill", "ink-fill", TEXT),
    ("on-fill", "ink-fill-hover", TEXT),
    ("on-fill", "danger-fill", TEXT),
    ("on-fill", "amber-fill", TEXT),
    ("on-fill", "amber-fill-hover", TEXT),
    ("ink-tint-text", "ink-tint", TEXT),
    ("text", "ink-tint", TEXT),
    ("secondary", "ink-tint", TEXT),
    ("amber-tint-text", "amber-tint", TEXT),
    ("amber-long-text", "amber-tint", TEXT),
    ("success-tint-text", "success-tint", TEXT),
    ("danger-tint-text", "danger-tint", TEXT),
    ("neutral-tint-text", "neutral-tint", TEXT),
    *((tone, ground, TEXT) for tone in ("amber", "success", "danger") for ground in ("card", "soft")),
    ("amber-tint-text", "card", TEXT),
    ("field-line", "card", GRAPHIC),
    ("field-line", "page", GRAPHIC),
    ("bar", "track", GRAPHIC),
    ("focus", "page", GRAPHIC),
    ("focus", "card", GRAPHIC),
]


def luminance(colour):
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_formula_agrees_with_known_values():
    assert round(contrast("#000000", "#ffffff"), 2) == 21.0
    assert round(contrast("#1a7f4b", "#e8f5ee"), 2) == 4.48


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "ground", "least"), PAIRS, ids=str)
def test_colour_is_readable_on_its_ground(front, ground, least, theme):
    assert contrast(TOKENS[front][theme], TOKENS[ground][theme]) >= least


def test_colours_stand_in_the_token_sheet_only():
    allowed = {"tokens.css", "print.css"}
    found = {
        sheet.name: colours
        for sheet in SHEETS.glob("*.css")
        if sheet.name not in allowed
        and (colours := re.findall(r"#[0-9a-fA-F]{3,8}\b(?![^{]*\{)", re.sub(r"\.qr \{[^}]*\}", "", sheet.read_text())))
    }
    assert found == {}
