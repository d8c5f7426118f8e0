"""What the review desk shows of a challenge: for the formal check, and with the experts' opinions for the second."""

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from challenges.models import Challenge, Opinion
from challenges.services import bounty
from challenges.services.checks import EXPERT
from foundation.core.display import day, enumerated, money

Row = tuple
PERCENT = 100


def facts_of_challenge(*, review) -> dict:
    """Groups of (label, value, field, agrees with the register or None), files, what blocks the approval."""
    challenge = (
        Challenge.objects.select_related("season", "owner__city", "industry")
        .prefetch_related("indicators", "payments", "criteria", "attachments__file", "opinions__expert__user")
        .filter(pk=review.subject_id)
        .first()
    )
    if challenge is None:
        return _deleted()
    groups = [
        (_("The problem"), _problem(challenge)),
        (_("Technical indicators"), _indicators(challenge)),
        (_("Bounty and payments"), _money(challenge)),
        (_("Terms and deadline"), _terms(challenge)),
        (_("How proposals are scored"), _rubric(challenge)),
    ]
    opinions = _opinions(challenge)
    if review.kind == EXPERT:
        groups.insert(0, (_("Experts' opinions"), opinions))
    blocking = review.kind == EXPERT and not any(one.given_at for one in _current(challenge))
    return {
        "groups": groups,
        "sections": [row for _title, rows in groups for row in rows],
        "checks": [],
        "counts": {},
        "blocking": blocking,
        "blocking_codes": [gettext("no expert's opinion yet")] if blocking else [],
        "url": reverse("challenges:challenge_opinions", args=[challenge.pk]),  # the public page is not there yet
        "files": list(challenge.attachments.all()),
        "extracts": {},
        "subject": challenge,
    }


def _deleted() -> dict:
    """What is left of a draft that the firm took back from the check and deleted: that it was so."""
    rows: list[Row] = [(_("State"), gettext("taken back by the firm, and deleted"), "state", None)]
    empty: dict = {"checks": [], "counts": {}, "blocking_codes": [], "files": [], "extracts": {}}
    return {"groups": [(_("The problem"), rows)], "sections": rows, "blocking": True, "url": "", **empty}


def _problem(challenge: Challenge) -> list[Row]:
    return [
        (_("List season"), challenge.season.title, "season", None),
        (_("Title"), challenge.title, "title", None),
        (_("Problem to be solved"), challenge.problem, "problem", None),
        (_("Background"), challenge.background or "—", "background", None),
        (_("IPC classes"), enumerated(challenge.ipc), "ipc", None),
        (_("Industry"), str(challenge.industry or "—"), "industry", None),
    ]


def _indicators(challenge: Challenge) -> list[Row]:
    must, wish = gettext("must be met"), gettext("desired")
    return [
        (row.name, f"{row.comparison} {row.target} {row.unit} · {row.method} · {must if row.must else wish}".strip(),
         "indicators", None)
        for row in challenge.indicators.all()
    ]  # fmt: skip


def _money(challenge: Challenge) -> list[Row]:
    rows: list[Row] = [
        (_("Bounty"), money(challenge.bounty), "bounty", None),
        (_("Secured before publication"), money(bounty.first_share(challenge)), "escrow", None),
    ]
    for one in challenge.payments.all():
        said = gettext("%(percent)s %% after %(months)d months: %(text)s") % {
            "percent": f"{one.share_bp / PERCENT:g}",
            "months": one.months,
            "text": one.deliverable,
        }
        rows.append((gettext("Payment %(n)d") % {"n": one.position}, said, "payment", None))
    return rows


def _terms(challenge: Challenge) -> list[Row]:
    contact = f"{challenge.contact_name} {challenge.contact_phone}".strip()
    return [
        (_("Last day for proposals"), day(challenge.deadline_date), "deadline", None),
        (_("Who may propose"), challenge.eligibility, "eligibility", None),
        (_("Cooperation"), challenge.get_mode_display(), "mode", None),
        (
            _("New rights"),
            f"{challenge.get_ownership_display()} {challenge.ownership_terms}".strip(),
            "ownership",
            None,
        ),
        (_("Winners at most"), str(challenge.most_winners), "winners", None),
        (_("Contact"), contact, "contact", None),
    ]


def _rubric(challenge: Challenge) -> list[Row]:
    return [(one.name, f"{one.weight_bp / PERCENT:g} %", "rubric", None) for one in challenge.criteria.all()]


def _current(challenge: Challenge) -> list[Opinion]:
    """The opinions on what was handed in last."""
    return [one for one in challenge.opinions.all() if one.round == challenge.check_round]


def _opinions(challenge: Challenge) -> list[Row]:
    rows: list[Row] = []
    for one in _current(challenge):
        if one.given_at is None:
            rows.append((one.expert.user.name, gettext("asked, not answered yet"), "opinion", None))
            continue
        marks = [(_("real"), one.is_real), (_("testable"), one.is_testable), (_("funded"), one.is_funded)]
        said = "；".join(f"{gettext('yes') if good else gettext('no')}: {name}" for name, good in marks)
        rows.append((one.expert.user.name, f"{said}。{one.text}", "opinion", None))
    return rows or [(_("Experts' opinions"), gettext("Ask an expert first."), "opinion", None)]
