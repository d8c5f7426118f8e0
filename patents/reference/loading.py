"""Loads the classification: our own small table by migration, the full official one by command."""

import csv
import re
from collections.abc import Iterable
from pathlib import Path

OWN_TABLE = Path(__file__).with_name("ipc.csv")
SYMBOL = re.compile(r"[A-H](?:[0-9]{2}(?:[A-Z])?)?")
LEVELS = {1: 1, 3: 2, 4: 3}


class RowInvalid(ValueError):
    """A line that is no symbol with a title; the argument says which and why."""


def read(path: Path) -> list[tuple[str, int, str, str]]:
    """(symbol, level, Chinese title, English title) of a CSV file with the header symbol,zh,en. Raises RowInvalid."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if not {"symbol", "zh", "en"} <= set(reader.fieldnames or []):
            raise RowInvalid("the header must be symbol,zh,en")
        return [_checked(place, row) for place, row in enumerate(reader, start=2)]


def _checked(place: int, row: dict) -> tuple[str, int, str, str]:
    symbol = (row["symbol"] or "").strip().upper()
    chinese, english = (row["zh"] or "").strip(), (row["en"] or "").strip()
    if not SYMBOL.fullmatch(symbol) or not chinese or len(chinese) > 300 or len(english) > 500:  # noqa: PLR2004
        raise RowInvalid(f"line {place}: a symbol (section, class or subclass) and its Chinese title are needed")
    return symbol, LEVELS[len(symbol)], chinese, english


def store(model, rows: Iterable[tuple[str, int, str, str]]) -> int:
    """Insert or replace the symbols; how many. `model` is IpcSymbol, or its state in a migration."""
    made = [
        model(symbol=symbol, level=level, title_zh_hans=chinese, title_en=english)
        for symbol, level, chinese, english in {row[0]: row for row in rows}.values()
    ]
    model.objects.bulk_create(
        made,
        update_conflicts=True,
        unique_fields=["symbol"],
        update_fields=["level", "title_zh_hans", "title_en"],
        batch_size=1000,
    )
    return len(made)
