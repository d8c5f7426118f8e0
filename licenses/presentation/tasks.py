"""The task list of a declaration: nine rows, five states."""

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from foundation.core import tasklists
from licenses.eligibility import Outcome
from licenses.models import Declaration
from licenses.offers import Offer
from licenses.presentation.answers import hint_of
from licenses.presentation.titles import GROUPS, ORDER, TITLES
from licenses.services.drafting import section_problems

PATENT_CODES = frozenset({"E01", "E02", "E03", "E04", "E05", "E07", "E12", "E13", "E14"})


def tasks(declaration: Declaration, draft, results, now) -> dict:
    """The task list: groups, how many are done, where one stopped."""
    states = {name: task_state(name, declaration, draft, results, now) for name in ORDER if name != "check"}
    required = [name for name in ORDER if name not in ("summary", "check")]
    open_names = [name for name in required if states[name][0] not in ("done",)]
    waits = any(name != "patent" for name in open_names) or _fails(results, PATENT_CODES)
    states["check"] = tasklists.last_check(ORDER, open_names, waits=waits)
    groups = tasklists.groups(
        GROUPS, order=ORDER, titles=TITLES, states=states, url=lambda name: _url(declaration, name)
    )
    last = draft.data.get("last")
    done = sum(1 for state, _hint in states.values() if state == "done")
    return {
        "groups": groups,
        "done": done,
        "total": len(ORDER),
        "last": gettext("You stopped at “%(part)s”") % {"part": TITLES[last]} if last in TITLES else "",
        "can_submit": states["check"][0] != "cannot_start",
    }


def _url(declaration, name) -> str:
    if name == "check":
        return reverse("licenses:declaration_check_answers", args=[declaration.pk])
    return reverse("licenses:declaration_section", args=[declaration.pk, name])


def _fails(results, codes) -> list:
    return [r for r in results if r.code in codes and r.outcome == Outcome.FAIL and r.blocks]


def task_state(name: str, declaration: Declaration, draft, results, now) -> tuple[str, str]:
    """(state, hint) of one row."""
    if name == "patent":
        return _patent_state(results)
    if name == "owners":
        consent = next(r for r in results if r.code == "E06")
        return ("done" if consent.outcome == Outcome.PASS else "in_progress"), consent.reason
    kept = draft.data.get("sections", {}).get(name)
    typed = draft.data.get("typed", {}).get(name)
    if typed:
        return "in_progress", gettext("Not finished: what you typed is kept")
    if not kept:
        return "not_started", ""
    problems = section_problems(declaration, name, kept, now)
    if problems:
        return "needs_correction", gettext(str(next(iter(problems.values()))))
    return "done", hint_of(name, Offer(draft.data.get("sections", {})))


def _patent_state(results) -> tuple[str, str]:
    failing = _fails(results, PATENT_CODES)
    if failing:
        return "needs_correction", failing[0].reason
    unknown = [r for r in results if r.code in PATENT_CODES and r.outcome == Outcome.UNKNOWN]
    if unknown:
        n = len(unknown)
        return "in_progress", ngettext(
            "%(n)d fact is not known: an officer has to confirm it",
            "%(n)d facts are not known: an officer has to confirm them",
            n,
        ) % {"n": n}
    return "done", gettext("Filled in by the number, agrees with the register")
