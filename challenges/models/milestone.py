"""Milestones, what is handed in for them, and how they were accepted."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from challenges.lifecycle_parties import MILESTONE
from challenges.models.award import Award
from challenges.models.challenge import Indicator
from foundation.core.models import AwareDateTimeField, Stamped, Stateful
from foundation.core.money import Money


class Milestone(Stateful, Stamped):
    """A milestone of a contract; accepted, its share of the bounty is paid out of the escrow."""

    LIFECYCLE = MILESTONE

    award = models.ForeignKey(Award, models.PROTECT, related_name="milestones")
    position = models.PositiveSmallIntegerField()
    deliverable = models.CharField(_("deliverable"), max_length=300)
    due_date = models.DateField(_("due"))
    amount_fen = models.BigIntegerField(_("amount"))
    reworks = models.PositiveSmallIntegerField(default=0)
    hand_in_by_at = AwareDateTimeField(null=True)  # set when the work on it starts, and again by rework
    decide_by_at = AwareDateTimeField(null=True)
    next_check_at = AwareDateTimeField(null=True, db_index=True)

    class Meta:
        ordering = ["award", "position"]
        verbose_name = _("Milestone")
        constraints = [
            models.UniqueConstraint(fields=["award", "position"], name="challenges_milestone_once"),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="challenges_milestone_is_positive"),
            models.CheckConstraint(condition=Q(reworks__lte=2), name="challenges_milestone_rework_twice"),
        ]

    def __str__(self) -> str:
        return f"{self.award}/{self.position}"

    @property
    def number(self) -> str:
        """What events call it."""
        return f"{self.award.number}/{self.position}"

    def get_absolute_url(self) -> str:
        """The page of the two parties."""
        return reverse("challenges:milestone_detail", args=[self.award.number, self.position])

    @property
    def due_at(self) -> datetime | None:
        """Until when somebody has to act: the team hands in, or the firm decides."""
        return self.hand_in_by_at if self.permits("deliver") else self.decide_by_at if self.permits("decide") else None

    @property
    def amount(self) -> Money:
        return Money(self.amount_fen)


class Deliverable(Stamped):
    """What the team handed in for a milestone; after rework a new one."""

    milestone = models.ForeignKey(Milestone, models.PROTECT, related_name="deliverables")
    round = models.PositiveSmallIntegerField()
    text = models.TextField(_("report"), max_length=6000)
    files = models.ManyToManyField("documents.File", related_name="+")
    handed_in_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    handed_in_at = AwareDateTimeField()

    class Meta:
        ordering = ["round"]
        constraints = [models.UniqueConstraint(fields=["milestone", "round"], name="challenges_deliverable_once")]

    def __str__(self) -> str:
        return f"{self.milestone_id}: {self.round}"


class Acceptance(Stamped):
    """The decision about what was handed in."""

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", _("Acceptance passed")
        REWORK = "rework", _("Sent back for rework")
        FAILED = "failed", _("Not met")

    deliverable = models.OneToOneField(Deliverable, models.PROTECT, related_name="acceptance")
    outcome = models.CharField(_("decision"), max_length=8, choices=Outcome)
    reason = models.TextField(_("reasons"), max_length=4000)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = AwareDateTimeField()

    def __str__(self) -> str:
        return f"{self.outcome} {self.deliverable_id}"


class Measurement(models.Model):
    """What was measured for an indicator at an acceptance."""

    acceptance = models.ForeignKey(Acceptance, models.CASCADE, related_name="measurements")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="measurements")
    value = models.CharField(_("measured"), max_length=100)
    is_met = models.BooleanField(_("met"))

    class Meta:
        ordering = ["indicator__position"]
        constraints = [models.UniqueConstraint(fields=["acceptance", "indicator"], name="challenges_measured_once")]

    def __str__(self) -> str:
        return self.value
