"""The firm's pages: the parts of a challenge and their states, my challenges, the answers once more."""

from datetime import date

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from approvals.queries import latest_review_of
from challenges.lifecycle import CHALLENGE, ChallengeState
from challenges.models import Challenge
from challenges.presentation.challenge import percent
from challenges.services.checks import EXPERT, FORMAL, PART_NAMES
from challenges.services.draft_checks import PARTS, part_problems
from challenges.services.drafting import draft_of
from foundation.core import tasklists
from foundation.core.display import day, enumerated, listed, money

C = ChallengeState
TITLES = {**PART_NAMES, "attachments": _("Documents and confidential annexes"), "check": _("Check and submit")}
GROUPS = (
    (_("The problem"), ("problem", "indicators", "attachments")),
    (_("Money and terms"), ("payment", "terms")),
    (_("The selection"), ("rubric", "check")),
)
ORDER = tuple(name for _title, names in GROUPS for name in names)
LISTS = {  # the tabs of "my challenges"
    "drafts": (C.DRAFT, C.RETURNED),
    "check": (C.FORMAL_CHECK, C.EXPERT_CHECK, C.APPROVED),
    "open": (C.OPEN, C.CLOSED_FOR_PROPOSALS, C.NO_PROPOSAL),
    "selection": (C.REVIEWING, C.SHORTLISTED, C.SELECTED, C.PUBLIC_NOTICE),
    "work": (C.CONTRACTING, C.IN_PROGRESS, C.FINAL_ACCEPTANCE),
    "ended": tuple(CHALLENGE.final),
}
LIST_LABELS = {
    "": _("All"),
    "drafts": _("To work on"),
    "check": _("In the check"),
    "open": _("In the list"),
    "selection": _("In review"),
    "work": _("Being worked on"),
    "ended": _("Over"),
}


def part_url(challenge: Challenge, name: str) -> str:
    """The page of a part."""
    if name in ("attachments", "check"):
        return reverse(f"challenges:challenge_{name}", args=[challenge.pk])
    return reverse("challenges:challenge_part", args=[challenge.pk, name])


def tasks(challenge: Challenge, today: date) -> dict:
    """The task list: groups, how many are done, whether it may be submitted."""
    typed = draft_of(challenge).data.get("typed", {})
    states = {name: _state(challenge, name, typed, today) for name in ORDER if name != "check"}
    open_names = [name for name, (state, _hint) in states.items() if state != "done" and name in PARTS]
    states["check"] = tasklists.last_check(ORDER, open_names, waits=bool(open_names))
    groups = tasklists.groups(
        GROUPS, order=ORDER, titles=TITLES, states=states, url=lambda name: part_url(challenge, name)
    )
    done = sum(1 for state, _hint in states.values() if state == "done")
    return {"groups": groups, "done": done, "total": len(ORDER), "can_submit": not open_names}


def _state(challenge: Challenge, name: str, typed: dict, today: date) -> tuple[str, str]:
    """(state, hint) of one row."""
    if typed.get(name):
        return "in_progress", gettext("Not finished: what you typed is kept")
    if name not in PARTS:
        n = challenge.attachments.count()
        return "done", ngettext("%(n)d document", "%(n)d documents", n) % {"n": n}
    if found := part_problems(challenge, name, today):
        state = "not_started" if _is_fresh(challenge, name) else "needs_correction"
        return state, str(next(iter(found.values())))
    return "done", _done(challenge, name)


def _is_fresh(challenge: Challenge, name: str) -> bool:
    """Nothing was filled in yet."""
    filled = {
        "problem": challenge.problem_zh_hans,
        "indicators": challenge.indicators.exists(),
        "payment": challenge.bounty_fen,
        "terms": challenge.eligibility or challenge.deadline_date,
        "rubric": challenge.criteria.exists(),
    }
    return not filled[name]


