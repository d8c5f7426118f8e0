"""Experts, the random draw, seats on a panel, scores and conflicts."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from challenges.lifecycle_parties import SEAT
from challenges.models.challenge import Challenge, Criterion
from challenges.models.proposal import Proposal
from foundation.core.models import AwareDateTimeField, Stamped, Stateful


class Expert(Stamped):
    """A person of the pool."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="expert")
    unit = models.ForeignKey("accounts.Organization", models.PROTECT, null=True, related_name="+")
    unit_name = models.CharField(_("unit"), max_length=200)
    title = models.CharField(_("professional title"), max_length=100, blank=True)
    ipc = ArrayField(models.CharField(max_length=20), default=list, verbose_name=_("fields (IPC)"))
    names = ArrayField(models.CharField(max_length=100), default=list)  # as an inventor's name on the register
    coauthors = ArrayField(models.CharField(max_length=100), default=list, verbose_name=_("co-authors of 3 years"))
    is_active = models.BooleanField(_("in the pool"), default=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("Expert")

    def __str__(self) -> str:
        return f"expert {self.pk}"


class Opinion(Stamped):
    """What an expert says before a challenge is approved: is it real, can it be tested, is it paid well enough.

    Read and answered after a signed promise of secrecy only; who has a conflict steps back (`declined_at`).
    """

    challenge = models.ForeignKey(Challenge, models.PROTECT, related_name="opinions")
    expert = models.ForeignKey(Expert, models.PROTECT, related_name="opinions")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = AwareDateTimeField()
    is_real = models.BooleanField(_("the problem is real"), null=True)
    is_testable = models.BooleanField(_("the indicators can be tested"), null=True)
    is_funded = models.BooleanField(_("the bounty fits the work"), null=True)
    text = models.TextField(_("reasons"), max_length=4000, blank=True)
    given_at = AwareDateTimeField(null=True)
    promised_at = AwareDateTimeField(null=True)  # no conflict, and secrecy promised
    promise_sha256 = models.CharField(max_length=64, blank=True)
    declined_at = AwareDateTimeField(null=True)
    round = models.PositiveSmallIntegerField(default=1)  # `Challenge.check_round`: after a correction one asks again

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["challenge", "expert", "round"], name="challenges_opinion_once"),
            models.CheckConstraint(
                condition=Q(given_at__isnull=True) | Q(promised_at__isnull=False, declined_at__isnull=True),
                name="challenges_opinion_after_the_promise",
            ),
            models.CheckConstraint(
                condition=Q(promised_at__isnull=True) | ~Q(promise_sha256=""),
                name="challenges_promise_names_its_text",
            ),
        ]

    def __str__(self) -> str:
        return f"opinion of {self.expert_id} on {self.challenge_id}"


class Conflict(Stamped):
    """An expert may have nothing to do with a proposal: declared, or found by the rules."""

    class Kind(models.TextChoices):
        UNIT = "unit", _("Same unit or group")
        COAUTHOR = "coauthor", _("Co-author or co-inventor")
        DECLARED = "declared", _("Declared by the expert")
        OFFICE = "office", _("Found by the administration")

    expert = models.ForeignKey(Expert, models.PROTECT, related_name="conflicts")
    challenge = models.ForeignKey(Challenge, models.PROTECT, related_name="+")
    proposal = models.ForeignKey(Proposal, models.PROTECT, null=True, related_name="conflicts")  # null: the whole
    kind = models.CharField(max_length=8, choices=Kind)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["expert", "challenge", "proposal", "kind"],
                nulls_distinct=False,
                name="challenges_conflict_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.expert_id} and {self.challenge_id}"


class Draw(models.Model):
    """A random draw that anybody can repeat from what is stored (append-only)."""

    challenge = models.ForeignKey(Challenge, models.PROTECT, related_name="draws")
    seed = models.CharField(max_length=64)  # hex, from the system's randomness, written before anything is drawn
    size = models.PositiveSmallIntegerField(default=0)  # seats to fill
    reserves = models.PositiveSmallIntegerField(default=0)
    eligible = models.JSONField()  # ids of experts, ascending
    outside = models.JSONField(default=list)  # those of them who are not of the firm's unit or group
    excluded = models.JSONField()  # {id: kind of conflict}
    drawn = models.JSONField()  # ids in the order drawn: seats first, then reserves
    drawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    drawn_at = AwareDateTimeField()

    def __str__(self) -> str:
        return f"draw {self.pk}"


class Seat(Stateful, Stamped):
    """An expert's seat on the panel of a challenge."""

    LIFECYCLE = SEAT

    challenge = models.ForeignKey(Challenge, models.PROTECT, related_name="seats")
    expert = models.ForeignKey(Expert, models.PROTECT, related_name="seats")
    draw = models.ForeignKey(Draw, models.PROTECT, related_name="seats")
    alias = models.CharField(max_length=4)  # "E3": what teams and other experts read instead of a name
    is_outside = models.BooleanField()  # not of the firm's unit or group
    answer_by_at = AwareDateTimeField()
    declared_at = AwareDateTimeField(null=True)  # no conflict, and secrecy promised
    score_by_at = AwareDateTimeField(null=True)  # from the acceptance on
    reminded_at = AwareDateTimeField(null=True)  # of the scores

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["challenge", "expert"], name="challenges_one_seat_an_expert"),
            models.UniqueConstraint(fields=["challenge", "alias"], name="challenges_alias_once"),
        ]

    def __str__(self) -> str:
        return f"{self.alias} of {self.challenge_id}"


class Score(Stamped):
    """One expert's score for one criterion of one proposal; hidden from other experts until theirs are in."""

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="scores")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    points = models.PositiveSmallIntegerField(_("points"), null=True)  # 0 to 100; null while not given
    comment = models.TextField(_("comment"), blank=True, max_length=2000)
    handed_in_at = AwareDateTimeField(null=True)  # from then on a trigger refuses every change

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seat", "proposal", "criterion"], name="challenges_score_once"),
            models.CheckConstraint(
                condition=Q(points__isnull=True) | Q(points__lte=100), name="challenges_points_to_100"
            ),
            models.CheckConstraint(
                condition=Q(handed_in_at__isnull=True) | Q(points__isnull=False), name="challenges_handed_in_has_points"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat_id}: {self.proposal_id}"


class TalkNote(models.Model):
    """What was said or seen at a talk with a shortlisted team, or at its site (append-only)."""

    class Kind(models.TextChoices):
        TALK = "talk", _("Talk")
        VISIT = "visit", _("Site visit")

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="talk_notes")
    kind = models.CharField(_("kind"), max_length=5, choices=Kind)
    held_on = models.DateField(_("held on"))
    participants = models.CharField(_("participants"), max_length=500)
    text = models.TextField(_("what was found"), max_length=4000)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = AwareDateTimeField()

    class Meta:
        ordering = ["held_on", "pk"]

    def __str__(self) -> str:
        return f"{self.kind} with {self.proposal_id}"


class Feedback(Stamped):
    """What a team that was not chosen is told: every one gets it."""

    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="feedback")
    text = models.TextField(_("feedback"), max_length=4000)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    given_at = AwareDateTimeField()

    def __str__(self) -> str:
        return f"feedback on {self.proposal_id}"
