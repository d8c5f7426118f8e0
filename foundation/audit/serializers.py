"""How events look to the outside."""

from rest_framework import serializers

from foundation.audit import phrases
from foundation.audit.models import Event


class Subject(serializers.Serializer):
    """What an event is about."""

    kind = serializers.CharField(source="subject_kind")
    id = serializers.IntegerField(source="subject_id")
    number = serializers.CharField(source="subject_number")


class PublicEvent(serializers.ModelSerializer):
    """An event of the feed. Who acted is shown as an organization, never as a person."""

    position = serializers.IntegerField(help_text="Give the last one you have seen as `since`.")
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
            "seq",
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
            "previous_hash",
        ]

    def get_sentence(self, event: Event) -> str:
        return phrases.describe(event)
