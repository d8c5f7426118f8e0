"""Pages with several acts: a table says who may do what with which form; one view posts them all."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse

from foundation.core import forms as core_forms

UNPROCESSABLE, SEE_OTHER = 422, 303


@dataclass(frozen=True, slots=True)
class Act:
    """One act: what it is called and done by, who may (``may(membership, obj)``; the service asks again itself), and
    the verb the state has to permit for it to be shown.

    ``more(obj)`` adds arguments; ``danger`` paints it red, ``first`` opens its form.
    """

    title: Any
    form: type
    service: Callable[..., Any]
    done: Any
    may: Callable[[Any, Any], bool]
    verb: str
    more: Callable[[Any], dict] = field(default=lambda obj: {})
    danger: bool = False
    first: bool = False


class Acts:
    """Mixin: ``ACTS`` by name, ``argument`` (how the services call the object), ``route`` of the posts.

    A page shows `acts_of`; a POST view calls `perform`, which shows the page again (`show`) where the form is wrong.
    """

    ACTS: dict[str, Act] = {}
    argument, route = "", ""

    def acts_of(self, obj: Any, bound: dict | None = None) -> list[dict]:
        """What the viewer may do, each with its form and address."""
        member = self.request.membership
        return [
            {
                "name": name,
                "act": act,
                "form": (bound or {}).get(name) or act.form(),
                "url": reverse(self.route, args=[getattr(obj, "number", None) or obj.pk, name]),
                "open": act.first or name in (bound or {}),
                "button": not act.form().visible_fields(),
            }
            for name, act in self.ACTS.items()
            if act.may(member, obj) and obj.permits(act.verb)
        ]

    def perform(self, request: Any, obj: Any, name: str) -> Any:
        """Carry out an act: 404 for an unknown one, 403 where it is not this person's, 422 with the page otherwise."""
        act = self.ACTS.get(name)
        if act is None:
            raise Http404
        form = act.form(request.POST)
        if not act.may(request.membership, obj):
            raise PermissionDenied
        if form.is_valid():
            fields = {key: value for key, value in form.cleaned_data.items() if key != "form_token"}
            core_forms.run(
                form, act.service, **{self.argument: obj}, actor=request.membership, **act.more(obj), **fields
            )
        if form.errors:
            return self.show(obj, UNPROCESSABLE, {name: form})
        messages.success(request, act.done)
        return HttpResponseRedirect(self.address(obj), status=SEE_OTHER)

    def address(self, obj: Any) -> str:
        """Where the browser goes afterwards."""
        return obj.get_absolute_url()
