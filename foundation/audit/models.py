"""Events (append only, chained per subject), their public positions, deliveries and seals."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.core import clock
from foundation.core.models import AwareDateTimeField
from foundation.core.refs import Ref


class Visibility(models.TextChoices):
    """Who may see an event: nobody outside the administration, the parties, everybody, or the parties alone.

    What is sealed is told to its own organization only: the administration does not learn that it exists.
    """

    PRIVATE = "private", _("administration only")
    PARTIES = "parties", _("parties")
    PUBLIC = "public", _("everybody")
    SEALED = "sealed", _("the organization alone")


class Event(models.Model):
    """One fact of the past. People and organizations only as ids; no personal data.

    ``data`` is {before, after, reason, facts}. ``xact`` is the transaction that wrote it (filled by the database).
    """

    seq = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=100)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    subject_number = models.CharField(max_length=60, blank=True)
    province = models.CharField(max_length=10, blank=True)
    actor_user_id = models.BigIntegerField(null=True)
    actor_organization_id = models.BigIntegerField(null=True)
    actor_role = models.CharField(max_length=40, blank=True)
    data = models.JSONField(default=dict)
    visibility = models.CharField(max_length=10, choices=Visibility)
    party_ids = ArrayField(models.BigIntegerField(), default=list)
    request_id = models.CharField(max_length=64, blank=True)
    occurred_at = AwareDateTimeField()
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)
    xact = models.BigIntegerField(default=0, editable=False)

    class Meta:
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "-seq"], name="audit_event_of_subject"),
            models.Index(fields=["name", "-seq"], name="audit_event_of_name"),
            models.Index(fields=["-occurred_at", "-seq"], name="audit_event_by_time"),
            models.Index(
                fields=["subject_number"], condition=~models.Q(subject_number=""), name="audit_event_of_number"
            ),
            GinIndex(fields=["party_ids"], name="audit_event_of_party"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.name} {self.subject_number or self.subject_id}"

    @property
    def subject(self) -> Ref:
        """What it is about."""
        return Ref(self.subject_kind, self.subject_id, self.subject_number)

    @property
    def facts(self) -> dict:
        """The facts the owner recorded (``data=`` of `record`)."""
        return self.data.get("facts") or {}

    @property
    def reason(self) -> str:
        """Why, in the words of whoever acted."""
        return self.data.get("reason") or ""


class EventPosition(models.Model):
    """The place of an event in the feed, given after its commit by the one relay; null until then."""

    event = models.OneToOneField(Event, models.DO_NOTHING, primary_key=True, related_name="public")
    position = models.BigIntegerField(null=True, unique=True)

    class Meta:
        indexes = [
            models.Index(fields=["event"], condition=models.Q(position=None), name="audit_event_without_position")
        ]

    def __str__(self) -> str:
        return f"{self.event_id} at {self.position}"


class Delivery(models.Model):
    """One event on its way to one subscriber."""

    class State(models.TextChoices):
        PENDING = "pending", _("waiting")
        DONE = "done", _("delivered")
        DEAD = "dead", _("given up")

    event = models.ForeignKey(Event, models.DO_NOTHING, related_name="deliveries")
    subscriber = models.CharField(max_length=100)
    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = AwareDateTimeField(default=clock.machine_now)
    done_at = AwareDateTimeField(null=True)
    last_error = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [models.UniqueConstraint(fields=["event", "subscriber"], name="audit_one_delivery_a_subscriber")]
        indexes = [
            models.Index(
                fields=["next_try_at", "id"], condition=models.Q(state="pending"), name="audit_delivery_waiting"
            )
        ]

    def __str__(self) -> str:
        return f"{self.event_id} to {self.subscriber}: {self.state}"


class Seal(models.Model):
    """The digest over all events up to a position, made once a day, published and kept elsewhere."""

    date = models.DateField(unique=True)
    head = models.BigIntegerField()  # the last position it covers
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)
    sealed_at = AwareDateTimeField(default=clock.machine_now)

    def __str__(self) -> str:
        return f"{self.date}: {self.hash}"
