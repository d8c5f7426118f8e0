"""Keys of the openers and the opening: an event with two of them present, and a record of it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from challenges.models.challenge import Challenge
from challenges.models.proposal import SealedCopy
from challenges.models.season import ListSeason
from foundation.core.models import AwareDateTimeField, Stamped


class OpenerKey(Stamped):
    """The public half of an opener's key; the private half was handed out once and is nowhere on the platform.

    Every proposal is sealed so that any two different openers of its season can open it together (layered sealed
    boxes for each pair). Three openers, so one lost share loses nothing.
    """

    class Part(models.TextChoices):
        OFFICER = "officer", _("Administration")
        SUPERVISOR = "supervisor", _("Supervision")
        CUSTODIAN = "custodian", _("Custodian of the spare share")

    season = models.ForeignKey(ListSeason, models.PROTECT, related_name="opener_keys")
    part = models.CharField(_("part"), max_length=10, choices=Part)
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    public_key = models.CharField(max_length=64)  # Curve25519, base64
    fingerprint = models.CharField(max_length=64, unique=True)
    retired_at = AwareDateTimeField(null=True)  # lost: proposals from now on are sealed without it

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["season", "part"], condition=Q(retired_at__isnull=True), name="challenges_one_key_a_part"
            ),
            models.UniqueConstraint(
                fields=["season", "holder"], condition=Q(retired_at__isnull=True), name="challenges_one_key_a_holder"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part} of {self.season_id}"


class Opening(Stamped):
    """The opening of all proposals of a challenge at once; its record is kept and open to all.

    Given up where too few shares were left, or where it found nothing and the deadline was extended: then there is
    another one.
    """

    challenge = models.ForeignKey(Challenge, models.PROTECT, related_name="openings")
    begun_at = AwareDateTimeField()
    finished_at = AwareDateTimeField(null=True)
    proposals = models.PositiveIntegerField(null=True)  # told to nobody before `finished_at`
    record = models.JSONField(default=dict)
    damaged_at = AwareDateTimeField(null=True)  # a copy turned out to be changed
    given_up_at = AwareDateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["challenge"], condition=Q(given_up_at__isnull=True), name="challenges_one_opening"
            )
        ]
        verbose_name = _("Opening of proposals")

    def __str__(self) -> str:
        return f"opening of {self.challenge_id}"


class ShareHandedIn(models.Model):
    """Who handed in a share at the opening (append-only). The share itself stays in memory and is never stored."""

    opening = models.ForeignKey(Opening, models.PROTECT, related_name="shares")
    key = models.ForeignKey(OpenerKey, models.PROTECT, related_name="+")
    handed_in_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = AwareDateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["opening", "key"], name="challenges_share_once"),
            models.UniqueConstraint(fields=["opening", "handed_in_by"], name="challenges_one_share_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.key_id} at {self.at}"


class HalfOpened(models.Model):
    """What one opener left of a copy's boxes: still shut for everybody but another opener."""

    opening = models.ForeignKey(Opening, models.CASCADE, related_name="half_opened")
    copy = models.ForeignKey(SealedCopy, models.PROTECT, related_name="half_opened")
    share = models.ForeignKey(ShareHandedIn, models.CASCADE, related_name="half_opened")
    boxes = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["copy", "share"], name="challenges_half_opened_once")]

    def __str__(self) -> str:
        return f"{self.copy_id} half opened"


class Reopening(models.Model):
    """Proposals are to be taken again: an officer asks for it, another one confirms the same day.

    What was asked does not change (a trigger); who wants another day asks anew, in a row of their own.
    """

    challenge = models.ForeignKey(Challenge, models.PROTECT, related_name="reopenings")
    last_day = models.DateField()
    reason = models.CharField(max_length=2000)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = AwareDateTimeField()
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    confirmed_at = AwareDateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["challenge"], condition=Q(confirmed_at__isnull=True), name="challenges_one_reopening_asked"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("asked_by")),
                name="challenges_reopening_two_persons",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="challenges_reopening_confirmed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"reopening of {self.challenge_id}"
