"""The parts of a royalty report as a task list."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def tasks(period, draft) -> dict:
    """Groups, how many parts are done and of how many, for the task list."""
    if draft is None:
        return {"groups": [], "done": 0, "total": 0}
    lines, papers = draft.lines.count(), draft.papers.count()
    sold = bool(lines) or draft.nothing_sold
    rows = [
        _task(_("What was sold"), _sold(lines, draft), "done" if sold else "not_started", "royalty_lines"),
        _task(_("Papers (optional)"), _papers(papers), "done" if papers else "not_started", "royalty_papers"),
        _task(
            _("Check, sign and send"),
            _("You see the royalty before you send."),
            "not_started" if sold else "cannot_start",
            "royalty_check",
        ),
    ]
    for place, row in enumerate(rows, start=1):
        row |= {"number": place, "url": reverse(f"licenses:{row['url']}", args=[period.number])}
    done = sum(row["state"] == "done" for row in rows)
    return {"groups": [{"title": _("Your report"), "tasks": rows}], "done": done, "total": len(rows)}


def _task(title, hint, state, name) -> dict:
    return {"title": title, "hint": hint, "state": state, "url": name}


def _sold(lines: int, draft) -> str:
    if draft.nothing_sold:
        return _("Nothing was sold in this period.")
    if not lines:
        return _("Product, quantity, price and deductions; or state that nothing was sold.")
    return ngettext("%(n)s line", "%(n)s lines", lines) % {"n": lines}


def _papers(papers: int) -> str:
    if not papers:
        return _("Sales ledger, invoices")
    return ngettext("%(n)s file", "%(n)s files", papers) % {"n": papers}
