"""What can be asked: my notices, my switches, my searches."""

from django.db.models import Count

from notifications import catalog
from notifications.models import Notice, Preference, SavedSearch
from notifications.models.messages import Channel


class Notices:
    """Notices belong to one person, whatever organization they act for."""

    def visible_to(self, user):
        """The user's own, newest first, with their events."""
        if not user.is_authenticated:
            return Notice.objects.none()
        return Notice.objects.filter(user=user).select_related("event", "user").order_by("-event__occurred_at", "-pk")

    def unread(self, user):
        return self.visible_to(user).filter(read_at=None)


class Searches:
    """Saved searches belong to one person."""

    def visible_to(self, user):
        if not user.is_authenticated:
            return SavedSearch.objects.none()
        return SavedSearch.objects.filter(user=user).annotate(found=Count("hits"))

    def by_key(self, key):
        """The search of a feed address, or None."""
        return SavedSearch.objects.filter(key=key).first()

    def by_keys(self, keys):
        """The searches an unsubscribe link names."""
        return SavedSearch.objects.filter(key__in=keys)


notices = Notices()
searches = Searches()


def unread_count(user):
    """How many notices wait to be read, for the bell."""
    return notices.unread(user).count()


def switched_off(user_ids, topic, channel):
    """Ids of the users who do not want this topic by this channel."""
    return set(
        Preference.objects.filter(user_id__in=user_ids, topic=topic, channel=channel, is_on=False).values_list(
            "user_id", flat=True
        )
    )


def switches(user):
    """Rows of the preferences page: (topic, label, {channel: is on}); one query."""
    stored = {(row.topic, row.channel): row.is_on for row in Preference.objects.filter(user=user)}
    return [
        (
            topic,
            label,
            {channel: stored.get((topic, channel), True) for channel in Channel.values},
        )
        for topic, label in catalog.topics().items()
    ]
