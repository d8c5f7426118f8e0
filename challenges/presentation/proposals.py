"""The team's pages: the parts of a proposal and their states, the answers once more, what comes next."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from challenges.lifecycle_parties import ProposalState as P
from challenges.models import Challenge, Proposal, SealedCopy
from challenges.services.proposal_checks import PARTS, consent_problems, part_problems
from foundation.core import tasklists
from foundation.core.display import last_moment, listed, moment, money
from foundation.core.money import Money
from patents import numbers
from patents.models import Patent

TITLES = {
    "team": _("Team"),
    "solution": _("Solution and background patents"),
    "indicators": _("Indicators promised"),
    "plan": _("Plan, milestones and price"),
    "files": _("Attachments"),
    "conflicts": _("Conflicts of interest"),
    "check": _("Check and submit"),
}
GROUPS = (
    (_("What you offer"), ("solution", "indicators", "files")),
    (_("How you work"), ("team", "plan")),
    (_("What you declare"), ("conflicts", "check")),
)
ORDER = tuple(name for _title, names in GROUPS for name in names)
BEGINS_WITH = {"team": "members", "solution": "solution", "indicators": "promises", "plan": "plan",
               "conflicts": "conflicts"}  # fmt: skip


def part_url(proposal: Proposal, name: str) -> str:
    """The page of a part."""
    fixed = {"files": "proposal_files", "check": "proposal_check"}
    if name in fixed:
        return reverse(f"challenges:{fixed[name]}", args=[proposal.key])
    return reverse("challenges:proposal_part", args=[proposal.key, name])


def tasks(proposal: Proposal, content: dict[str, Any], files: list) -> dict[str, Any]:
    """The task list: groups, how many are done, whether it may be submitted."""
    states = {name: _state(proposal.challenge, name, content) for name in PARTS}
    missing = consent_problems(proposal.organization, content, signed=any(one.is_consent for one in files))
    states["files"] = ("needs_correction", str(missing["files"])) if missing else ("done", _counted_files(files))
    open_names = [name for name in ORDER if name in states and states[name][0] != "done"]
    states["check"] = tasklists.last_check(ORDER, open_names, waits=bool(open_names))
    groups = tasklists.groups(
        GROUPS, order=ORDER, titles=TITLES, states=states, url=lambda name: part_url(proposal, name)
    )
    done = sum(1 for state, _hint in states.values() if state == "done")
    return {"groups": groups, "done": done, "total": len(ORDER), "can_submit": not open_names}


def _state(challenge: Challenge, name: str, content: dict[str, Any]) -> tuple[str, str]:
    """(state, hint) of one row."""
    if content.get("typed", {}).get(name):
        return "in_progress", gettext("Not finished: what you typed is kept")
    found = part_problems(challenge, name, content)
    if not found:
        return "done", _done(name, content)
    state = "needs_correction" if content.get(BEGINS_WITH[name]) else "not_started"
    return state, str(next(iter(found.values())))


def _done(name: str, content: dict[str, Any]) -> str:
    """What a finished part holds, in a few words."""
    if name == "team":
        n = len(content["members"])
        return ngettext("%(n)d member", "%(n)d members", n) % {"n": n}
    if name == "plan":
        return money(Money(content["price_fen"]))
    return {"solution": _begin(content.get("solution", ""))}.get(name, "")


def _begin(text: str, limit: int = 40) -> str:
    return text if len(text) <= limit else f"{text[:limit]}…"


def _counted_files(files: list) -> str:
    n = len(files)
    return ngettext("%(n)d document", "%(n)d documents", n) % {"n": n} if n else gettext("none, if you need none")


def answers(challenge: Challenge, content: dict[str, Any], files: list, url=None) -> list[dict[str, Any]]:
    """Everything once more, part by part; with ``url(part)`` each row leads back to its part."""
    return [
        {
            "title": str(TITLES[name]),
            "rows": [
                {"label": label, "value": value, "note": note, "change_url": url(name) if url else ""}
                for label, value, note in rows
            ],
        }
        for name, rows in _rows(challenge, content, files)
    ]


def _rows(challenge: Challenge, content: dict[str, Any], files: list) -> list[tuple[str, list[tuple]]]:
    members = [(one["name"], one["unit"], "") for one in content.get("members", [])]
    promised = content.get("promises", {})
    indicators = [
        (row.name, promised.get(str(row.position)) or "—", f"{row.comparison} {row.target} {row.unit}".strip())
        for row in challenge.indicators.all()
    ]
    return [
        ("solution", [(gettext("Your solution"), content.get("solution", ""), ""),
                      (gettext("Background patents"), patents_of(content), "")]),
        ("indicators", indicators),
        ("files", [(gettext("Attachments"), listed(one.name for one in files) or gettext("none"), "")]),
        ("team", members),
        ("plan", [(gettext("How you will work"), content.get("plan", ""), ""), *_milestones(content),
                  (gettext("Price you ask"), money(Money(content.get("price_fen") or 0)), "")]),
        ("conflicts", [(gettext("Relations"), content.get("conflicts", ""), "")]),
    ]  # fmt: skip


def _milestones(content: dict[str, Any]) -> list[tuple]:
    return [
        (gettext("Month %(n)s") % {"n": row["months"]}, row["deliverable"], money(Money(row["amount_fen"])))
        for row in content.get("milestones", [])
    ]


def patents_of(content: dict[str, Any]) -> str:
    """Background patents with the titles the register knows."""
    wanted = [numbers.parse(text) for text in content.get("patents") or []]
    known = {one.number: one.title for one in Patent.objects.filter(number__in=[one.normalized for one in wanted])}
    shown = [" ".join(part for part in (one.display, known.get(one.normalized, "")) if part) for one in wanted]
    return listed(shown) or gettext("none")


def facts(proposal: Proposal) -> list[dict[str, Any]]:
    """What is known of a proposal without reading it: for its own team."""
    challenge, rows = proposal.challenge, []
    rows.append({"label": gettext("Challenge"), "value": challenge.title, "note": challenge.number,
                 "url": challenge.get_absolute_url()})  # fmt: skip
    rows.append({"label": gettext("Proposals until"), "value": last_moment(challenge.closes_at)})
    rows.append({"label": gettext("Organization"), "value": proposal.organization.display_name})
    rows.append({"label": gettext("Lead"), "value": proposal.lead.name})
    return rows


def latest_copy(proposal: Proposal) -> SealedCopy | None:
    """When the latest copy was sealed and its digest, without loading it."""
    return proposal.copies.order_by("-version").only("version", "ciphertext_sha256", "sealed_at").first()


def next_step(proposal: Proposal) -> str:
    """What comes next for the team, in one sentence."""
    challenge = proposal.challenge
    until = last_moment(challenge.closes_at)
    sentences = {
        P.SUBMITTED: gettext("It is sealed. Nobody reads it or learns of it before two openers open all proposals "
                             "together, after the deadline: %(until)s.") % {"until": until},
        P.OPENED: gettext("It was opened. The administration checks whether it is eligible."),
        P.ELIGIBLE: gettext("It is eligible. Experts score it now."),
        P.INELIGIBLE: gettext("It was found not eligible."),
        P.SCORED: gettext("All scores are in. The firm makes its shortlist."),
        P.SHORTLISTED: gettext("It is on the shortlist. The firm may ask you to a talk or visit you."),
        P.REJECTED: gettext("It was not chosen. The feedback says why."),
        P.WINNER: gettext("It was chosen. After the public notice the contract is made."),
        P.RESERVE: gettext("It is in reserve: it follows if a winner drops out."),
        P.CONTRACTED: gettext("The contract is concluded."),
        P.FELL_THROUGH: gettext("It was chosen, but no contract came of it. A reserve follows."),
        P.STOOD_DOWN: _stood_down(challenge) if proposal.state == P.STOOD_DOWN else "",
        P.WITHDRAWN: gettext("It was withdrawn. Only your organization knows of it."),
        P.NOT_SUBMITTED: gettext("It was not submitted before the deadline. The draft was deleted unread."),
        P.DROPPED: gettext("The challenge ended before the opening. Nobody read the proposal."),
    }  # fmt: skip
    if proposal.state == P.SUBMITTED and challenge.opening_planned_at:
        return " ".join(
            [sentences[P.SUBMITTED], gettext("Planned: %(at)s.") % {"at": moment(challenge.opening_planned_at)}]
        )
    return sentences.get(P(proposal.state), "")


def _stood_down(challenge: Challenge) -> str:
    """Why nobody follows any more, and what that means for a team that was in reserve."""
    signed = challenge.awards.filter(owner_signed_at__isnull=False, solver_signed_at__isnull=False).exists()
    why = (
        gettext("It was in reserve. The contract was signed with another team, so it does not follow any more.")
        if signed
        else gettext("It was in reserve. The challenge ended without a contract, so it does not follow any more.")
    )
    after = gettext(
        "Your organization is bound to nothing, and no money of yours is held. The proposal and its files stay here to "
        "read; the firm may neither disclose nor use the secrets in them (Civil Code Art. 501)."
    )
    return f"{why} {after}"


def attached(proposal: Proposal) -> list[dict[str, Any]]:
    """The files of an opened proposal as rows of the file list; consents of members last."""
    files = [(one, False) for one in proposal.opened.files.all()]
    return [
        {
            "name": one.original_name,
            "url": reverse("challenges:proposal_attachment", args=[proposal.number, one.pk]),
            "size": one.size,
            "sha256": one.sha256,
            "is_consent": signed,
            "note": gettext("signed consent of members") if signed else "",
        }
        for one, signed in [*files, *((one, True) for one in proposal.opened.consents.all())]
    ]


def list_rows(proposals) -> list[dict[str, Any]]:
    """My proposals, each with its deadline while something can be done."""
    acting = (P.DRAFT, P.SUBMITTED)
    return [
        {
            "proposal": one,
            "challenge": one.challenge,
            "until": one.challenge.closes_at if one.state in acting and one.challenge.permits("propose") else None,
        }
        for one in proposals
    ]
