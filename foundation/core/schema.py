"""What the OpenAPI document says about every operation: problem documents and the Idempotency-Key."""

from django.core.exceptions import FieldDoesNotExist
from drf_spectacular.openapi import AutoSchema
from rest_framework import serializers

from foundation.core.acts import CREATED, OneAct
from foundation.core.bodies import Nothing
from foundation.core.problems import MEDIA_TYPE
from foundation.core.repeats import HEADER, Idempotent

KEY = {
    "name": HEADER,
    "in": "header",
    "schema": {"type": "string", "minLength": 1, "maxLength": 128, "pattern": "^[!-~]+$"},
    "description": "The same key and body get the first answer again; another body under it is refused (422).",
}
READING = {
    "400": "a parameter is not valid",
    "401": "sign in first, or the token is no longer valid",
    "403": "not allowed",
    "404": "not found, or not visible to you",
    "406": "this form of answer is not available",
    "429": "too many requests; try again later",
    "503": "busy; try again after Retry-After seconds",
}
WRITING = {
    **READING,
    "409": "not possible at present",
    "413": "the body is too large",
    "415": "this form of body is not accepted",
    "422": "a key was used again with another body",
}


class ProblemField(serializers.Serializer):
    """One wrong field."""

    field = serializers.CharField(allow_null=True)
    detail = serializers.CharField(help_text="A sentence in the language of the request.")
    code = serializers.CharField()


class ProblemDocument(serializers.Serializer):
    """An error by RFC 9457."""

    type = serializers.CharField(help_text="urn:kaixu:problem:<code>")
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(help_text="A sentence in the language of the request.")
    code = serializers.CharField()
    errors = ProblemField(many=True, required=False)  # type: ignore[assignment]  # the field, not Serializer.errors


class Schema(AutoSchema):
    """The schema class of the API."""

    def _map_serializer_field(self, field, direction, bypass_extensions=False):
        _as_stored(field)
        return super()._map_serializer_field(field, direction, bypass_extensions)

    def get_request_serializer(self):
        if isinstance(self.view, OneAct):
            return None if self.view.asked is Nothing else self.view.asked
        return super().get_request_serializer()

    def get_response_serializers(self):
        if isinstance(self.view, OneAct):
            return {CREATED: self.view.serializer_class}
        return super().get_response_serializers()

    def _get_parameters(self):
        own = super()._get_parameters()
        return [*own, KEY] if isinstance(self.view, Idempotent) and self.method == "POST" else own

    def _get_response_bodies(self, direction="response"):
        bodies = super()._get_response_bodies(direction)
        if direction == "response":
            for code, sentence in {**(READING if self.method == "GET" else WRITING), "default": "an error"}.items():
                body = self._get_response_for_code(ProblemDocument, code, [MEDIA_TYPE])
                bodies.setdefault(code, {**body, "description": sentence})
        return bodies


def _as_stored(field: serializers.Field) -> None:
    """What the model leaves empty may be empty in an answer: DRF forgets that for fields that are only read."""
    model = getattr(getattr(field.parent, "Meta", None), "model", None)
    if model is None or not field.read_only:
        return
    try:
        column = model._meta.get_field(field.source)
    except FieldDoesNotExist:  # a method or a property
        return
    if getattr(column, "null", False):
        field.allow_null = True
    if getattr(column, "blank", False) and isinstance(field, serializers.ChoiceField):
        field.allow_blank = True
