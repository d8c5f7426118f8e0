"""Full-text search in Chinese, English and both: cut at write time into a tsvector, asked by the same cutting.

Other catalogues reuse `vector(...)` for their own column and `query(text)` to ask it. Chinese is cut by rjieba with our
technical words; words of three and more characters also give their pairs, so that 散热 finds 散热器, and titles give
every pair, because a two-character word has no trigram.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

import rjieba
from django.contrib.postgres.search import SearchQuery, SearchRank
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, Q, QuerySet

from patents import numbers
from patents.technical_words import WORDS

CONFIG = "simple"
LONGEST_QUERY = 200  # characters
MOST_TERMS = 12
LONGEST_WORD = 40  # characters
LAST_POSITION, MOST_POSITIONS = 16_383, 60  # of PostgreSQL, and ours for one word
RANK_ALL_UP_TO = 20_000  # estimated hits; above that only the newest are ranked
RANK_NEWEST = 2_000
COUNT_UP_TO = 10_000

HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003134f]+")
TERM = re.compile(
    r"(?P<ipc>(?<![a-z0-9])[a-h][0-9]{2}[a-z](?:[ ]?[0-9]{1,4}/[0-9]{2,6})?(?![a-z0-9]))"
    r"|(?P<latin>[a-z0-9]+(?:[.+#'-][a-z0-9]+)*)"
    r"|(?P<han>[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003134f]+)"
)
STOP = frozenset(
    [
        "的",
        "了",
        "和",
        "与",
        "及",
        "或",
        "在",
        "是",
        "一种",
        "所述",
        "其",
        "该",
        "a",
        "an",
        "the",
        "of",
        "and",
        "or",
        "for",
        "in",
        "on",
        "to",
        "with",
        "is",
        "by",
    ]
)


@lru_cache(maxsize=1)
def _cutter() -> rjieba.Jieba:
    cutter = rjieba.Jieba()
    for word in WORDS:
        cutter.add_word(word, 100_000, "n")
    return cutter


def normalize(text: str) -> str:
    """Full-width to plain, lower case, no characters that PostgreSQL cannot store."""
    return unicodedata.normalize("NFKC", text.replace("\x00", " ")).lower().encode("utf-8", "ignore").decode()


def pairs(word: str) -> list[str]:
    """Every two neighboring characters of a Chinese word."""
    return [word[place : place + 2] for place in range(len(word) - 1)]


def singular(word: str) -> str:
    """The English word without the s of a plural: the same for index and question, not linguistics."""
    if len(word) > 4 and word.endswith("ies"):  # noqa: PLR2004
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and word[-2] not in "siu" else word  # noqa: PLR2004


def _terms(text: str) -> Iterator[tuple[str, str]]:
    """(term, sort of it: ipc, latin or han) in order; Chinese is cut into words."""
    for match in TERM.finditer(normalize(text)):
        if match["ipc"]:
            yield match["ipc"].replace(" ", ""), "ipc"
        elif match["latin"]:
            yield singular(match["latin"])[:LONGEST_WORD], "latin"
        else:
            for word in _cutter().cut(match["han"]):
                yield word[:LONGEST_WORD], "han"


def segment(text: str, *, every_pair: bool = False) -> list[str]:
    """The words of a text as they are indexed, with the pairs inside longer words; every pair for titles."""
    words: list[str] = []
    for term, sort in _terms(text):
        if term in STOP:
            continue
        words.append(term)
        if sort == "han" and len(term) > 2 and not every_pair:  # noqa: PLR2004
            words.extend(pairs(term))
        elif sort == "ipc" and len(term) > 4:  # noqa: PLR2004
            words.append(term[:4])
    if every_pair:
        for run in HAN.findall(normalize(text)):
            words.extend(pairs(run))
    return words


def vector(parts: Iterable[tuple[str, str]]) -> str:
    """A tsvector literal from (weight "A" to "D", text); weight A also indexes every pair of characters."""
    places: dict[str, list[str]] = {}
    position = 0
    for weight, text in parts:
        for word in segment(text or "", every_pair=weight == "A"):
            position = min(position + 1, LAST_POSITION)
            found = places.setdefault(word, [])
            if len(found) < MOST_POSITIONS:
                found.append(f"{position}{'' if weight == 'D' else weight}")
    return " ".join(f"{quoted(word)}:{','.join(found)}" for word, found in places.items())


def quoted(word: str) -> str:
    """A lexeme in quotes, for tsvector and tsquery literals."""
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"


@dataclass(frozen=True)
class Query:
    """A question: a number, or terms that must all be there. Empty asks nothing and finds everything."""

    text: str = ""
    number: str | None = None
    publication: str | None = None
    digits: str | None = None
    terms: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked."""
        return not (self.number or self.publication or self.digits or self.terms)

    @property
    def finds_nothing(self) -> bool:
        """Something was typed, but there is no word in it."""
        return self.is_empty and bool(self.text)

    @property
    def tsquery(self) -> SearchQuery | None:
        """The terms for PostgreSQL, or None where a number was asked."""
        return SearchQuery(" & ".join(self.terms), search_type="raw", config=CONFIG) if self.terms else None

    def filter(self, rows: QuerySet, *, vector: str = "search_vector", number: str = "number") -> QuerySet:
        """The rows that answer: by the number's column, or by the vector's. Names may cross relations."""
        if self.finds_nothing:
            return rows.none()
        if self.number:
            return rows.filter(**{number: self.number})
        if self.publication:
            return rows.filter(**{f"{number.removesuffix('number')}publication_number__startswith": self.publication})
        if self.digits:
            return rows.filter(Q(**{f"{number}__startswith": self.digits}))
        return rows.filter(**{vector: self.tsquery}) if self.terms else rows


