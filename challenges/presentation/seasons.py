"""How list seasons are shown: stages, rules, and the funnel from the list to the last payment."""

from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from approvals.queries import open_review_of
from challenges.lifecycle import SEASON, SeasonState
from challenges.models import Challenge, ListSeason
from challenges.presentation.challenge import percent
from challenges.queries import seasons
from challenges.services import checks
from foundation import audit
from foundation.core import handlers
from foundation.core.display import money

STAGES = (SeasonState.COLLECTING, SeasonState.RUNNING, SeasonState.TRACKING, SeasonState.CLOSED)
ORDER = (SeasonState.DRAFT, *STAGES)
REPORTED = (
    _("List season"), _("Figure"), _("Value"), _("Target"), _("Share of the target"),
)  # fmt: skip


def steps(season: ListSeason) -> list[dict]:
    """The stages of a season for the bar of steps."""
    if season.state == SeasonState.CANCELLED:
        return []
    here = ORDER.index(SeasonState(season.state))
    made = []
    for stage in STAGES:
        place = ORDER.index(stage)
        state = "done" if place < here else "current" if place == here else "todo"
        made.append({"label": gettext(SEASON.label(stage)), "state": state})
    return made


def rules(season: ListSeason) -> list[dict]:
    """The rules of a season as label and value; fixed once challenges are called for."""
    days, workdays = _("%(n)d days"), _("within %(n)d working days")
    blind = gettext("experts do not see who proposes") if season.is_blind else ""
    extremes = gettext("the highest and the lowest score do not count") if season.drop_extremes else ""
    panel = ngettext("%(n)d expert", "%(n)d experts", season.panel_size) % {"n": season.panel_size}
    rows = [
        (gettext("Secured before publication"),
         gettext("%(rate)s of the bounty") % {"rate": percent(season.escrow_bp)}, ""),
        (gettext("Time for proposals"), gettext("at least %(n)d days") % {"n": season.least_open_days}, ""),
        (gettext("Questions"),
         gettext("until %(n)d days before the deadline") % {"n": season.questions_end_days}, ""),
        (gettext("Panel"), gettext("%(panel)s, drawn at random") % {"panel": panel},
         "；".join(filter(None, [blind, extremes]))),
        (gettext("Winners of one challenge"), gettext("at most %(n)d") % {"n": season.most_winners}, ""),
        (gettext("Public notice"), str(days) % {"n": season.notice_days}, ""),
        (gettext("Contract"), str(workdays) % {"n": season.contract_days}, ""),
        (gettext("Decision about a milestone"), str(workdays) % {"n": season.acceptance_days},
         gettext("rework at most %(n)d times") % {"n": season.rework_times}),
    ]  # fmt: skip
    return [{"label": label, "value": value, "note": note} for label, value, note in rows]


def funnel(season: ListSeason) -> list[dict]:
    """The stages of the funnel with their targets, widest first."""
    found = seasons.funnel(season)
    rows = [
        (gettext("Published"), found.published, season.target_published, money(found.bounty)),
        (gettext("Proposals"), found.proposals, season.target_proposals, _sealed(found.sealed)),
        (gettext("Shortlisted"), found.shortlisted, 0, ""),
        (gettext("Contracted"), found.contracted, season.target_contracted, money(found.contract_sum)),
        (gettext("Milestones accepted"), found.accepted, 0, ""),
        (gettext("Completed"), found.completed, 0, ""),
    ]
    made = [
        {"label": label, "value": value, "target": target, "note": note, "reached": _share(value, target)}
        for label, value, target, note in rows
    ]
    paid = {"label": gettext("Paid out"), "value": money(found.paid), "target": 0, "note": "", "reached": ""}
    return [*made, paid]


def _share(value: int, target: int) -> str:
    return f"{value * 100 // target}%" if target else ""


def _sealed(n: int) -> str:
    """What is not counted, because nobody may know it yet."""
    if not n:
        return ""
    text = ngettext("without %(n)d challenge whose proposals are sealed",
                    "without %(n)d challenges whose proposals are sealed", n)  # fmt: skip
    return text % {"n": n}


def report_header() -> list[str]:
    """The header row of the report."""
    return [str(name) for name in REPORTED]


def report_rows(season: ListSeason) -> list[list]:
    """The funnel as rows of a table."""
    return [[season.code, row["label"], row["value"], row["target"] or "", row["reached"]] for row in funnel(season)]


def desk_context(season: ListSeason, membership) -> dict:
    """Everything the officer's page of one season shows."""
    moves = audit.actions_for(membership, season)
    return {
        "season": season,
        "steps": steps(season),
        "moves": [move for move in moves if move.name != "cancel"],
        "may_cancel": any(move.name == "cancel" for move in moves),
        "is_public": season.permits("show"),
        "may_edit": season.permits("edit_rules"),
        "rules": rules(season),
        "funnel": funnel(season),
        "waiting": [waiting_row(challenge) for challenge in seasons.waiting(season)[:50]],
        "panels": panels(season, membership),
    }


def waiting_row(challenge: Challenge) -> dict:
    """A challenge that is with the administration, and where one goes on with it."""
    review = open_review_of(checks.FORMAL, challenge) or open_review_of(checks.EXPERT, challenge)
    opinions = challenge.state in ("formal_check", "expert_check")
    return {
        "challenge": challenge,
        "review": review,
        "opinions_url": reverse("challenges:challenge_opinions", args=[challenge.pk]) if opinions else "",
        "cancel_url": reverse("challenges:challenge_cancel", args=[challenge.number])
        if challenge.state == "approved"
        else "",
    }


def panels(season: ListSeason, membership) -> list[dict]:
    """What other areas show on the officer's page of a season."""
    found: list[dict] = []
    for _key, owner in handlers.collect("season_panels:"):
        found += owner(season=season, membership=membership)
    return found


def crumbs(season: ListSeason, last: str = "") -> list[dict]:
    """The way to a page of a season."""
    made = [
        {"label": gettext("Challenges"), "url": reverse("challenges:challenge_list")},
        {"label": gettext("List seasons"), "url": reverse("challenges:season_list")},
        {"label": season.title, "url": season.get_absolute_url() if last else ""},
    ]
    return [*made, {"label": last}] if last else made
