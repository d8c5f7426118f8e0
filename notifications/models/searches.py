"""Saved searches and what they found."""

import secrets

from django.conf import settings
from django.core import signing
from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.core import clock
from foundation.core.models import AwareDateTimeField, Stamped

UNSUBSCRIBE = "notifications.unsubscribe"


def new_key():
    """The unguessable part of a search's addresses."""
    return secrets.token_urlsafe(18)


class SavedSearch(Stamped):
    """A search that a person wants to hear about. `since` is when it was last looked through."""

    class Frequency(models.TextChoices):
        INSTANT = "instant", _("At once")
        DAILY = "daily", _("Daily, at 8 in the morning")
        WEEKLY = "weekly", _("Weekly, on Monday at 8")
        NEVER = "never", _("No mail, Atom feed only")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches")
    kind = models.CharField(max_length=60)
    query = models.CharField(max_length=2000, blank=True)
    name = models.CharField(_("Name"), max_length=120, blank=True)
    frequency = models.CharField(_("How often"), max_length=10, choices=Frequency.choices, default=Frequency.DAILY)
    key = models.CharField(max_length=40, unique=True, default=new_key, editable=False)
    begins_at = AwareDateTimeField(default=clock.stamp)
    since = AwareDateTimeField(default=clock.stamp)
    next_run_at = AwareDateTimeField(default=clock.stamp)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("Saved search")
        verbose_name_plural = _("Saved searches")
        constraints = [models.UniqueConstraint(fields=["user", "kind", "query"], name="notifications_one_saved_search")]
        indexes = [models.Index(fields=["next_run_at"], name="notifications_search_due")]

    def __str__(self):
        return self.name or f"{self.kind} {self.query}"

    @staticmethod
    def unsubscribe_token_for(searches):
        """Ends the mails of these searches, whoever holds it; it stands in the mails only."""
        return signing.dumps([search.key for search in searches], salt=UNSUBSCRIBE)


class SearchHit(models.Model):
    """One object told to one search: once, for good."""

    search = models.ForeignKey(SavedSearch, on_delete=models.CASCADE, related_name="hits")
    object_id = models.BigIntegerField()
    found_at = AwareDateTimeField(default=clock.stamp)
    dispatch = models.ForeignKey("notifications.Dispatch", on_delete=models.CASCADE, null=True, related_name="hits")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["search", "object_id"], name="notifications_hit_once")]

    def __str__(self):
        return f"{self.search_id} found {self.object_id}"
