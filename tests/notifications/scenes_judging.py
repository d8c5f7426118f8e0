"""Scenes of challenges from the opening to the end of the public notice; see `scenes_challenges`."""

from challenges.services import noticing, panels, promoting, seat_timers, selecting
from foundation.core import clock
from foundation.core.money import Money
from tests.factories import challenge_work as work
from tests.factories import challenges as make
from tests.factories import judging

STEPS = ("score", "choose", "announce", "uphold")


class Judging:
    """Needs ``cast``, ``firm``, ``team``, ``rival`` and ``_listed``."""

    def _judged(self, until: str = "read") -> judging.Judged:
        """Two proposals, on the way up to a step; the rival's comes second."""
        challenge = self._listed(self.team, self.rival)
        found = judging.Judged(self.cast, challenge, self.firm, [self.team, self.rival])
        with clock.at(challenge.closes_at):
            judging.read(found)
            for step in STEPS[: STEPS.index(until) + 1] if until != "read" else ():
                getattr(self, f"_{step}")(found)
        found.fresh()
        return found

    def _score(self, found) -> None:
        found.scored(*(90 if found.team_of(one) == self.team else 60 for one in found.proposals))

    def _choose(self, found) -> None:
        best, second = self._of(found, self.team), self._of(found, self.rival)
        selecting.give_feedback(proposal=second, text="成本偏高。", actor=self.firm)
        selecting.shortlist(challenge=found.challenge, numbers=[best.number], reason="", actor=self.firm)
        winners = {best.number: Money(4_000_000_00)}
        selecting.select(challenge=found.fresh(), winners=winners, reason="", actor=self.firm)

    def _announce(self, found) -> None:
        noticing.give_notice(challenge=found.fresh(), actor=self.cast.officer)
        noticing.object_to(challenge=found.fresh(), reason="评分有误", actor=self.rival)

    def _uphold(self, found) -> None:
        said = {"upheld": True, "answer": "重新评定。", "actor": self.cast.officer}
        noticing.decide_objection(objection=found.challenge.objections.get(), **said)

    @staticmethod
    def _of(found, team):
        return Judging._at(found.challenge, team)

    @staticmethod
    def _at(challenge, team):
        return challenge.proposals.get(organization=team.organization)

    def opened(self):
        return self._judged().challenge, {}

    def read(self):
        found = self._judged()
        return self._of(found, self.team), {"challenge": found.challenge.number}

    def excluded(self):
        challenge = self._listed(self.team)
        with clock.at(challenge.closes_at):
            found = make.opened(self.cast, challenge).proposals.get()
            said = {"eligible": False, "reason": "缺少承诺书", "actor": self.cast.officer}
            return panels.judge_eligibility(proposal=found, **said), {}

    def invited(self):
        found = self._judged()
        with clock.at(found.challenge.closes_at):
            panels.draw_panel(challenge=found.challenge, actor=self.cast.officer)
        return found.challenge.seats.first(), {"challenge": found.challenge.number}

    def expired(self):
        seat, facts = self.invited()
        with clock.at(seat.answer_by_at):
            assert panels.expire_due(seat=seat)
        return seat, facts

    def scoring(self):
        found = self._judged()
        with clock.at(found.challenge.closes_at):
            seat, _expert = found.seated()[0]
        return seat, {"challenge": found.challenge.number, "score_by": seat.score_by_at}

    def late(self):
        seat, facts = self.scoring()
        with clock.at(seat.score_by_at):
            assert seat_timers.lapse_due(seat=seat)
        return seat, facts

    def scored(self):
        return self._judged("score").challenge, {}

    def unawarded(self):
        found = self._judged("score")
        for one in found.proposals:
            selecting.give_feedback(proposal=one, text="成本偏高。", actor=self.firm)
        return selecting.award_none(challenge=found.challenge, reason="均未达到要求。", actor=self.firm), {}

    def selected(self):
        return self._judged("choose").challenge, {}

    def in_notice(self):
        challenge = self._judged("announce").challenge
        return challenge, {"objection": challenge.objections.get().pk}

    def winning(self):
        return self._of(self._judged("announce"), self.team), {}

    def rejected(self):
        return self._of(self._judged("announce"), self.rival), {}

    def reconsidered(self):
        return self._judged("uphold").challenge, {}

    def reconsidered_proposal(self):
        return self._of(self._judged("uphold"), self.team), {}

    def promoted(self):
        challenge = work.awarded(self.cast, self.firm, [self.team, self.rival], reserve=self.rival)
        award = challenge.awards.get()
        said = {"amount": award.amount, "reason": "中选团队放弃签约。", "actor": self.cast.officer}
        return promoting.promote(award=award, **said).challenge, {}

    def stood_down(self):
        challenge = work.awarded(self.cast, self.firm, [self.team, self.rival], reserve=self.rival)
        with clock.at(challenge.notice_until_at):
            work.signed(challenge.awards.get(), self.firm, self.team)
        return self._at(challenge, self.rival), {"challenge": challenge.number, "signed": True}

    def confirmed(self):
        return self.to_sign()[0].challenge, {}
