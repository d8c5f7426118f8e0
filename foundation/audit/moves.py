"""`advance`: the only writer of ``state``."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import rules
from django.db import transaction
from django.utils.translation import gettext

from foundation.audit.recording import record
from foundation.core import clock
from foundation.core.actors import is_person
from foundation.core.errors import NotAllowed, NotPossibleNow, StateChanged
from foundation.core.lifecycle import Lifecycle, Move, UnlawfulMove
from foundation.core.models import Stateful


@dataclass(frozen=True, slots=True)
class Action:
    """A button: the move's name and what it says, translated."""

    name: str
    label: str
    target: str


def advance(
    obj: Stateful,
    move: str,
    *,
    actor: Any,
    reason: str = "",
    data: Mapping[str, Any] | None = None,
    parties: Iterable[Any] = (),
    visibility: str = "parties",
    name: str | None = None,
    now: datetime | None = None,
    set: Mapping[str, Any] | None = None,
) -> Any:
    """Make a move of the object's lifecycle and record it, in one transaction. Returns the object, changed.

    ``set`` saves further fields in the same statement. The event is called "<app>.<model>.<move>" unless ``name``
    says otherwise. Raises NotPossibleNow (no such move), NotAllowed (the rule "<app>.<by>" says no), StateChanged
    (somebody was first).
    """
    lifecycle: Lifecycle = obj.LIFECYCLE
    row = _row(lifecycle, obj, move)
    if not may(obj, row, actor):
        raise NotAllowed()
    fields = dict(set or {})
    old, target = obj.state, str(lifecycle.target(obj.state, move))
    with transaction.atomic():
        now = now or clock.database_now()
        changed = {**fields, "state": target, "state_since": now}
        if any(field.name == "updated_at" for field in obj._meta.concrete_fields):
            changed["updated_at"] = clock.stamp()
        manager = type(obj)._base_manager
        if not manager.filter(pk=obj.pk, state=old).update(**changed):
            raise StateChanged()
        with _taken_back_on_error(obj, changed):
            said: dict[str, Any] = {
                "reason": reason,
                "data": data,
                "parties": parties,
                "visibility": visibility,
                "now": now,
            }
            states: dict[str, Any] = {"before": {"state": old}, "after": {"state": target}}
            record(name or f"{obj._meta.label_lower}.{move}", subject=obj, actor=actor, **said, **states)
    return obj


def _row(lifecycle: Lifecycle, obj: Stateful, move: str) -> Move:
    try:
        return lifecycle.move(obj.state, move)
    except UnlawfulMove as error:
        label = gettext(lifecycle.label(obj.state))
        raise NotPossibleNow(lifecycle=lifecycle.name, state=obj.state, move=move, label=label) from error


@contextmanager
def _taken_back_on_error(obj: Stateful, changed: Mapping[str, Any]) -> Iterator[None]:
    """Give the object its new values, and its old ones again if the block fails: it never says more than the row."""
    kept = {field: getattr(obj, field) for field in changed}
    for field, value in changed.items():
        setattr(obj, field, value)
    try:
        yield
    except BaseException:
        for field, value in kept.items():
            setattr(obj, field, value)
        raise


def may(obj: Stateful, row: Move, actor: Any) -> bool:
    """Whether this actor may make this move: the clock and the system where the table names them, others by rule."""
    if not is_person(actor):
        return actor.role in row.by
    app = obj._meta.app_label
    named = [by for by in row.by if by not in ("clock", "system")]
    return actor is not None and any(rules.test_rule(f"{app}.{by}", actor, obj) for by in named)


def actions_for(actor: Any, obj: Stateful) -> list[Action]:
    """The moves that are lawful now and allowed to this actor, in the order of the table."""
    return [
        Action(row.name, gettext(row.label), row.target)
        for row in obj.LIFECYCLE.moves_from(obj.state)
        if may(obj, row, actor)
    ]
