"""Subjects of what people are told about challenges, in the states in which they are told."""

from typing import Any

from approvals.models import Review
from approvals.services.correcting import lapse
from challenges.models import Challenge
from challenges.services import checks, openers, opening, publishing, rooms
from challenges.services.proposing import start
from foundation.core import clock
from tests.factories import accounts as people
from tests.factories import challenges as make
from tests.notifications.scenes_contracts import Contracts
from tests.notifications.scenes_judging import Judging

# For each kind of event the scene by its verb; "" is the scene of every other verb.
SCENES = {
    "challenges.challenge": {
        "": "submitted", "return": "returned", "resubmit": "resubmitted",
        "lapse": "lapsed", "refuse": "refused", "pass_formal": "passed",
        "not_secured": "unsecured", "approve": "approved",
        "publish": "published", "asked": "published", "answered": "published",
        "extend": "published", "close": "closed", "share_handed_in": "closed", "cancel": "cancelled",
        "find_none": "no_proposal", "end_without": "ended_without", "open_proposals": "opened",
        "reserves_used_up": "opened", "scored": "scored", "award_none": "unawarded", "select": "selected",
        "give_notice": "in_notice", "objected": "in_notice", "objection_decided": "in_notice",
        "reconsider": "reconsidered", "confirm": "confirmed", "promote": "promoted",
    },
    "challenges.proposal": {
        "": "sealed", "miss": "missed", "drop": "dropped", "open": "read", "admit": "read", "exclude": "excluded",
        "shortlist": "winning", "win": "winning", "keep": "winning", "talked": "winning", "reject": "rejected",
        "reconsider": "reconsidered_proposal", "stand_down": "stood_down",
    },
    "challenges.seat": {"": "invited", "expire": "expired", "reminded": "scoring", "lapse": "late"},
    "challenges.award": {
        "": "to_sign", "sign": "running", "end_asked": "running", "complete": "completed", "fail": "failed",
        "terminate": "terminated",
    },
    "challenges.milestone": {
        "": "due", "submit": "handed_in", "review": "in_acceptance", "accept": "accepted", "send_back": "in_rework",
        "fail": "not_met",
    },
    "challenges.listseason": {"": "season"},
}  # fmt: skip


def kind_of(event_name: str) -> str:
    """What an event of challenges is about, with the state in which it is told."""
    kind, _dot, verb = event_name.rpartition(".")
    scenes = SCENES.get(kind)
    return f"challenges.{scenes.get(verb, scenes[''])}" if scenes else kind


class Challenges(Judging, Contracts):
    """Everything happens in one season, to one firm; each scene is a method that gives (subject, facts)."""

    def __init__(self) -> None:
        self.firm, self.team, self.rival = people.member("owner"), people.patentee(), people.patentee()
        self._cast = None

    @property
    def cast(self) -> make.Cast:
        """Made when the first scene asks."""
        self._cast = self._cast or make.Cast()
        return self._cast

    def made(self) -> dict[str, Any]:
        """A maker for every scene, by its kind."""
        names = {name for scenes in SCENES.values() for name in scenes.values()}
        return {f"challenges.{name}": lambda name=name: [getattr(self, name)()] for name in names}

    # before the publication

    def _sent(self) -> Challenge:
        return checks.submit(challenge=make.draft(self.cast, self.firm), actor=self.firm)

    def submitted(self):
        challenge, expert = self._sent(), make.expert()
        checks.ask_opinion(challenge=challenge, expert=expert, actor=self.cast.officer)
        return challenge, {"expert": expert.pk}

    def returned(self):
        return make.decide(self._sent(), checks.FORMAL, "return", self.cast.officer, text="请补正"), {}

    def resubmitted(self):
        """The expert check returned it; it goes through the formal check again."""
        passed, _facts = self.passed()
        returned = make.decide(passed, checks.EXPERT, "return", self.cast.second, text="指标无法测试")
        return checks.submit(challenge=returned, actor=self.firm), {}

    def lapsed(self):
        challenge, _facts = self.returned()
        with clock.at(challenge.correction_due_at):
            assert lapse(review=Review.objects.get(subject_id=challenge.pk, kind=checks.FORMAL))
        return Challenge.objects.get(pk=challenge.pk), {}

    def refused(self):
        return make.decide(
            self._sent(), checks.FORMAL, "reject", self.cast.officer, reasons=["R99"], text="并非技术需求"
        ), {}

    def passed(self):
        return make.decide(self._sent(), checks.FORMAL, "approve", self.cast.officer), {}

    def approved(self):
        return make.approved(self.cast, self.firm), {}

    def unsecured(self):
        challenge = make.approved(self.cast, self.firm)
        with clock.at(challenge.obligation.due_at):
            assert publishing.end_unsecured_due(challenge=challenge)
        return Challenge.objects.get(pk=challenge.pk), {}

    # in the list

    def _listed(self, *teams) -> Challenge:
        challenge = make.published(self.cast, self.firm)
        for team in teams:
            make.submitted(challenge, team)
        return challenge

    def published(self):
        """A team signed the agreement of confidentiality and asked."""
        challenge = self._listed()
        pinned = make.texts.sha256_of(challenge.season, make.texts.NDA)
        rooms.sign_nda(challenge=challenge, sha256=pinned, actor=self.team)
        rooms.ask(challenge=challenge, text="是否可以联合？", actor=self.team)
        return challenge, {}

    def sealed(self):
        challenge = self._listed(self.team)
        return challenge.proposals.get(), {"challenge": challenge.number}

    def cancelled(self):
        challenge, _facts = self.published()
        make.submitted(challenge, self.team)
        return publishing.cancel(challenge=challenge, reason="投资计划调整。", actor=self.firm), {}

    def dropped(self):
        challenge, _facts = self.cancelled()
        return challenge.proposals.get(), {"challenge": challenge.number}

    def closed(self):
        """One opener handed in a share; a draft came too late."""
        challenge = self._listed(self.team)
        start(challenge=challenge, actor=self.rival)
        with clock.at(challenge.closes_at):
            assert publishing.close_due(challenge=challenge)
            said = {"share": self.cast.shares["supervisor"], "passphrase": make.PASSPHRASE}
            opening.hand_in(challenge=challenge, actor=self.cast.auditor, **said)
        return Challenge.objects.get(pk=challenge.pk), {}

    def missed(self):
        challenge, _facts = self.closed()
        return challenge.proposals.get(organization=self.rival.organization), {"challenge": challenge.number}

    def no_proposal(self):
        challenge = self._listed()
        with clock.at(challenge.closes_at):
            return make.opened(self.cast, challenge), {}

    def ended_without(self):
        challenge, _facts = self.no_proposal()
        return publishing.end_without(challenge=challenge, actor=self.firm), {}

    # the openers

    def season(self):
        """One of three keys is lost."""
        cast = make.Cast()
        key = cast.season.opener_keys.get(part="custodian")
        openers.retire_key(key=key, reason="遗失", actor=cast.finance)
        return cast.season, {}
