"""What a proposal says, in the words of the API: sent by its team, shown to it and to who reads it later."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from challenges.services import proposal_checks as checks
from foundation.core.money import Money
from foundation.core.serializers import MoneyField, Strict, TextField
from patents import numbers

LONGEST_MONTHS, LARGEST_POSITION = 120, 200


class TeamMember(Strict):
    """A member of the team, who agreed to be named."""

    name = TextField(max_length=100)
    unit = TextField(max_length=200)
    consent = serializers.BooleanField()


class Promise(Strict):
    """What is promised for an indicator of the challenge, by its position."""

    indicator = serializers.IntegerField(min_value=1, max_value=LARGEST_POSITION)
    text = TextField(max_length=200)


class PlannedMilestone(Strict):
    """A milestone of the plan: so many months after the contract."""

    months = serializers.IntegerField(min_value=1, max_value=LONGEST_MONTHS)
    deliverable = TextField(max_length=300)
    amount = MoneyField(minimum=1)


class PatentNumberField(TextField):
    """A patent number in any notation."""

    def to_internal_value(self, data):
        text = super().to_internal_value(data)
        try:
            numbers.parse(text)
        except numbers.NumberInvalid as error:
            raise serializers.ValidationError(_("{number} is not a patent number.").format(number=text)) from error
        return text


def _long(limit: int = checks.TEXT_LIMIT) -> TextField:
    return TextField(multiline=True, max_length=limit, required=False, allow_blank=True)


class ProposalContent(Strict):
    """What a proposal says. Sent, it replaces the fields it names; the rest of the draft stays."""

    members = TeamMember(many=True, required=False, max_length=checks.MOST_MEMBERS)
    solution = _long()
    patents = serializers.ListField(
        child=PatentNumberField(max_length=40, identifier=True), required=False, max_length=checks.MOST_PATENTS
    )
    promises = Promise(many=True, required=False, max_length=LARGEST_POSITION)
    plan = _long()
    price = MoneyField(minimum=1, required=False)
    milestones = PlannedMilestone(many=True, required=False, max_length=LONGEST_MONTHS)
    conflicts = _long(4_000)


class DraftToSave(ProposalContent):
    """Fields of the draft, and the version they were written on."""

    version = serializers.IntegerField(min_value=0, max_value=2**31 - 1)

    def validate(self, data: dict[str, Any]) -> dict[str, Any]:
        """As the service takes them: money in fen, promises by position."""
        version, content = data.pop("version"), dict(data)
        if "price" in content:
            content["price_fen"] = content.pop("price").fen
        if "promises" in content:
            content["promises"] = {str(row["indicator"]): row["text"] for row in content["promises"]}
        if "milestones" in content:
            rows = [{**row, "amount_fen": row["amount"].fen} for row in content["milestones"]]
            names = ("months", "deliverable", "amount_fen")
            content["milestones"] = [{name: row[name] for name in names} for row in rows]
        if "members" in content:
            content["members"] = [dict(row) for row in content["members"]]
        return {"version": version, "content": content}


def content_of(kept: dict[str, Any]) -> dict[str, Any]:
    """What is kept of a proposal in the words of the API."""
    price, promises = kept.get("price_fen"), kept.get("promises", {})
    milestones = [{**row, "amount": Money(row["amount_fen"])} for row in kept.get("milestones", [])]
    names = ("members", "solution", "patents", "plan", "conflicts")
    said = {name: kept[name] for name in names if name in kept} | {"milestones": milestones}
    said["promises"] = [{"indicator": int(key), "text": promises[key]} for key in sorted(promises, key=int)]
    return ProposalContent(said if price is None else said | {"price": Money(price)}).data
