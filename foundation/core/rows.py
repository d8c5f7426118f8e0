"""Whole rows of several models by a statement that is written once, for what every page or every bid asks.

Django writes a queryset's statement anew each time and finds out again how its rows become models: several times the
work of the database that answers. Where that counts, the few lines of SQL stand here beside the queryset's test.
"""

from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, models


class Rows:
    """``Rows("FROM app_thing t JOIN app_owner o ON ... WHERE t.id = %s", t=Thing, o=Owner)``.

    Each name is the alias of a table in the statement; all columns of its model are read. Raises TypeError for a model
    with a field whose values are more than what the driver gives (JSON).
    """

    def __init__(self, source: str, **tables: type[models.Model]) -> None:
        fields = [(name, field) for name, model in tables.items() for field in model._meta.concrete_fields]
        if strange := [str(field) for _name, field in fields if hasattr(field, "from_db_value")]:
            raise TypeError(f"not read as they are stored: {strange}")
        self.tables = [(model, [field.attname for field in model._meta.concrete_fields]) for model in tables.values()]
        self.statement = f"SELECT {', '.join(f'{name}.{field.column}' for name, field in fields)} {source}"

    def read(self, *arguments: Any) -> list[list[models.Model]]:
        """The rows, each as one object per table in the order of their names."""
        with connection.cursor() as cursor:
            cursor.execute(self.statement, arguments)
            found = cursor.fetchall()
        return [self._objects(row) for row in found]

    def _objects(self, row: tuple) -> list[models.Model]:
        made, at = [], 0
        for model, names in self.tables:
            made.append(model.from_db(DEFAULT_DB_ALIAS, names, row[at : at + len(names)]))
            at += len(names)
        return made
