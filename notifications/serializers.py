"""What the API of notifications accepts and shows."""

from rest_framework import serializers

from foundation.core.serializers import Serializer, TextField
from notifications import rendering
from notifications.models import Notice, SavedSearch


class NoticeShown(serializers.ModelSerializer):
    """A notice in the language of the request."""

    title = serializers.SerializerMethodField()
    why = serializers.SerializerMethodField()
    url = serializers.SerializerMethodField()

    class Meta:
        model = Notice
        fields = ["id", "name", "title", "why", "url", "created_at", "read_at"]
        read_only_fields = fields

    def get_title(self, obj) -> str:
        return rendering.title_of(obj.event)

    def get_why(self, obj) -> str:
        return rendering.filled(obj.why, obj.event)

    def get_url(self, obj) -> str:
        return rendering.absolute(rendering.address_of(obj.event, obj.user))


class SearchShown(serializers.ModelSerializer):
    feed_url = serializers.SerializerMethodField()

    class Meta:
        model = SavedSearch
        fields = ["id", "kind", "query", "name", "frequency", "feed_url", "created_at"]
        read_only_fields = fields

    def get_feed_url(self, obj) -> str:
        return rendering.feed_url(obj)


class SearchRequest(Serializer):
    kind = TextField(max_length=60)
    query = serializers.CharField(max_length=2000, required=False, allow_blank=True)
    name = TextField(max_length=120, required=False, allow_blank=True)
    frequency = serializers.ChoiceField(choices=SavedSearch.Frequency.choices, required=False)


class SearchChange(Serializer):
    name = TextField(max_length=120, required=False)
    frequency = serializers.ChoiceField(choices=SavedSearch.Frequency.choices, required=False)
