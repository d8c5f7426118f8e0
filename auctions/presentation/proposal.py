"""The seller's pages: the parts of a proposal and their states, my lots, the answers once more."""

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from approvals.queries import latest_review_of
from auctions import eligibility
from auctions.lifecycle import LOT, LotState
from auctions.models import Lot
from auctions.services.lots import PARTS, draft_of, part_problems
from auctions.services.materials import REVIEW_KIND
from foundation.core import tasklists
from foundation.core.display import day, listed, money
from foundation.core.money import Money

TITLES = {
    "patents": _("Patents"),
    "about": _("What is sold"),
    "price": _("Price and valuation"),
    "disclosure": _("Defects and contact"),
    "priority": _("First rights"),
    "documents": _("Data room"),
    "check": _("Check and submit"),
}
GROUPS = (
    (_("The lot"), ("patents", "about", "price")),
    (_("For the bidders"), ("disclosure", "documents")),
    (_("For the law"), ("priority", "check")),
)
ORDER = tuple(name for _title, names in GROUPS for name in names)
CODES = {"patents": ("A01", "A03", "A05", "A06", "A07", "A08", "A10"), "documents": ("A04",), "priority": ("A12",),
         "price": ("A11",)}  # fmt: skip
LISTS = {  # the tabs of "my lots"
    "drafts": (LotState.PROPOSED, LotState.RETURNED),
    "check": (LotState.MATERIALS_CHECK, LotState.SELECTED),
    "market": (LotState.ANNOUNCED, LotState.REGISTRATION_OPEN, LotState.LIVE, LotState.PAUSED),
    "after": (LotState.SOLD_PROVISIONAL, LotState.UNSOLD, LotState.AFTER_SALE_TALKS, LotState.SOLD_BY_AGREEMENT),
    "ended": tuple(LOT.final),
}
LIST_LABELS = {
    "": _("All"),
    "drafts": _("To work on"),
    "check": _("In the check"),
    "market": _("On the market"),
    "after": _("After the bidding"),
    "ended": _("Ended"),
}


def part_url(lot: Lot, name: str) -> str:
    """The page of a part."""
    fixed = {"patents": "lot_patents", "priority": "lot_priority", "documents": "lot_documents", "check": "lot_check"}
    if name in fixed:
        return reverse(f"auctions:{fixed[name]}", args=[lot.pk])
    return reverse("auctions:lot_part", args=[lot.pk, name])


def tasks(lot: Lot, results: list, today) -> dict:
    """The task list: groups, how many are done, whether it may be submitted."""
    typed = draft_of(lot).data.get("typed", {})
    states = {name: _state(lot, name, results, typed, today) for name in ORDER if name != "check"}
    open_names = [name for name, (state, _hint) in states.items() if state != "done"]
    states["check"] = tasklists.last_check(ORDER, open_names, waits=bool(open_names))
    groups = tasklists.groups(GROUPS, order=ORDER, titles=TITLES, states=states, url=lambda name: part_url(lot, name))
    done = sum(1 for state, _hint in states.values() if state == "done")
    return {"groups": groups, "done": done, "total": len(ORDER), "can_submit": not open_names}


def _state(lot: Lot, name: str, results: list, typed: dict, today) -> tuple[str, str]:
    """(state, hint) of one row."""
    failing = [one for one in results if one.code in CODES.get(name, ()) and one.blocks and one.outcome == "fail"]
    if typed.get(name):
        return "in_progress", gettext("Not finished: what you typed is kept")
    if name in PARTS and (found := part_problems(lot, name, today)):
        fresh = name == "disclosure" and not lot.defects
        return "not_started" if fresh else "needs_correction", str(next(iter(found.values())))
    if failing:
        return "needs_correction", failing[0].reason
    return "done", _done(lot, name)


def _done(lot: Lot, name: str) -> str:
    """What a finished part holds, in a few words."""
    counted = {"documents": lot.documents, "priority": lot.priority_holders, "patents": lot.items}
    if name not in counted:
        return {"price": money(lot.start), "about": lot.get_subject_display()}.get(name, lot.contact_name)
    n = counted[name].count()
    words = {
        "documents": ngettext("%(n)d document", "%(n)d documents", n),
        "priority": ngettext("%(n)d holder named", "%(n)d holders named", n),
        "patents": ngettext("%(n)d patent", "%(n)d patents", n),
    }
    return words[name] % {"n": n}


def checks(lot: Lot, results: list) -> list:
    """The checks for reading, worst first, each with the way to the part where it is put right."""
    found = sorted(results, key=lambda one: (eligibility.WORST.index(one.outcome), one.code))
    return [
        {
            "code": one.code,
            "outcome": one.outcome,
            "title": one.title,
            "reason": one.reason,
            "rule": one.rule,
            "source": one.source,
            "as_of": one.as_of,
            "remedy": one.remedy,
            "remedy_url": part_url(lot, one.section) if one.remedy else "",
        }
        for one in found
    ]


def corrections(lot: Lot) -> list:
    """The remarks of the officer on a returned lot."""
    review = latest_review_of(REVIEW_KIND, lot)
    if review is None or lot.state != LotState.RETURNED:
        return []
    decision = review.decisions.order_by("-pk").first()
    return list(review.corrections.filter(decision=decision)) if decision else []


def answers(lot: Lot, reserve: Money | None) -> list[dict]:
    """Everything once more, with links that lead back to the part."""
    valuation = "—" if lot.valuation_fen is None else money(lot.valuation_fen)
    valued = f"{lot.valuation_by} {day(lot.valuation_date)}" if lot.valuation_date else ""
    patents = listed(item.patent.display_number for item in lot.items.select_related("patent"))
    holders = listed(f"{one.name} ({one.get_basis_display()})" for one in lot.priority_holders.all())
    parts = [
        ("patents", [(_("Patents"), patents or "—", "")]),
        ("about", [(_("What is sold"), lot.get_subject_display(), ""), (_("Title"), lot.title, ""),
                   (_("Description"), lot.about or "—", "")]),
        ("price", [(_("Start price"), money(lot.start), ""),
                   (_("Secret reserve"), money(reserve) if reserve else gettext("none"), ""),
                   (_("Valuation"), valuation, valued)]),
        ("disclosure", [(_("Known defects and burdens"), lot.defects, ""),
                        (_("Contact"), lot.contact_name, lot.contact_phone)]),
        ("documents", [(_("Data room"), listed(one.title for one in lot.documents.all()) or "—", "")]),
        ("priority", [(_("First rights"), holders or gettext("nobody"), "")]),
    ]  # fmt: skip
    return [
        {
            "title": str(TITLES[name]),
            "rows": [
                {"label": str(label), "value": value, "note": note, "change_url": part_url(lot, name)}
                for label, value, note in rows
            ],
        }
        for name, rows in parts
    ]


def tabs(rows, group: str) -> list[dict]:
    """The tabs of "my lots" with their counts, in one query."""
    found = {row["state"]: row["n"] for row in rows.order_by().values("state").annotate(n=Count("pk"))}
    here = reverse("auctions:my_lots")
    return [
        {
            "label": str(label),
            "url": f"{here}?group={key}" if key else here,
            "current": key == group,
            "count": sum(n for state, n in found.items() if not key or state in LISTS[key]),
        }
        for key, label in LIST_LABELS.items()
    ]
