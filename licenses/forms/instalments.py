"""The rows of a fee in instalments: as many as there are, one more or one less by a button, without a script."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.core.forms import MoneyField
from foundation.core.money import Money
from licenses.instalments import FEWEST, MOST, MOST_DAYS
from licenses.pricing import ANCHOR_LABELS

ANCHORS = [(str(anchor), _(label)) for anchor, label in ANCHOR_LABELS.items()]
COLUMNS = ("amount", "days", "day")
NAME = re.compile(r"^instalment_(amount|days|day)_([1-9]\d?)$", re.ASCII)
REQUIRED = {
    "instalments_total": _("Enter the whole fee."),
    "instalments_from": _("Choose how the later instalments fall due."),
    "amount": _("Enter an amount above zero, or remove this instalment."),
    "days": _("Enter the number of days."),
    "day": _("Enter the day."),
}
BUTTON = "rows"  # the button that adds or removes a row: "add", "remove-3"


def count_in(values) -> int:
    """How many rows the values of a page or a draft have, between the fewest and the most."""
    numbers = [int(match[2]) for name in values if (match := NAME.match(name))]
    return min(max([FEWEST, *numbers]), MOST)


def add_rows(form: forms.Form, values) -> None:
    """Give a form the fields of its rows, after the choice of what the days are counted from."""
    made = {}
    for no in range(1, count_in(values) + 1):
        made[f"instalment_amount_{no}"] = _amount_field(no)
        if no > 1:
            made[f"instalment_days_{no}"] = _days_field(no)
            made[f"instalment_day_{no}"] = _day_field(no)
    names = list(form.fields)
    place = names.index("instalments_from") + 1
    form.fields |= made
    form.order_fields([*names[:place], *made, *names[place:]])
    _require(form, values)


def _require(form: forms.Form, values) -> None:
    """What belongs to the chosen method has to be filled in; a page that is shown says so of every method."""
    chosen, by = values.get("method") == "instalments" or not form.is_bound, values.get("instalments_from")
    for name, field in form.fields.items():
        match = NAME.match(name)
        if not match and name not in REQUIRED:
            continue
        other = match and match[2] != "1" and by and (match[1], by == "date") in (("days", True), ("day", False))
        field.required = chosen and not other
        field.error_messages["required"] = REQUIRED[match[1] if match else name]


def _amount_field(no: int) -> MoneyField:
    return MoneyField(
        label=_("Instalment %(no)s (yuan)") % {"no": no},
        required=False,
        widget=forms.TextInput(attrs={"data-prefix": "¥", "data-width": "medium"}),
    )


def _days_field(no: int) -> forms.IntegerField:
    wrong = _("Enter a number of days above zero.")
    return forms.IntegerField(
        label=_("Days until instalment %(no)s is due") % {"no": no},
        required=False,
        min_value=1,
        max_value=MOST_DAYS,
        error_messages={"invalid": wrong, "min_value": wrong, "max_value": _("That is longer than any patent lasts.")},
        widget=forms.TextInput(attrs={"data-width": "short", "inputmode": "numeric"}),
    )


def _day_field(no: int) -> forms.DateField:
    return forms.DateField(
        label=_("Last day for instalment %(no)s") % {"no": no},
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "data-width": "short"}, format="%Y-%m-%d"),
    )


def rows_of(form: forms.Form) -> list[dict]:
    """The bound fields, row by row; ``removable`` where a row may go."""
    count = count_in(form.fields)
    return [
        {
            "no": no,
            "amount": form[f"instalment_amount_{no}"],
            "days": form[f"instalment_days_{no}"] if no > 1 else None,
            "day": form[f"instalment_day_{no}"] if no > 1 else None,
            "removable": no > 1 and count > FEWEST,
            "last": no == count,
            "may_add": count < MOST,
        }
        for no in range(1, count + 1)
    ]


def values_of(clean: dict, *, chosen: bool) -> dict:
    """What the section keeps of clean values; nothing where another method is ``chosen``."""
    if not chosen:
        return {"instalments": [], "instalments_from": "", "instalments_total_fen": 0}
    total = clean.get("instalments_total")
    return {
        "instalments": [_row(clean, no) for no in range(1, count_in(clean) + 1)],
        "instalments_from": clean.get("instalments_from") or "",
        "instalments_total_fen": total.fen if total else 0,
    }


def _row(clean: dict, no: int) -> dict:
    amount, day = clean.get(f"instalment_amount_{no}"), clean.get(f"instalment_day_{no}")
    return {
        "amount_fen": amount.fen if amount else 0,
        "days": clean.get(f"instalment_days_{no}"),
        "day": day.isoformat() if day else "",
    }


def initial_of(shown: dict) -> dict:
    """The fields of the rows that a section keeps; the list itself is taken out."""
    made = {}
    for no, row in enumerate(shown.pop("instalments", None) or (), 1):
        made[f"instalment_amount_{no}"] = f"{Money(row['amount_fen']).yuan}" if row.get("amount_fen") else ""
        if no > 1:
            made[f"instalment_days_{no}"] = row.get("days") or ""
            made[f"instalment_day_{no}"] = row.get("day") or ""
    return made


def changed(typed: dict, button: str) -> dict:
    """What stands in the fields after the button "add" or "remove-<no>"; anything else changes nothing."""
    count = count_in(typed)
    if button == "add" and count < MOST:
        return {**typed, f"instalment_amount_{count + 1}": ""}
    no = button.removeprefix("remove-")
    if not (no.isascii() and no.isdigit() and len(no) <= 2 and 1 < int(no) <= count and count > FEWEST):  # noqa: PLR2004
        return typed
    made = {name: value for name, value in typed.items() if not NAME.match(name)}
    for place in [place for place in range(1, count + 1) if place != int(no)]:
        target = place - (place > int(no))
        for column in COLUMNS:
            name = f"instalment_{column}_{place}"
            if name in typed:
                made[f"instalment_{column}_{target}"] = typed[name]
    return made
