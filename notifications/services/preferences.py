"""What a person wants to be told, by which channel."""

from django.db import transaction

from notifications import catalog
from notifications.models import Preference
from notifications.models.messages import Channel


@transaction.atomic
def set_preferences(*, user, wanted):
    """Store the switches of one person; `wanted` holds the (topic, channel) that are on."""
    for topic in catalog.topics():
        for channel in Channel.values:
            Preference.objects.update_or_create(
                user=user,
                topic=topic,
                channel=channel,
                defaults={"is_on": (topic, channel) in wanted},
            )
