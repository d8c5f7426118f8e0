"""Base classes of models, and the few tables of the ground."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.core import clock
from foundation.core.dbguards import InstallStateGuard
from foundation.core.lifecycle import Lifecycle

state_guard = InstallStateGuard


class AwareDateTimeField(models.DateTimeField):
    """A moment with its time zone, stored as UTC. A naive datetime is refused instead of guessed."""

    def get_prep_value(self, value):
        if hasattr(value, "tzinfo") and timezone.is_naive(value):
            raise ValidationError(_("A moment needs a time zone."), code="naive")
        return super().get_prep_value(value)


class Stateful(models.Model):
    """A row with a lifecycle. ``state`` is written by `audit.advance` only; the database refuses anything else.

    Concrete models set ``LIFECYCLE`` and add ``InstallStateGuard("app.Model", LIFECYCLE)`` to their migration.
    """

    LIFECYCLE: ClassVar[Lifecycle]

    state = models.CharField(_("state"), max_length=40, editable=False)
    state_since = AwareDateTimeField(_("in this state since"), default=clock.stamp, editable=False)

    class Meta:
        abstract = True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "state" in self.__dict__ and not self.__dict__["state"]:
            self.__dict__["state"] = str(self.LIFECYCLE.initial)

    @property
    def state_label(self) -> str:
        """The label of the state, untranslated (`gettext` it where it is shown)."""
        return self.LIFECYCLE.label(self.state)

    def permits(self, verb: str) -> bool:
        """Whether something may be done in the present state."""
        return self.LIFECYCLE.permits(self.state, verb)


class Stamped(models.Model):
    """When a row was made and last saved (UTC; for people, never for decisions)."""

    created_at = AwareDateTimeField(_("created at"), default=clock.stamp, editable=False)
    updated_at = AwareDateTimeField(_("updated at"), default=clock.stamp, editable=False)

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        self.updated_at = clock.stamp()
        names = kwargs.get("update_fields")
        if names is not None:
            kwargs["update_fields"] = {*names, "updated_at"}
        super().save(*args, **kwargs)


class Holiday(models.Model):
    """A day that differs from its week: a free weekday, or a weekend day on which people work."""

    class Kind(models.TextChoices):
        REST = "rest", _("day off")
        WORK = "work", _("working day")

    date = models.DateField(_("date"), unique=True)
    kind = models.CharField(_("kind"), max_length=4, choices=Kind)
    is_announced = models.BooleanField(_("announced"), default=True)  # False: known from the law alone so far

    def __str__(self) -> str:
        return f"{self.date} {self.kind}"


class NumberSequence(models.Model):
    """The last number given in a scheme and year. Its row lock keeps the numbers without gaps."""

    scheme = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scheme", "year"], name="core_one_sequence_a_year")]

    def __str__(self) -> str:
        return f"{self.scheme} {self.year}: {self.last}"


class KeptAnswer(models.Model):
    """The answer to a request that may be repeated: same key and same body get it again."""

    scope = models.CharField(max_length=200)
    key = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)
    answer = models.JSONField(null=True)
    created_at = AwareDateTimeField(default=clock.stamp, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "key"], name="core_one_answer_a_key")]

    def __str__(self) -> str:
        return f"{self.scope} {self.key}"
