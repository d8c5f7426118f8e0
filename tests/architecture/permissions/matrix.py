"""The matrix: every route, method and relation with the answer of each role, and the routes as the site has them."""

import csv
import io
import re
from collections.abc import Iterator
from typing import NamedTuple

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.roles import ROLES
from tests.architecture.permissions import (
    endpoints,
    endpoints_auctions,
    endpoints_contracts,
    endpoints_judging,
    endpoints_listing,
    endpoints_payouts,
    endpoints_proposals,
    pages,
    pages_auctions,
    pages_contracts,
    pages_judging,
    pages_listing,
    pages_payouts,
    pages_proposals,
)
from tests.architecture.permissions.rules import ANONYMOUS
from tests.architecture.permissions.table import Entry

ENTRIES: list[Entry] = [
    *pages.ENTRIES,
    *pages_payouts.ENTRIES,
    *pages_auctions.ENTRIES,
    *pages_listing.ENTRIES,
    *pages_proposals.ENTRIES,
    *pages_judging.ENTRIES,
    *pages_contracts.ENTRIES,
    *endpoints.ENTRIES,
    *endpoints_payouts.ENTRIES,
    *endpoints_auctions.ENTRIES,
    *endpoints_listing.ENTRIES,
    *endpoints_proposals.ENTRIES,
    *endpoints_judging.ENTRIES,
    *endpoints_contracts.ENTRIES,
]
COLUMNS = [ANONYMOUS, *ROLES]
METHODS = ("get", "post", "put", "patch", "delete")
API = re.compile(r"api/v1/|sandbox-bank/api/")


class Route(NamedTuple):
    """One route of the site and the methods its view has (empty for plain functions)."""

    name: str
    path: str
    methods: frozenset[str]


def routes(resolver: URLResolver | None = None, prefix: str = "", space: str = "") -> Iterator[Route]:
    """Every route, walked."""
    for found in (resolver or get_resolver()).url_patterns:
        path = prefix + str(found.pattern)
        if isinstance(found, URLResolver):
            yield from routes(found, path, f"{space}{found.namespace}:" if found.namespace else space)
        elif isinstance(found, URLPattern):
            view = getattr(found.callback, "view_class", None) or getattr(found.callback, "cls", None)
            named = [method for method in METHODS if view and hasattr(view, method)]
            allowed = [method for method in named if method in getattr(view, "http_method_names", METHODS)]
            yield Route(f"{space}{found.name}", path, frozenset(method.upper() for method in allowed))


def cells(entry: Entry, relation: str, path: str) -> dict[str, str]:
    """The answers of a row, by role."""
    api = API.match(path) is not None
    return {who: entry.rule.cell(who, relation, api=api) for who in COLUMNS}


def rows() -> list[list[str]]:
    """The role document, head first: route, path, method, relation, rule, then a column for each role."""
    paths = {route.name: route.path for route in routes()}
    made = [["route", "path", "method", "relation", "rule", *COLUMNS]]
    for entry in ENTRIES:
        for method in entry.methods:
            for relation in entry.relations:
                answers = cells(entry, relation, paths.get(entry.route, ""))
                head = [entry.route, f"/{paths.get(entry.route, '')}", method, relation, entry.rule_name]
                made.append([*head, *answers.values()])
    return made


def as_csv() -> str:
    """The document as text."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows())
    return out.getvalue()


def address(entry: Entry, values: dict) -> str:
    """The address of a route with these objects."""
    return reverse(entry.route, kwargs=values)
