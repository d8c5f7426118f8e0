"""Endpoints of one act: POST under a noun for what is done to a thing; the answer is the thing as it stands."""

from collections.abc import Callable
from typing import Any, ClassVar

from rest_framework.generics import GenericAPIView
from rest_framework.response import Response

from foundation.core.bodies import Nothing
from foundation.core.errors import NotAllowed
from foundation.core.repeats import Idempotent

CREATED = 201


class OneAct(GenericAPIView):
    """What every act shares.

    ``asked`` reads the body (`Nothing`: it has to be empty). ``service`` gets the thing of the address under the name
    ``argument``, the actor, and what was asked. ``may(membership, thing)`` is asked before the body is read, so that
    nobody learns from an error what they could have sent; the service asks again itself.
    """

    asked: ClassVar[type] = Nothing
    service: ClassVar[Callable[..., Any]]
    argument: ClassVar[str]
    lookup_field = "number"
    pagination_class, filter_backends = None, ()

    def may(self, membership: Any, one: Any) -> bool:
        """Whether the membership may do this to a thing that it sees."""
        return True

    def arguments(self, one: Any, sent: dict[str, Any]) -> dict[str, Any]:
        """What the service is given of the clean body."""
        return sent

    def outcome(self, made: Any) -> Any:
        """What the answer shows: the thing as it stands now."""
        return self.get_object()

    def post(self, request, *args, **kwargs):
        one = self.get_object()
        if not self.may(request.membership, one):
            raise NotAllowed()
        sent = self.asked(data=request.data)
        sent.is_valid(raise_exception=True)
        facts = {self.argument: one, **self.arguments(one, dict(sent.validated_data))}
        made = type(self).service(actor=request.membership, **facts)
        return Response(self.get_serializer(self.outcome(made)).data, status=CREATED)


class Act(Idempotent, OneAct):
    """An act that a repeated `Idempotency-Key` does once; its answer is kept for the repeats."""


class Making(Act):
    """An act that makes a new thing: that is shown, not the one of the address."""

    def outcome(self, made: Any) -> Any:
        """What the service returned."""
        return made
