"""Scenes of contracts of challenges and of their milestones; see `scenes_challenges`."""

from datetime import timedelta

from challenges.services import ending, overdue
from foundation.core import clock
from tests.factories import challenge_work as work

GRACE = timedelta(days=30)  # after which the firm may find not met what never came


class Contracts:
    """Needs ``cast``, ``firm``, ``team`` and ``rival``."""

    def to_sign(self):
        return work.awarded(self.cast, self.firm, [self.team, self.rival]).awards.get(), {}

    def running(self):
        return work.running(self.firm, self.team, self.cast), {}

    def terminated(self):
        award, _facts = self.running()
        return ending.terminate(award=award, reason="双方协商一致。", actor=self.firm), {}

    def completed(self):
        award, _facts = self.running()
        for position in (1, 2, 3):
            if position > 1:
                work.paid_in(award.challenge)
            work.decided(award.milestones.get(position=position), self.firm, self.team)
        award.refresh_from_db()
        return award, {}

    def failed(self):
        return self.not_met()[0].award, {}

    def due(self):
        return self.running()[0].milestones.get(position=1), {}

    def not_met(self):
        milestone, _facts = self.due()
        with clock.at(milestone.hand_in_by_at + GRACE):
            return overdue.find_not_met(milestone=milestone, reason="未提交", actor=self.firm), {}

    def handed_in(self):
        return work.handed_in(self.due()[0], self.team), {}

    def in_acceptance(self):
        return work.milestones.begin_acceptance(milestone=self.handed_in()[0], actor=self.firm), {}

    def accepted(self):
        return work.decided(self.due()[0], self.firm, self.team), {}

    def in_rework(self):
        return work.decided(self.due()[0], self.firm, self.team, "rework", met=False), {}
