"""Notices on the site, what people want to be told, and messages on their way."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.core import clock
from foundation.core.models import AwareDateTimeField, Stamped


class Notice(models.Model):
    """One event told to one person on the site. The sentence is made when it is read."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    event = models.ForeignKey("audit.Event", on_delete=models.DO_NOTHING, related_name="+")
    name = models.CharField(max_length=100)
    why = models.CharField(max_length=300, blank=True)
    created_at = AwareDateTimeField(default=clock.stamp)
    read_at = AwareDateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("Notice")
        verbose_name_plural = _("Notices")
        constraints = [models.UniqueConstraint(fields=["user", "event"], name="notifications_one_notice")]
        indexes = [models.Index(fields=["user"], condition=Q(read_at=None), name="notifications_unread")]

    def __str__(self):
        return f"{self.name} to {self.user_id}"


class Channel(models.TextChoices):
    INBOX = "inbox", _("On the site")
    EMAIL = "email", _("By e-mail")


class Preference(Stamped):
    """What a person switched off or on; nothing stored means told by every channel."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_preferences")
    topic = models.CharField(max_length=60)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    is_on = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "topic", "channel"], name="notifications_one_preference")
        ]

    def __str__(self):
        return f"{self.user_id} {self.topic} {self.channel}: {self.is_on}"


def new_message_id():
    """The part before the @ of Message-ID: made once, the same in every try."""
    return uuid.uuid4().hex


class Dispatch(models.Model):
    """One message to one address. Made with the fact it tells, sent later, never twice.

    A notice is rendered from its event, a digest from its hits, at the moment of sending;
    a letter (invitation, password) carries its text, which is erased once it is sent.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENT = "sent", _("sent")
        DEAD = "dead", _("given up")

    class Kind(models.TextChoices):
        NOTICE = "notice", _("notice")
        DIGEST = "digest", _("digest")
        LETTER = "letter", _("letter")

    kind = models.CharField(max_length=10, choices=Kind.choices)
    channel = models.CharField(max_length=10, choices=Channel.choices, default=Channel.EMAIL)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    invitation = models.ForeignKey("accounts.Invitation", on_delete=models.CASCADE, null=True, related_name="+")
    event = models.ForeignKey("audit.Event", on_delete=models.DO_NOTHING, null=True, related_name="+")
    address = models.EmailField()
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    why = models.CharField(max_length=300, blank=True)
    message_id = models.CharField(max_length=32, unique=True, default=new_message_id)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = AwareDateTimeField(default=clock.machine_now)
    created_at = AwareDateTimeField(default=clock.stamp)
    sent_at = AwareDateTimeField(null=True)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name_plural = "dispatches"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "event", "channel"],
                condition=Q(event__isnull=False, user__isnull=False),
                name="notifications_one_dispatch",
            ),
            models.UniqueConstraint(
                fields=["invitation", "channel"],
                condition=Q(invitation__isnull=False),
                name="notifications_one_invitation_mail",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at", "id"],
                condition=Q(state="waiting"),
                name="notifications_waiting",
            )
        ]

    def __str__(self):
        return f"{self.kind} {self.pk}: {self.state}"
