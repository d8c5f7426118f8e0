"""Rows of fields in one form: as many as are filled and some empty ones, without a script.

The fields of row 2 are called name_2, target_2, …; a row whose fields are all empty does not count.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

MOST, SPARE = 20, 3
EMPTY = _("Fill this in, or empty the whole row.")


class Rows(forms.Form):
    """A part that is a list. Subclasses say the ``columns`` (name: maker of a field), which of them are ``needed``,
    and ``silent``: columns that alone do not make a row (a box, a choice with a value of its own)."""

    row_title: Any = ""
    needed: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for n in range(1, self._count() + 1):
            begun = self._begun(n)
            for name, field in self.columns().items():
                field.required = begun and name in self.needed
                field.error_messages["required"] = EMPTY
                self.fields[f"{name}_{n}"] = field

    @staticmethod
    def columns() -> dict[str, forms.Field]:
        """Fresh fields of one row, none of them required by itself."""
        raise NotImplementedError

    def _count(self) -> int:
        names = list(self.columns())
        if self.is_bound:
            return max((n for n in range(1, MOST + 1) if f"{names[0]}_{n}" in self.data), default=0)
        said = [name for name in names if name not in self.silent]
        filled = [n for n in range(1, MOST + 1) if any(self.initial.get(f"{name}_{n}") for name in said)]
        return min(MOST, max(filled, default=0) + SPARE)

    def _begun(self, n: int) -> bool:
        """Whether something stands in a row: then its needed fields are required."""
        values = self.data if self.is_bound else self.initial
        said = [name for name in self.columns() if name not in self.silent]
        return any(str(values.get(f"{name}_{n}") or "").strip() for name in said) or (n == 1 and not self.is_bound)

    def row_fields(self) -> list[dict[str, Any]]:
        """The rows for the template: number, whether it is filled, its bound fields."""
        names = list(self.columns())
        made = []
        for n in range(1, self._count() + 1):
            fields = [self[f"{name}_{n}"] for name in names]
            made.append({"n": n, "fields": fields, "open": n == 1 or any(self._said(field) for field in fields)})
        return made

    def _said(self, field) -> bool:
        name = field.name.rpartition("_")[0]
        return name not in self.silent and bool(field.value())

    def plain_fields(self) -> list:
        """The visible fields beside the rows."""
        rows = {field.name for row in self.row_fields() for field in row["fields"]}
        return [field for field in self.visible_fields() if field.name not in rows]

    def clean(self):
        data = super().clean()
        names = list(self.columns())
        self.filled: list[dict[str, Any]] = []
        for n in range(1, self._count() + 1):
            row = {name: data.get(f"{name}_{n}") for name in names}
            wrong = [name for name in names if f"{name}_{n}" in self.errors]
            if wrong or self._begun(n):
                self.filled.append(row)
        return data


def initial_of(rows, columns) -> dict[str, Any]:
    """{name_n: value} for what is stored; ``columns`` maps a name to a function of the row."""
    return {f"{name}_{n}": value(row) for n, row in enumerate(rows, 1) for name, value in columns.items()}
