"""F6 of the plan: a portfolio of 5,000 real titles, abstracts and holders, from upload to the last written row.

`portfolio(folder, rows)` makes the table from the sample data at run time; nothing of it is ever committed. Run with
`bin/test tests/patents/test_large_import.py -s` (prints seconds for each form beside the limit of 60 s).
"""

import csv
import time
from pathlib import Path

from patents import numbers

HEADER = ["专利号", "名称", "摘要", "专利权人", "IPC分类号", "申请日", "授权公告日", "法律状态", "年费状态", "质押"]
CLASSES = ("H01M 10/0525", "G06F 17/30", "C08L 5/02", "A61K 9/00", "B25J 9/16", "G01N 21/64")
LIMIT_SECONDS = 60


def number(serial: int) -> str:
    """A made-up number whose check character is right."""
    body = f"20201{serial:07d}"
    return f"ZL{body}.{numbers.check_character(body)}"


def portfolio(folder: Path, rows: int) -> list[list[str]]:
    """The rows of a portfolio: real texts joined to valid numbers, repeated until there are enough."""
    with (folder / "patents" / "cn_patents_bdci2022.csv").open(encoding="utf-8", newline="") as file:
        real = list(csv.DictReader(file))
    made = []
    for serial in range(1, rows + 1):
        source = real[(serial - 1) % len(real)]
        classes = f"{CLASSES[serial % len(CLASSES)]}; {CLASSES[(serial + 1) % len(CLASSES)]}"
        texts = [number(serial), source["title"], source["abstract"], source["assignee"], classes]
        made.append([*texts, "2020-05-20", "2022-08-09", "有效", "已缴", "无"])
    return made


class Stopwatch:
    """Seconds since it was made."""

    def __init__(self):
        self.began = time.perf_counter()

    @property
    def seconds(self) -> float:
        return time.perf_counter() - self.began


def report(name: str, rows: int, checked: float, written: float) -> dict:
    """One line of the benchmark."""
    total = checked + written
    return {
        "id": "import", "name": f"portfolio of {rows} rows, {name}", "figure": round(total, 1), "unit": "s",
        "checked_s": round(checked, 1), "written_s": round(written, 1), "limit": LIMIT_SECONDS,
        "met": total < LIMIT_SECONDS,
    }  # fmt: skip
