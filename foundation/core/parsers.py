"""JSON as the standard means it: what is ambiguous or hostile is a 400 with a reason, never a 500."""

import json
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

from foundation.core.errors import Invalid

DEEPEST = 32
LARGEST_INT = 2**63
LONGEST_NUMBER = 40


class BodyInvalid(Invalid):
    """The body is no JSON we accept."""

    code = "body_invalid"


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise BodyInvalid(_("A name stands twice in the body."))
    return made


def _no_constant(name: str) -> None:
    raise BodyInvalid(_("The body holds a number that JSON does not know."))


def _int(text: str) -> int:
    if len(text) > LONGEST_NUMBER or abs(int(text)) >= LARGEST_INT:
        raise BodyInvalid(_("The body holds a number that is too large."))
    return int(text)


def _float(text: str) -> float:
    value = float(text)  # a measure, never an amount: amounts come as texts
    if len(text) > LONGEST_NUMBER or value in (float("inf"), float("-inf")):
        raise BodyInvalid(_("The body holds a number that is too large."))
    return value


def _check(value: Any, depth: int = 0) -> None:
    if depth > DEEPEST:
        raise BodyInvalid(_("The body is nested too deeply."))
    if isinstance(value, str):
        if "\x00" in value or any("\ud800" <= char <= "\udfff" for char in value):
            raise BodyInvalid(_("The body holds characters that cannot be stored."))
    elif isinstance(value, dict):
        for name, inner in value.items():
            _check(name, depth)
            _check(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            _check(inner, depth + 1)


def strict_loads(raw: bytes) -> Any:
    """Parse a body. Raises BodyInvalid: not UTF-8, a BOM, a name twice, NaN, too deep, NUL or lone surrogates."""
    try:
        text = raw.decode("utf-8")
        if text.startswith("\ufeff"):
            raise BodyInvalid(_("The body begins with a byte order mark."))
        value = json.loads(
            text, object_pairs_hook=_pairs, parse_constant=_no_constant, parse_int=_int, parse_float=_float
        )
    except RecursionError:
        raise BodyInvalid(_("The body is nested too deeply.")) from None
    except ValueError as error:
        raise BodyInvalid(_("The body is not JSON in UTF-8.")) from error
    _check(value)
    return value


class StrictJSONParser(JSONParser):
    """The JSON parser of the API."""

    def parse(self, stream, media_type=None, parser_context=None):
        try:
            return strict_loads(stream.read())
        except BodyInvalid as error:
            raise ParseError(error.sentence, code=error.code) from error
