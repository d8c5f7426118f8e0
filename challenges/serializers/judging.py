"""Rankings and an expert's seats over HTTP."""

from rest_framework import serializers

from challenges.models import Seat
from foundation.core.serializers import Strict, TextField

HIGHEST = 100


class RankedCriterionData(serializers.Serializer):
    """A criterion by its place in the rubric."""

    position = serializers.IntegerField()
    zh_hans = serializers.CharField()
    en = serializers.CharField()
    weight_bp = serializers.IntegerField(help_text="Basis points; all together 10,000.")


class GivenData(serializers.Serializer):
    """What one expert, known by an alias, gave one proposal."""

    proposal = serializers.CharField()
    expert = serializers.CharField()
    points = serializers.DictField(
        child=serializers.IntegerField(), help_text="By position of the criterion, 0 to 100."
    )


class PlaceData(serializers.Serializer):
    """A proposal's place; equal results share one."""

    proposal = serializers.CharField()
    result = serializers.CharField(help_text="Two decimals, rounded half up from the exact mean.")
    place = serializers.IntegerField()
    experts = serializers.IntegerField(help_text="Experts whose scores count.")


class RankingData(serializers.Serializer):
    """The published scores and the ranking that follows from them."""

    challenge = serializers.CharField()
    drop_extremes = serializers.BooleanField()
    criteria = RankedCriterionData(many=True)
    scores = GivenData(many=True)
    ranking = PlaceData(many=True)


class SeatData(serializers.ModelSerializer):
    """An own seat on a panel."""

    challenge = serializers.CharField(source="challenge.number")

    class Meta:
        model = Seat
        fields = ["id", "challenge", "alias", "state", "answer_by_at", "score_by_at", "declared_at"]
        read_only_fields = fields


class QueuedData(serializers.Serializer):
    """A proposal one scores, and how far one is: done, in_progress or not_started."""

    number = serializers.CharField()
    state = serializers.CharField()


class SeatDetailData(SeatData):
    """A seat with the proposals one reads on it."""

    proposals = QueuedData(many=True, source="queue")

    class Meta(SeatData.Meta):
        fields = [*SeatData.Meta.fields, "proposals"]
        read_only_fields = fields


class ScoreSent(Strict):
    """Points for one criterion, named by its position, with a comment."""

    position = serializers.IntegerField(min_value=1)
    points = serializers.IntegerField(min_value=0, max_value=HIGHEST)
    comment = TextField(multiline=True, required=False, default="", max_length=2000)


class ScoresSent(Strict):
    """All scores of one proposal; handed in, they cannot be changed."""

    proposal = TextField(identifier=True, max_length=40)
    scores = ScoreSent(many=True, max_length=50)