def _done(challenge: Challenge, name: str) -> str:
    """What a finished part holds, in a few words."""
    counted = {"indicators": challenge.indicators, "rubric": challenge.criteria}
    if name in counted:
        n = counted[name].count()
        words = {
            "indicators": ngettext("%(n)d indicator", "%(n)d indicators", n),
            "rubric": ngettext("%(n)d criterion", "%(n)d criteria", n),
        }
        return words[name] % {"n": n}
    if name == "payment":
        return money(challenge.bounty)
    return enumerated(challenge.ipc) if name == "problem" else day(challenge.deadline_date)


def corrections(challenge: Challenge) -> list:
    """The remarks of the officer on a returned challenge."""
    if challenge.state != C.RETURNED:
        return []
    found = [review for kind in (FORMAL, EXPERT) if (review := latest_review_of(kind, challenge))]
    decided = [one for review in found if (one := review.decisions.order_by("-pk").first())]
    if not decided:
        return []
    last = max(decided, key=lambda one: one.pk)
    return list(last.review.corrections.filter(decision=last))


def before_the_promise(challenge: Challenge) -> list[dict]:
    """What an asked expert learns in order to know of a conflict: the title, the firm and the field."""
    return [
        {"label": gettext("Challenge"), "value": challenge.title},
        {"label": gettext("Firm"), "value": challenge.owner.display_name},
        {"label": gettext("Industry"), "value": challenge.industry.name if challenge.industry else "—"},
        {"label": gettext("IPC classes"), "value": enumerated(challenge.ipc)},
    ]


def answers(challenge: Challenge, *, change: bool = True) -> list[dict]:
    """Everything once more; with links that lead back to the part where it may be changed."""
    parts = {
        "problem": [
            (_("Title"), challenge.title, challenge.title_en),
            (_("Problem to be solved"), challenge.problem, ""),
            (_("Background"), challenge.background or "—", ""),
            (_("IPC classes"), enumerated(challenge.ipc), ""),
            (_("Industry"), str(challenge.industry or "—"), ""),
        ],
        "indicators": [
            (
                one.name,
                f"{one.comparison} {one.target} {one.unit}".strip(),
                " · ".join([one.method, gettext("must be met") if one.must else gettext("desired")]),
            )
            for one in challenge.indicators.all()
        ],
        "attachments": [
            (one.title, gettext("after the NDA") if one.is_confidential else gettext("open to all"), "")
            for one in challenge.attachments.all()
        ],
        "payment": [
            (_("Bounty"), money(challenge.bounty), ""),
            *((_("After %(n)d months") % {"n": one.months}, one.deliverable, percent(one.share_bp))
              for one in challenge.payments.all()),
        ],
        "terms": _terms(challenge),
        "rubric": [(one.name, percent(one.weight_bp), one.guide) for one in challenge.criteria.all()],
    }  # fmt: skip
    return [
        {
            "title": str(TITLES[name]),
            "rows": [
                {
                    "label": str(label),
                    "value": value,
                    "note": note,
                    "change_url": part_url(challenge, name) if change else "",
                }
                for label, value, note in parts[name]
            ],
        }
        for name in ORDER
        if parts.get(name)
    ]


def _terms(challenge: Challenge) -> list[tuple]:
    winners = str(challenge.most_winners)
    if challenge.gate_milestone:
        winners = listed([winners, gettext("side by side up to milestone %(n)d") % {"n": challenge.gate_milestone}])
    return [
        (_("Last day for proposals"), day(challenge.deadline_date) if challenge.deadline_date else "—", ""),
        (_("Who may propose"), challenge.eligibility, ""),
        (_("Cooperation"), challenge.get_mode_display(), ""),
        (_("New rights"), challenge.get_ownership_display(), challenge.ownership_terms),
        (_("Winners at most"), winners, ""),
        (_("Contact"), challenge.contact_name, challenge.contact_phone),
    ]


def tabs(rows, group: str) -> list[dict]:
    """The tabs of "my challenges" with their counts, in one query."""
    found = {row["state"]: row["n"] for row in rows.order_by().values("state").annotate(n=Count("pk"))}
    here = reverse("challenges:my_challenges")
    return [
        {
            "label": str(label),
            "url": f"{here}?group={key}" if key else here,
            "current": key == group,
            "count": sum(n for state, n in found.items() if not key or state in LISTS[key]),
        }
        for key, label in LIST_LABELS.items()
    ]
