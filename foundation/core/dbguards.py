"""Migration operations that install guards: plain triggers, no ignore clause, reversible."""

from django.db.migrations.operations import RunSQL
from django.db.migrations.operations.base import OperationCategory

from foundation.core import guards
from foundation.core.lifecycle import Lifecycle


class AppendOnly(RunSQL):
    """``AppendOnly("audit_event")``: the table refuses UPDATE, DELETE and TRUNCATE from now on."""

    category = OperationCategory.SQL

    def __init__(self, table: str):
        self.table = table
        super().__init__(guards.append_only_sql(table), guards.append_only_undo_sql(table))

    def deconstruct(self):
        return self.__class__.__qualname__, [self.table], {}

    def describe(self) -> str:
        return f"Make {self.table} append only"


class StateGuard(RunSQL):
    """``StateGuard("licenses_license", LICENSE)``: the table follows the lifecycle.

    Rows begin in the initial state, change along the table only, and never without an audit event of the same
    transaction. ``kind`` is the event's subject kind; by default the table's name with a dot ("licenses.license").
    Run it again in a later migration when the lifecycle changes.
    """

    category = OperationCategory.SQL

    def __init__(self, table: str, lifecycle: Lifecycle, kind: str = ""):
        self.table, self.lifecycle, self.kind = table, lifecycle, kind or table.replace("_", ".", 1)
        sql = lifecycle.as_trigger_sql(table) + guards.recorded_guard_sql(table, self.kind)
        super().__init__(sql, guards.state_guard_undo_sql(table))

    def deconstruct(self):
        return self.__class__.__qualname__, [self.table, self.lifecycle], {"kind": self.kind}

    def describe(self) -> str:
        return f"Let {self.table} follow its lifecycle"


def InstallStateGuard(model: str, lifecycle: Lifecycle) -> StateGuard:
    """The same by model label: ``InstallStateGuard("licenses.License", LICENSE)`` (default table names only)."""
    kind = model.lower()
    return StateGuard(kind.replace(".", "_", 1), lifecycle, kind=kind)


class MakersStay(RunSQL):
    """Who made a thing, and what they made, stays as it was when a second person decides about it.

    ``fixed`` columns never change. ``facts`` change only in the states of ``open_in`` (or are emptied on the way back
    there). ``approvers`` stand once they are written. A change between the states of ``approvals`` ("old>new") needs
    them all. That maker and approver differ is a CHECK of the model.
    """

    category = OperationCategory.SQL

    def __init__(self, table: str, *, approvers="", fixed="", facts="", open_in="", approvals=""):
        self.table = table
        self.columns = {
            "approvers": approvers, "fixed": fixed, "facts": facts, "open_in": open_in, "approvals": approvals
        }  # fmt: skip
        super().__init__(guards.makers_stay_sql(table, **self.columns), guards.makers_stay_undo_sql(table))

    def deconstruct(self):
        return self.__class__.__qualname__, [self.table], self.columns

    def describe(self) -> str:
        return f"Let the makers of {self.table} stay"
