"""Reading one row: every cell, then what must hold between cells. Errors name the cell; nothing is written."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from foundation.core.marks import _
from foundation.jobs.tables import Line, address
from foundation.jobs.tables.sheets import FORMULA
from patents import numbers
from patents.importing import cells
from patents.importing.cells import CellInvalid
from patents.importing.columns import BY_KEY, KNOWN, plain

NO = {"无": "none", "否": "none", "没有": "none", "none": "none", "no": "none"}
STATUS = {
    "有效": "granted", "授权": "granted", "专利权维持": "granted", "in force": "granted", "granted": "granted",
    "审中": "pending", "实质审查": "pending", "公开": "pending", "pending": "pending",
    "失效": "lapsed", "未缴年费": "lapsed", "未缴年费专利权终止": "lapsed", "lapsed": "lapsed",
    "期限届满": "expired", "届满": "expired", "expired": "expired",
    "无效": "invalidated", "全部无效": "invalidated", "宣告无效": "invalidated", "invalidated": "invalidated",
    "放弃": "abandoned", "视为放弃": "abandoned", "abandoned": "abandoned",
}  # fmt: skip
FEE = {
    "已缴": "paid", "正常": "paid", "已缴费": "paid", "paid": "paid",
    "滞纳期": "grace", "宽限期": "grace", "grace": "grace", "in grace": "grace",
    "未缴": "unpaid", "欠费": "unpaid", "unpaid": "unpaid",
}  # fmt: skip
REPORT = {
    **NO, "未出具": "none", "符合": "positive", "正面": "positive", "positive": "positive",
    "不符合": "negative", "负面": "negative", "negative": "negative",
}  # fmt: skip

READERS = {
    "number": cells.number,
    "title_zh": cells.short_text(300),
    "title_en": cells.short_text(500),
    "abstract_zh": cells.text_of,
    "abstract_en": cells.text_of,
    "ipc": cells.ipc,
    "locarno": cells.locarno,
    "inventors": cells.names,
    "patentees": cells.names,
    "shares": cells.shares,
    "filing_date": cells.day,
    "grant_date": cells.day,
    "publication_number": cells.publication,
    "term_compensation_days": cells.whole_number(0, 5 * 366),
    "status": cells.choice(STATUS),
    "annual_fee": cells.choice(FEE),
    "annual_fee_year": cells.whole_number(1, 25),
    "evaluation_report": cells.choice(REPORT),
    "pledge": cells.choice({**NO, "有": "pledged", "已质押": "pledged", "是": "pledged", "pledged": "pledged", "yes": "pledged"}),  # noqa: E501
    "exclusive_license": cells.choice({**NO, "独占": "exclusive", "独占许可": "exclusive", "exclusive": "exclusive", "排他": "sole", "排他许可": "sole", "sole": "sole"}),  # noqa: E501
    "suspension": cells.choice({**NO, "权属纠纷": "ownership_dispute", "ownership dispute": "ownership_dispute", "保全": "preservation", "财产保全": "preservation", "preservation": "preservation"}),  # noqa: E501
    "invalidation": cells.choice({**NO, "有": "pending", "审理中": "pending", "pending": "pending"}),
    "secrecy": cells.choice({**NO, "保密": "secrecy", "保密专利": "secrecy", "secrecy": "secrecy", "出口管制": "export_control", "export control": "export_control"}),  # noqa: E501
    "as_of": cells.day,
}  # fmt: skip


@dataclass
class Reading:
    """What a row says: its cells as texts, its values, and what is wrong with it."""

    line: int
    data: dict[str, str] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    errors: list[dict[str, Any]] = field(default_factory=list)
    foreign: bool = False

    def blame(self, places: Mapping[str, int], key: str, reason: str, **facts: Any) -> None:
        """Note an error at a cell."""
        cell = address(self.line, places[key]) if key in places else ""
        facts = {name: str(value) for name, value in facts.items()}
        self.errors.append({"cell": cell, "column": BY_KEY[key].label, "key": key, "reason": reason, "facts": facts})


def same_name(name: str) -> str:
    """A name for comparison: width, case, spaces and brackets do not count."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(mark for mark in folded if mark.isalnum())


def read(line: Line, places: Mapping[str, int], own_names: frozenset[str], today: date) -> Reading:
    """Read one row of a portfolio. `own_names` are the importing organization's names in the form of `same_name`."""
    reading = Reading(line.number)
    if _is_header(line.cells, places):
        reading.data = {"number": str(line.cells[places["number"]])[:80]}
        reading.blame(places, "number", _("The header stands here again. Delete this row."))
        return reading
    for key, place in places.items():
        cell = line.cells[place] if place < len(line.cells) else None
        reading.data[key] = _shown(cell)
        try:
            reading.values[key] = READERS[key](cell)
        except CellInvalid as error:
            reading.blame(places, key, error.reason, **error.facts)
    wrong = {error["key"] for error in reading.errors}
    for key, column in BY_KEY.items():
        if column.required and key not in wrong and not reading.values.get(key):
            reading.blame(places, key, _("This cell must not be empty."))
    if not reading.errors:
        _check_dates(reading, places, today)
        _check_owners(reading, places, own_names)
    return reading


def _is_header(row: list[Any], places: Mapping[str, int]) -> bool:
    place = places["number"]
    return place < len(row) and isinstance(row[place], str) and KNOWN.get(plain(row[place])) == "number"


def _shown(cell: Any) -> str:
    if cell is FORMULA:
        return "=…"
    text = "" if cell is None else str(cell)
    return text.replace("\x00", "").encode("utf-8", "ignore").decode()[:400]


def _check_dates(reading: Reading, places: Mapping[str, int], today: date) -> None:
    values = reading.values
    filed, granted = values["filing_date"], values.get("grant_date")
    year = numbers.parse(values["number"]).year
    if int(filed[:4]) > year:
        reading.blame(
            places, "filing_date", _("The filing date is later than the year in the number ({year})."), year=year
        )
    if granted and granted < filed:
        reading.blame(places, "grant_date", _("The grant date is earlier than the filing date."))
    for key in ("filing_date", "grant_date", "as_of"):
        if values.get(key) and values[key] > today.isoformat():
            reading.blame(places, key, _("This date lies in the future."))
    if values.get("status") not in (None, "pending") and not granted:
        reading.blame(places, "grant_date", _("A granted patent needs its grant date."))
    if values.get("status") == "pending" and granted:
        reading.blame(places, "status", _("The patent has a grant date, so it cannot be pending."))


def _check_owners(reading: Reading, places: Mapping[str, int], own_names: frozenset[str]) -> None:
    values = reading.values
    owners = values.get("patentees") or []
    weights = values.get("shares") or []
    if weights and len(weights) != max(1, len(owners)):
        reading.blame(places, "shares", _("There must be one share for each patentee."))
    if owners and not any(same_name(owner) in own_names for owner in owners) and not reading.errors:
        reading.foreign = True
        reading.blame(
            places,
            "patentees",
            _("Your organization is not among the patentees of this row: {names}."),
            names="；".join(owners)[:120],
        )