def query(text: str) -> Query:
    """Read what somebody typed into a search box."""
    text = normalize(text or "").strip()[:LONGEST_QUERY]
    if not text:
        return Query()
    try:
        return Query(text, number=numbers.parse(text).normalized)
    except numbers.NumberInvalid:
        pass
    compact = re.sub(r"^(zl|cn)|\s", "", text)
    if re.fullmatch(r"[0-9]{6,12}", compact) and not text.startswith("cn"):
        return Query(text, digits=compact)
    if re.fullmatch(r"cn[123][0-9]{6,8}([a-z][0-9]?)?", re.sub(r"\s", "", text)):
        return Query(text, publication=re.sub(r"\s", "", text).upper())
    found = [(term, sort) for term, sort in _terms(text) if term not in STOP]
    if any(len(term) > 1 for term, _sort in found):  # a lone character beside words is a rest of the cutting
        found = [(term, sort) for term, sort in found if sort != "han" or len(term) > 1]
    terms = [_asked(term, sort) for term, sort in found]
    return Query(text, terms=list(dict.fromkeys(terms))[:MOST_TERMS])


def _asked(term: str, sort: str) -> str:
    """A term of the question: the word itself, or all its pairs where the text was cut otherwise."""
    if sort == "han" and len(term) > 2:  # noqa: PLR2004
        return f"({quoted(term)} | ({' & '.join(quoted(pair) for pair in pairs(term))}))"
    return f"{quoted(term)}:*" if sort == "han" and len(term) == 1 else quoted(term)


def estimate(rows: QuerySet) -> int:
    """About how many rows there are, by the planner: one cheap statement."""
    try:
        sql, params = rows.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)
        plan = cursor.fetchone()[0]
    return int(plan[0]["Plan"]["Plan Rows"])


def capped_count(rows: QuerySet, limit: int = COUNT_UP_TO) -> tuple[int, bool]:
    """(number of rows, whether it is exact): counting stops behind the limit."""
    found = rows.order_by().values("pk")[: limit + 1].count()
    return min(found, limit), found <= limit


def best_first(
    rows: QuerySet, asked: Query, *, newest: tuple[str, ...] = ("-grant_date", "-pk"), vector: str = "search_vector"
) -> tuple[QuerySet, bool]:
    """(rows by rank, whether only the newest were ranked). A word in half of all rows must cost no more than others."""
    if asked.tsquery is None:
        return rows.order_by(*newest), False
    capped = estimate(rows) > RANK_ALL_UP_TO
    if capped:
        rows = rows.model._default_manager.filter(pk__in=rows.order_by(*newest).values("pk")[:RANK_NEWEST])
    rank = SearchRank(F(vector), asked.tsquery, normalization=1)
    return rows.annotate(rank=rank).order_by("-rank", *newest), capped


__all__ = ["Query", "best_first", "capped_count", "estimate", "query", "segment", "vector"]
