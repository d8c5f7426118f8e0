"""Reads the fictional texts."""

import csv
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "texts"


@cache
def rows(name: str) -> list[dict[str, str]]:
    """The rows of one CSV file of the texts."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def patents() -> list[dict[str, str]]:
    """All fictional patents, section by section."""
    return [row for section in "abcdefgh" for row in rows(f"patents_{section}.csv")]


def organizations() -> list[dict[str, str]]:
    """All fictional organizations."""
    return rows("organizations.csv")


def people() -> list[dict[str, str]]:
    """Names that contacts and officers carry."""
    return rows("people.csv")
