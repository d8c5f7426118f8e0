"""How events look to the outside."""

from rest_framework import serializers

from foundation.audit import phrases, queries
from foundation.audit.models import Event
from foundation.core import crypto


class Subject(serializers.Serializer):
    """What an event is about."""

    kind = serializers.CharField(source="subject_kind")
    id = serializers.SerializerMethodField(help_text="Null where a count of such things is nobody's business.")
    number = serializers.CharField(source="subject_number")

    def get_id(self, event: Event) -> int | None:
        return None if queries.is_counted_secretly(event.subject_kind) else event.subject_id


class PublicEvent(serializers.ModelSerializer):
    """An event of the feed. Who acted is shown as an organization, never as a person.

    The position is veiled, and neither the number of the event nor the hash of the one before is told: holes between
    what one sees would count what is sealed, and their neighbors tell when it happened.
    """

    position = serializers.SerializerMethodField(help_text="Give the last one you have seen as `since`.")
    subject = Subject(source="*")
    organization_id = serializers.IntegerField(source="actor_organization_id", allow_null=True)
    sentence = serializers.SerializerMethodField(help_text="The event in the language of the request.")
    facts = serializers.JSONField()
    before = serializers.JSONField(source="data.before")
    after = serializers.JSONField(source="data.after")

    class Meta:
        model = Event
        fields = [
            "position",
            "name",
            "occurred_at",
            "subject",
            "organization_id",
            "visibility",
            "before",
            "after",
            "facts",
            "sentence",
            "hash",
        ]

    def get_position(self, event: Event) -> str:
        return crypto.veiled(event.position)  # type: ignore[attr-defined]  # annotated by the feed

    def get_sentence(self, event: Event) -> str:
        return phrases.describe(event)
