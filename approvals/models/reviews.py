"""A case before the administration."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from approvals.lifecycle import OPEN, REVIEW, State
from foundation.core.models import AwareDateTimeField, Stamped, Stateful
from foundation.core.refs import Ref


class Review(Stateful, Stamped):
    """One case: whose, about what, until when. The subject is named, never loaded.

    `due_at` is half-open; it is empty while the case waits for a correction, and `workdays_left` keeps what was
    left of the time then. `correction_due_at` runs for the opener instead. `submitter_user` brought in the latest
    correction: like the opener, that person decides nothing here.
    """

    LIFECYCLE = REVIEW

    number = models.CharField(_("Review number"), max_length=40, unique=True)
    kind = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    subject_number = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=500)
    opener_user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    submitter_user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    organization = models.ForeignKey("accounts.Organization", on_delete=models.PROTECT, related_name="reviews")
    city = models.ForeignKey("accounts.City", on_delete=models.PROTECT, null=True, related_name="+")
    opened_at = AwareDateTimeField()
    workdays = models.PositiveSmallIntegerField()
    due_at = AwareDateTimeField(null=True)
    workdays_left = models.SmallIntegerField(default=0)
    correction_due_at = AwareDateTimeField(null=True)
    rounds = models.PositiveSmallIntegerField(default=0)
    reviewer = models.ForeignKey("accounts.Membership", on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = AwareDateTimeField(null=True)

    class Meta:
        verbose_name = _("Review")
        verbose_name_plural = _("Reviews")
        ordering = ["due_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_kind", "subject_id"],
                condition=Q(state__in=OPEN),
                name="approvals_one_open_review",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.CLAIMED, State.DECIDED]) | Q(reviewer__isnull=False),
                name="approvals_claimed_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.CORRECTION) | Q(correction_due_at__isnull=False),
                name="approvals_correction_has_deadline",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due_at"], name="approvals_queue"),
            models.Index(fields=["subject_kind", "subject_id"], name="approvals_subject"),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        """The case on the review desk."""
        return reverse("approvals:detail", args=[self.number])

    @property
    def maker_ids(self) -> set[int | None]:
        """The users who opened or corrected it: they decide nothing here."""
        return {self.opener_user_id, self.submitter_user_id}

    @property
    def subject(self) -> Ref:
        """What is reviewed."""
        return Ref(self.subject_kind, self.subject_id, self.subject_number)
