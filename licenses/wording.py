"""Words that a declaration must not contain (pure).

Implementing Regulations 2023, Rule 85: no commercial advertising language. A hit is a warning that the officer
decides on, never a refusal by itself.
"""

import re
import unicodedata
from dataclasses import dataclass

SUPERLATIVES = (
    "国家级", "世界级", "最高级", "最佳", "最好", "最优", "最先进", "最低价", "第一", "唯一", "独家", "顶级", "顶尖",
    "极致", "绝对", "国内领先", "国际领先", "世界领先", "行业领先", "领先", "首屈一指", "史无前例", "独一无二", "万能",
)  # fmt: skip
ENGLISH = re.compile(
    r"\b(?:best(?!\s+mode)|no\.?\s?1|number one|unique|world[- ]class|world[- ]leading|leading|unrivall?ed|unbeatable|"
    r"cheapest|top[- ]tier|guaranteed?)\b",
    re.IGNORECASE,
)
HUNDRED = re.compile(r"100\s?%|百分之百|百分百")
CONTACT = re.compile(
    r"(?:\+?86[- ]?)?1[3-9]\d{9}|\b0\d{2,3}-?\d{7,8}\b|https?://\S+|www\.\S+|微信|二维码|QQ\s?[:：]?\s?\d{5,}|WeChat",
    re.IGNORECASE,
)
NEGATED = re.compile(r"(?:非|不是|并非)$")


@dataclass(frozen=True, slots=True)
class Hit:
    """One finding: ``kind`` is "superlative" or "contact"; positions count characters of the given text."""

    kind: str
    text: str
    start: int
    end: int


def lint(text: str) -> list[Hit]:
    """All findings in a text, by position; full-width forms are read as their plain ones."""
    plain = "".join(unicodedata.normalize("NFKC", char)[:1] or " " for char in text or "")
    found = [
        Hit("superlative", text[m.start() : m.end()], m.start(), m.end())
        for pattern in (re.compile("|".join(SUPERLATIVES)), ENGLISH, HUNDRED)
        for m in pattern.finditer(plain)
        if not NEGATED.search(plain[: m.start()])
    ]
    found += [Hit("contact", text[m.start() : m.end()], m.start(), m.end()) for m in CONTACT.finditer(plain)]
    return sorted(found, key=lambda hit: (hit.start, hit.end))


def words(*texts: str) -> list[str]:
    """The distinct findings of several texts, in order of appearance."""
    return list(dict.fromkeys(hit.text for text in texts for hit in lint(text)))
