"""The house rules that no linter knows: `python -m bin.checks.house [files]`. See docs/architecture.md."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

APPS = (
    "foundation", "accounts", "notifications", "patents", "approvals", "settlement", "licenses", "auctions",
    "challenges", "marketplace",
)  # fmt: skip
FIELDS = {
    "models.DateTimeField": "use foundation.core.models.AwareDateTimeField",
    "models.DecimalField": "amounts are fen in a BigIntegerField, rates basis points",
    "models.FloatField": "amounts are fen in a BigIntegerField, rates basis points",
}
FOUND = Iterator[tuple[int, str]]
LONGEST_FILE, LONGEST_FUNCTION = 250, 50
FORBIDDEN_NAMES = {"utils", "helpers", "constants", "exceptions", "signals"}
MANAGERS = ("objects", "_base_manager", "_default_manager")
EDGES = {"views", "api", "admin"}
CLOCKLESS = {"services", "ledger", "eligibility", "encumbrances", "pricing", "lifecycle", "chart", "queries", "rules"}
LATER = {"on_commit", "delay", "apply_async", "send_task"}
SENDERS = {("foundation", "audit"), ("foundation", "jobs")}  # the outbox, and the jobs it starts
MOMENTS = {"timezone.now", "datetime.now", "datetime.utcnow", "date.today", "timezone.localdate"}


def nouns(path: PurePosixPath) -> set[str]:
    """The names a file goes by: its stem and its folders, so that views.py and views/offers.py are both views."""
    return {path.stem, *path.parts[:-1]}


def in_app(path: PurePosixPath) -> bool:
    """Whether the file is part of the product and written by hand."""
    return path.parts[0] in APPS and "migrations" not in path.parts


def reads_through_queries(tree: ast.AST, path: PurePosixPath) -> FOUND:
    """Views and APIs reach rows through queries only; `.objects.none()` for the schema reaches none."""
    if in_app(path) and nouns(path) & EDGES:
        empty = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr == "none"}
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr in MANAGERS and id(node) not in empty:
                yield node.lineno, f"a view reads through queries.visible_to, not .{node.attr}"


def one_writer_of_state(tree: ast.AST, path: PurePosixPath) -> FOUND:
    """Only audit.advance writes ``state``."""
    if not in_app(path) or path.parts[:2] == ("foundation", "audit"):
        return
    for node in ast.walk(tree):
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
            for target in targets:
                if isinstance(target, ast.Attribute) and target.attr == "state":
                    yield node.lineno, "state changes through audit.advance only"


def one_after_commit(tree: ast.AST, path: PurePosixPath) -> FOUND:
    """What happens afterwards subscribes to an event; only the outbox speaks up after a commit."""
    if not in_app(path) or path.parts[:2] in SENDERS or path.stem == "schedule":
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in LATER:
            yield node.lineno, f"no .{node.func.attr}(): subscribe to an event, or let the scanner find it"


def no_floats_near_money(tree: ast.AST, path: PurePosixPath) -> FOUND:
    """Amounts are integer fen; a float never comes near them."""
    if not in_app(path):
        return
    names = {name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for name in _imported(node)}
    if not (names & {"money", "Money", "foundation.core.money"} or path.parts[0] == "settlement"):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, float):
            yield node.lineno, "no float in a module that knows money"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float":
            yield node.lineno, "no float() in a module that knows money"


def _imported(node: ast.ImportFrom) -> set[str]:
    return {node.module or "", *(alias.name for alias in node.names)}


def fields_say_what_they_hold(tree: ast.AST, path: PurePosixPath) -> FOUND:
    """Stored moments have a zone, stored amounts are integers."""
    if not in_app(path) or path == PurePosixPath("foundation/core/models.py") or "models" not in nouns(path):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and ast.unparse(node) in FIELDS:
            yield node.lineno, FIELDS[ast.unparse(node)]


def time_comes_from_the_edge(tree: ast.AST, path: PurePosixPath) -> FOUND:
    """Services take ``now`` or ask database_now()."""
    if not in_app(path) or not nouns(path) & CLOCKLESS:
        return
    for node in ast.walk(tree):
        called = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
        if called in MOMENTS:
            yield node.lineno, f"no {called}(): take now=, or core.clock.database_now()"


def imports_at_the_top(tree: ast.AST, path: PurePosixPath) -> FOUND:
    """No imports inside functions."""
    if not in_app(path):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not (
            path.stem == "apps" and node.name == "ready"
        ):
            for inner in ast.walk(node):
                if isinstance(inner, ast.Import | ast.ImportFrom):
                    yield inner.lineno, "imports stand at the top of the file"


def small_files(tree: ast.AST, path: PurePosixPath) -> FOUND:
    """At most 250 lines a file (tables without functions aside), 50 a function; no catch-all names."""
    if {"migrations", "settings"} & set(path.parts):
        return
    if path.stem in FORBIDDEN_NAMES:
        yield 1, f"name the file after what it holds, not {path.stem}"
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    length = max((getattr(node, "end_lineno", 0) or 0 for node in ast.walk(tree)), default=0)
    if functions and length > LONGEST_FILE:
        yield LONGEST_FILE, f"{length} lines; split it by noun, at most {LONGEST_FILE}"
    for node in functions:
        lines = (node.end_lineno or node.lineno) - node.lineno + 1
        if lines > LONGEST_FUNCTION:
            yield node.lineno, f"{node.name} has {lines} lines, at most {LONGEST_FUNCTION}"


RULES = [
    reads_through_queries,
    one_writer_of_state,
    one_after_commit,
    no_floats_near_money,
    fields_say_what_they_hold,
    time_comes_from_the_edge,
    imports_at_the_top,
    small_files,
]


def check(source: str, path: PurePosixPath) -> list[str]:
    """The findings of all rules in one file, as "path:line: rule: sentence". `# house: rule` on a line excuses it."""
    tree = ast.parse(source, str(path))
    lines = source.splitlines()
    found = []
    for rule in RULES:
        for line, sentence in rule(tree, path):
            if f"# house: {rule.__name__}" not in lines[min(line, len(lines)) - 1]:
                found.append(f"{path}:{line}: {rule.__name__}: {sentence}")
    return found


def main(arguments: list[str]) -> int:
    """Check the files given, or all that are ours."""
    names = [name for name in arguments if name != "."]
    roots = [*APPS, "sandboxbank", "local", "bin", "tests", "bench"]
    paths = [Path(name) for name in names] or [path for root in roots for path in sorted(Path(root).rglob("*.py"))]
    found = [
        finding
        for path in paths
        if path.suffix == ".py" and path.stat().st_size
        for finding in check(path.read_text(), PurePosixPath(path.as_posix()))
    ]
    sys.stdout.write("".join(f"{finding}\n" for finding in found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
