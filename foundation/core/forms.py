"""Forms: text fields that clean, a token for one effect per rendered form, and `run`, which calls the service."""

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.apps import apps
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.core import money, text
from foundation.core.errors import DomainError, Invalid, InvalidMany, NotAllowed, NotVisible
from foundation.core.idempotency import fingerprint, once

LONGEST_TEXT = 10_000


class TextField(forms.CharField):
    """Text through `clean_text`: ``multiline=True`` for a text area, ``identifier=True`` for numbers and codes."""

    def __init__(self, *, multiline: bool = False, identifier: bool = False, max_length: int | None = None, **kwargs):
        self.multiline, self.identifier = multiline, identifier
        self.text_limit = max_length or (LONGEST_TEXT if multiline else 200)
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 4}) if multiline else forms.TextInput())
        super().__init__(max_length=None, **kwargs)
        self.widget.attrs.setdefault("maxlength", self.text_limit)

    def to_python(self, value):
        if value in self.empty_values:
            return self.empty_value
        try:
            return text.clean_text(value, self.text_limit, self.multiline, self.identifier)
        except Invalid as error:
            raise ValidationError(error.sentence, code=error.code) from error


class MoneyField(forms.CharField):
    """Yuan as people type them; gives Money. ``minimum`` in fen, 0 by default."""

    def __init__(self, *, minimum: int = 0, **kwargs):
        self.minimum = minimum
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("inputmode", "decimal")

    def to_python(self, value):
        if value in self.empty_values:
            return None
        if isinstance(value, money.Money):
            return value
        try:
            amount = money.Money.parse(value)
        except money.AmountInvalid as error:
            raise ValidationError(_(error.reason), code="amount_invalid") from error
        if amount.fen < self.minimum:
            raise ValidationError(
                _("The amount must be at least %(least)s."),
                code="amount_too_small",
                params={"least": money.Money(self.minimum)},
            )
        return amount

    def prepare_value(self, value):
        return f"{value.yuan}" if isinstance(value, money.Money) else value


class FormToken(forms.Form):
    """Mixin: a hidden token per rendered form. `run` lets each token have one effect; repeats get the same result."""

    form_token = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["form_token"].initial = uuid.uuid4().hex


def run(form: forms.BaseForm, service: Callable[..., Any], **arguments: Any) -> Any:
    """Call the service with the arguments; a DomainError becomes an error of the form (then None is returned).

    ::

        if form.is_valid():
            declaration = run(form, services.submit, declaration=declaration, actor=actor, ...)
        if form.errors: show the page again with status 422

    With a FormToken the service runs once per token: a double click gets the first result again. NotAllowed and
    NotVisible are not about the form and go on to the page.
    """
    token = form.cleaned_data.get("form_token") or ""
    try:
        return _once(form, token, service, arguments) if token else service(**arguments)
    except (NotAllowed, NotVisible):
        raise
    except DomainError as error:
        add_error(form, error)
        return None


def add_error(form: forms.BaseForm, error: DomainError) -> None:
    """Put the sentence beside its field, or above the form where the form has no such field."""
    if isinstance(error, InvalidMany):
        for field, sentence in error.errors.items():
            form.add_error(field if field in form.fields else NON_FIELD_ERRORS, str(sentence))
        return
    place = error.field if error.field in form.fields else NON_FIELD_ERRORS
    form.add_error(place, ValidationError(error.sentence, code=error.code))


def _once(form: forms.BaseForm, token: str, service: Callable[..., Any], arguments: dict[str, Any]) -> Any:
    scope = f"form:{service.__module__}.{service.__qualname__}"
    sent = {name: form.data.getlist(name) if hasattr(form.data, "getlist") else form.data[name] for name in form.data}
    sent.pop("csrfmiddlewaretoken", None)
    with once(scope, token, fingerprint(sent)) as attempt:
        if attempt.replayed:
            return _found(attempt.answer)
        result = service(**arguments)
        attempt.answer = _kept(result)
        return result


def _kept(result: Any) -> Any:
    if isinstance(result, models.Model):
        return {"model": result._meta.label, "pk": result.pk}
    if isinstance(result, list | tuple):
        return {"list": [_kept(one) for one in result]}
    return {"value": result if isinstance(result, str | int | bool | dict | None) else str(result)}


def _found(answer: dict[str, Any]) -> Any:
    if "model" in answer:
        return apps.get_model(answer["model"])._base_manager.get(pk=answer["pk"])
    if "list" in answer:
        return [_found(one) for one in answer["list"]]
    return answer["value"]
