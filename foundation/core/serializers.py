"""Serializers that refuse what they do not know, and fields that clean."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from foundation.core import money, text
from foundation.core.errors import Invalid

LONGEST_TEXT = 10_000


class TextField(serializers.CharField):
    """Text through `clean_text`."""

    def __init__(self, *, multiline: bool = False, identifier: bool = False, max_length: int | None = None, **kwargs):
        self.multiline, self.identifier = multiline, identifier
        limit = max_length or (LONGEST_TEXT if multiline else 200)
        super().__init__(max_length=limit, **kwargs)
        self.text_limit = limit

    def to_internal_value(self, data):
        if not isinstance(data, str):
            self.fail("invalid")
        try:
            return text.clean_text(data, self.text_limit, self.multiline, self.identifier)
        except Invalid as error:
            raise serializers.ValidationError(error.sentence, code=error.code) from error


AMOUNT = {"type": "string", "pattern": r"^-?\d+\.\d{2}$", "example": "1234.56", "description": "Yuan."}


@extend_schema_field(AMOUNT)
class MoneyField(serializers.Field):
    """Yuan as a string with two decimals ("1234.56"); gives Money. ``minimum`` in fen."""

    def __init__(self, *, minimum: int = 0, **kwargs):
        self.minimum = minimum
        super().__init__(**kwargs)

    def to_internal_value(self, data):
        if not isinstance(data, str | int) or isinstance(data, bool):
            raise serializers.ValidationError(_("Enter an amount in yuan as a text with at most two decimals."))
        try:
            amount = money.Money.parse(str(data))
        except money.AmountInvalid as error:
            raise serializers.ValidationError(_(error.reason), code="amount_invalid") from error
        if amount.fen < self.minimum:
            least = money.Money(self.minimum)
            raise serializers.ValidationError(
                _("The amount must be at least %(least)s.") % {"least": least}, code="amount_too_small"
            )
        return amount

    def to_representation(self, value):
        amount = value if isinstance(value, money.Money) else money.Money(value)
        return f"{amount.yuan}"


class Strict(serializers.Serializer):
    """Mixin and base: a body with a field that is unknown or read-only is refused, never silently dropped."""

    def to_internal_value(self, data):
        if isinstance(data, Mapping):
            writable = {name for name, field in self.fields.items() if not field.read_only}
            if unknown := sorted(str(name) for name in data if name not in writable):
                sentence = _("This field is not known here, or cannot be set.")
                raise serializers.ValidationError(
                    {name: serializers.ErrorDetail(sentence, code="unknown_field") for name in unknown}
                )
        return super().to_internal_value(data)


class Serializer(Strict):
    """The base of what is accepted."""


class ModelSerializer(Strict, serializers.ModelSerializer):
    """The same for models; what is shown only belongs in ``read_only_fields``."""
