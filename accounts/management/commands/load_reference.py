"""Load a full official table of industries or cities from a CSV file."""

import csv
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from pypinyin import lazy_pinyin

from accounts.models import City, Industry

CODE_LENGTH = {"cities": 6}


def first(row, *names):
    """The first named column that is there and filled."""
    return next((row[name].strip() for name in names if (row.get(name) or "").strip()), "")


class Command(BaseCommand):
    """`load_reference industries|cities FILE`: adds and renames, never removes.

    Columns: `code`, and `name` or `name_zh`; optional `name_en`; industries also `parent`
    and, at divisions, `section`. English names that are there stay where the file has none.
    """

    help = "Load the full official table of industries (GB/T 4754) or cities (GB/T 2260) from a CSV file."

    def add_arguments(self, parser):
        parser.add_argument("table", choices=["industries", "cities"])
        parser.add_argument("file")
        parser.add_argument("--prefix", default="", help="only codes that begin so, e.g. 32")

    @transaction.atomic
    def handle(self, *args, table, file, prefix, **options):
        try:
            with Path(file).open(encoding="utf-8-sig", newline="") as source:
                rows = [row for row in csv.DictReader(source) if first(row, "code")]
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            raise CommandError(f"{file}: {error}") from error
        if not rows or not first(rows[0], "name", "name_zh"):
            raise CommandError(f"{file}: needs the columns code and name (or name_zh)")
        rows = [row for row in rows if first(row, "code").startswith(prefix)]
        count = self.cities(rows) if table == "cities" else self.industries(rows)
        self.stdout.write(f"{count} {table}")

    def cities(self, rows):
        """Store cities; six-digit codes only."""
        for row in rows:
            code, name = first(row, "code"), first(row, "name", "name_zh")
            if len(code) != CODE_LENGTH["cities"] or not code.isdigit():
                raise CommandError(f"{code}: a city code has six digits")
            values = {"name_zh": name, "pinyin": " ".join(lazy_pinyin(name))}
            if english := first(row, "name_en"):
                values["name_en"] = english
            City.objects.update_or_create(code=code, defaults=values)
        return len(rows)

    def industries(self, rows):
        """Store industries, shorter codes first, so that parents are there."""
        known = {row.code: row for row in Industry.objects.all()}
        for row in sorted(rows, key=lambda row: len(first(row, "code"))):
            code = first(row, "code")
            parent = known.get(first(row, "parent") or first(row, "section"))
            values = {
                "name_zh": first(row, "name", "name_zh"),
                "parent": parent if parent and parent.code != code else None,
            }
            if english := first(row, "name_en"):
                values["name_en"] = english
            known[code], _made = Industry.objects.update_or_create(code=code, defaults=values)
        return len(rows)
