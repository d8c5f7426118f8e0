"""Endpoints that take no body say so when they get one: nobody believes that a field had an effect."""

import functools
from collections.abc import Callable
from typing import Any

from rest_framework.response import Response

from foundation.core.serializers import Serializer


class Nothing(Serializer):
    """A body without fields."""


def without_body(method: Callable[..., Response]) -> Callable[..., Response]:
    """For a method of an API view: a body with fields is refused (400) by their names."""

    @functools.wraps(method)
    def checked(view: Any, request: Any, *args: Any, **kwargs: Any) -> Response:
        Nothing(data=request.data).is_valid(raise_exception=True)
        return method(view, request, *args, **kwargs)

    return checked
