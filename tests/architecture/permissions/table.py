"""One entry of the matrix: a route, its methods, the rule, and for which objects it is called."""

from dataclasses import dataclass, field
from typing import Any

from tests.architecture.permissions import rules, rules_challenges
from tests.architecture.permissions.rules import Rule

RULES = {**rules.RULES, **rules_challenges.RULES}
OWN_OTHER = ("own", "other", "random")


@dataclass(frozen=True)
class Entry:
    """``takes`` fills the address: {parameter: name of a fixture object}, or "=text" as it stands."""

    route: str
    methods: tuple[str, ...]
    rule_name: str
    relations: tuple[str, ...] = ("-",)
    takes: dict[str, str] = field(default_factory=dict)
    body: dict[str, Any] = field(default_factory=dict)

    @property
    def rule(self) -> Rule:
        """The row of the rule table."""
        return RULES[self.rule_name]


def entry(route: str, methods: str, rule: str, *more: str, body: dict | None = None, **takes: str) -> Entry:
    """A line of the table. With an object in ``takes``, own, other, random and ``more`` relations are called."""
    objects = [name for name in takes.values() if not name.startswith("=")]
    relations = (*OWN_OTHER, *more) if objects else ("-",)
    return Entry(route, tuple(methods.split()), rule, relations, takes, body or {})


RANDOM = {
    "pk": 987654321,
    "ownership": 987654321,
    "offer": 987654321,
    "position": 987654321,
    "patent": 987654321,
    "holder": 987654321,
    "document": 987654321,
    "attachment": 987654321,
    "public_id": "nobody-here",
    "number": "JSOL-2099-999999-X",
}
UNKNOWN = "x" * 40


def random_value(parameter: str) -> Any:
    """What names nothing, in the form of the parameter."""
    return RANDOM.get(parameter, UNKNOWN)
