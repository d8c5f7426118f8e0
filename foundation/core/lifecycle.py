"""A lifecycle is a table: which moves lead from which states to which, who makes them, what each state permits."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from foundation.core import guards


class UnlawfulMove(ValueError):
    """The table has no such move from this state."""

    def __init__(self, lifecycle: str, state: str, move: str):
        super().__init__(f"{lifecycle}: no move {move!r} from {state!r}")
        self.lifecycle, self.state, self.move = lifecycle, state, move


class TableInvalid(ValueError):
    """The table contradicts itself: an unknown state, the same move twice, a state nothing leads to."""


@dataclass(frozen=True, slots=True)
class Move:
    """One row of a table. ``by`` names rules of the app ("patentee"), or "clock" or "system"."""

    name: str
    sources: tuple[str, ...]
    target: str
    by: tuple[str, ...]
    label: str


def _tuple(value: str | Iterable[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


class Lifecycle:
    """``Lifecycle("declaration", State, State.DRAFT, [("submit", (DRAFT,), SUBMITTED, "patentee", _("Submit"))])``.

    A move is (name, sources, target, by, label); sources and by may be one or several. ``permits`` tells what may be
    done in each state, ``labels`` what each state is called, ``final`` where it ends.
    """

    def __init__(  # noqa: PLR0917, a table reads better without names
        self,
        name: str,
        states: type[StrEnum],
        initial: str,
        moves: Iterable[tuple],
        permits: Mapping[str, Iterable[str]] | None = None,
        labels: Mapping[str, str] | None = None,
        final: Iterable[str] = (),
    ):
        self.name, self.states, self.initial = name, states, states(initial)
        self.moves = tuple(Move(n, _tuple(s), str(t), _tuple(by), str(label)) for n, s, t, by, label in moves)
        self.labels = {states(state): text for state, text in (labels or {}).items()}
        self.final = frozenset(states(state) for state in final)
        self._permits = {states(state): frozenset(verbs) for state, verbs in (permits or {}).items()}
        self._targets = {(source, move.name): move for move in self.moves for source in move.sources}
        self._check()

    def _check(self) -> None:
        known = {str(state) for state in self.states}
        named = {self.initial, *(m.target for m in self.moves), *(s for m in self.moves for s in m.sources)}
        if unknown := {str(state) for state in named} - known:
            raise TableInvalid(f"{self.name}: unknown states {sorted(unknown)}")
        if len(self._targets) != sum(len(move.sources) for move in self.moves):
            raise TableInvalid(f"{self.name}: a move stands twice for one state")
        if self.final and (going := {s for m in self.moves for s in m.sources} & self.final):
            raise TableInvalid(f"{self.name}: moves leave the final states {sorted(going)}")
        reached = {str(self.initial), *(move.target for move in self.moves)}
        if lost := known - reached:
            raise TableInvalid(f"{self.name}: nothing leads to {sorted(lost)}")

    def move(self, state: str, name: str) -> Move:
        """The row of a move from a state. Raises UnlawfulMove."""
        try:
            return self._targets[(str(state), name)]
        except KeyError:
            raise UnlawfulMove(self.name, str(state), name) from None

    def target(self, state: str, name: str) -> StrEnum:
        """Where a move leads. Raises UnlawfulMove."""
        return self.states(self.move(state, name).target)

    def moves_from(self, state: str) -> list[Move]:
        """The rows that start in a state, in the order of the table."""
        return [move for move in self.moves if str(state) in move.sources]

    def permits(self, state: str, verb: str) -> bool:
        """Whether something may be done in a state."""
        return verb in self._permits.get(self.states(state), frozenset())

    def label(self, state: str) -> str:
        """What a state is called, untranslated; its name where it has no label."""
        return self.labels.get(self.states(state), str(state))

    def verbs(self, state: str) -> list[str]:
        """What may be done in a state, sorted."""
        return sorted(self._permits.get(self.states(state), ()))

    def permitting(self, verb: str) -> list[StrEnum]:
        """The states in which something may be done, for filters."""
        return [state for state in self.states if self.permits(state, verb)]

    def pairs(self) -> list[tuple[str, str]]:
        """Every lawful (old state, new state), sorted."""
        return sorted({(str(source), move.target) for move in self.moves for source in move.sources})

    def choices(self) -> list[tuple[str, str]]:
        """(state, label) for model and filter choices; a state without a label shows its name."""
        return [(str(state), self.labels.get(state, str(state))) for state in self.states]

    def as_table(self) -> str:
        """The table in Markdown."""
        rows = ["| move | from | to | by | label |", "|---|---|---|---|---|"]
        for move in self.moves:
            sources = ", ".join(str(source) for source in move.sources)
            rows.append(f"| {move.name} | {sources} | {move.target} | {', '.join(move.by)} | {move.label} |")
        return "\n".join(rows)

    def as_mermaid(self) -> str:
        """The diagram in Mermaid."""
        rows = ["stateDiagram-v2", f"    [*] --> {self.initial}"]
        rows += [f"    {source} --> {move.target}: {move.name}" for move in self.moves for source in move.sources]
        rows += [f"    {state} --> [*]" for state in self.states if state in self.final]
        return "\n".join(rows)

    def as_trigger_sql(self, table: str) -> str:
        """The PostgreSQL triggers that refuse any other change of ``state`` in a table, whoever tries it."""
        return guards.state_guard_sql(table, str(self.initial), self.pairs())
