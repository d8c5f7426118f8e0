"""Pages of docs/ that are made from the tables; apps add theirs (`register`). `bin/check` keeps them fresh."""

from collections.abc import Callable

from foundation.audit import checks, invariants, phrases, subscriptions
from foundation.core import handlers
from foundation.core.handlers import HandlerTaken

MADE = "<!-- Made by `manage.py write_docs` from the code. Do not edit. -->"
_pages: dict[str, Callable[[], str]] = {}


def register(path: str, page: Callable[[], str]) -> None:
    """Add a page: its path below docs/ ("domain/roles.md") and a function that gives its text."""
    if _pages.setdefault(path, page) is not page:
        raise HandlerTaken(path)


def pages() -> dict[str, str]:
    """The text of every made page by path."""
    return {path: f"{MADE}\n\n{_pages[path]().strip()}\n" for path in sorted(_pages)}


def _cell(text: object) -> str:
    return " ".join(str(text).split()).replace("|", "\\|")


def _owner(func: Callable) -> str:
    return f"`{func.__module__}.{getattr(func, '__qualname__', repr(func))}`".replace("<lambda>", "(lambda)")


def lifecycles() -> str:
    """Each lifecycle: states with what they permit, moves, diagram."""
    parts = [
        "# Lifecycles",
        "Every change of state is one of these moves, made by `audit.advance`; PostgreSQL refuses any other.",
    ]
    for model in checks.stateful_models():
        lifecycle = model.LIFECYCLE
        parts.append(f"## {model._meta.label}")
        rows = ["| state | label | permits |", "|---|---|---|"]
        rows += [
            f"| {state} | {_cell(lifecycle.labels.get(state, ''))} | {', '.join(lifecycle.verbs(state))} |"
            for state in lifecycle.states
        ]
        parts += ["\n".join(rows), lifecycle.as_table(), f"```mermaid\n{lifecycle.as_mermaid()}\n```"]
    return "\n\n".join(parts)


def owners() -> str:
    """Each handler key and who owns it."""
    rows = ["# Handlers", "", "Calls upward: who calls knows the key, who answers registered it at start-up.", ""]
    rows += ["| key | owner |", "|---|---|"]
    return "\n".join(rows + [f"| {key} | {_owner(func)} |" for key, func in handlers.collect("")])


def events() -> str:
    """Each event with a phrase, and who listens to what."""
    rows = ["# Events", "", "| event | sentence |", "|---|---|"]
    rows += [f"| {name} | {_cell(template)} |" for name, template in phrases.registered().items()]
    rows += ["", "## Who listens", "", "| subscriber | to | function |", "|---|---|---|"]
    for one in subscriptions.everyone():
        listens = sorted(one.patterns)
        shown = ", ".join(listens) if len(listens) <= 6 else f"{', '.join(listens[:6])} and {len(listens) - 6} more"  # noqa: PLR2004
        rows.append(f"| {one.name} | {shown} | {_owner(one.func)} |")
    return "\n".join(rows)


def promises() -> str:
    """The invariants that are checked on the live data."""
    rows = [
        "# Invariants checked on the live data",
        "",
        "`manage.py check_invariants` runs them; so does the worker.",
        "",
    ]
    rows += ["| id | promise |", "|---|---|"]
    return "\n".join(rows + [f"| {one.id} | {_cell(one.sentence)} |" for one in invariants.everything()])


register("domain/lifecycles.md", lifecycles)
register("domain/handlers.md", owners)
register("domain/events.md", events)
register("domain/checked-invariants.md", promises)
