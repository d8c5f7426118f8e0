"""One act on one page: what it means, its form, and back to where the object is shown."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views import View

from accounts.access import MemberRequired
from auctions.queries import after
from foundation.core import forms as core_forms

UNPROCESSABLE, SEE_OTHER = 422, 303


class Act(MemberRequired, View):
    """``found`` gives the object of the address, ``possible`` whether the act is possible now (else: back).

    ``service`` is called with the object as ``argument``, the actor and the form's values.
    """

    template = "auctions/act.html"
    form_class: Any = None
    service: Any = None
    argument = "sale"
    title = text = submit = said = ""
    danger = False

    def get(self, request, number, **more):
        subject = self.found(number)
        if not self.possible(subject):
            return self.back(subject)
        return self.page(subject, self.form(subject))

    def post(self, request, number, **more):
        subject = self.found(number)
        form = self.form(subject, request.POST)
        if form.is_valid():
            done = core_forms.run(
                form, self.service, **{self.argument: subject}, actor=request.membership, **self.values(form, subject)
            )
            if done is not None and not form.errors:
                messages.success(request, self.said)
                return self.after(subject, done)
        return self.page(subject, form, UNPROCESSABLE)

    def found(self, number):
        raise NotImplementedError

    def possible(self, subject) -> bool:
        return True

    def form(self, subject, *data):
        return self.form_class(*data, **self.form_more(subject))

    def form_more(self, subject) -> dict[str, Any]:
        return {}

    def values(self, form, subject) -> dict[str, Any]:
        """The arguments of the service that come from the form."""
        return {name: value for name, value in form.cleaned_data.items() if name not in ("form_token", "may_sign")}

    def rows(self, subject) -> list[dict[str, Any]]:
        """What stands above the form to be checked."""
        return []

    def consequences(self, subject) -> list[str]:
        return []

    def address(self, subject) -> str:
        return reverse("auctions:sale_detail", args=[subject.number])

    def back(self, subject):
        return HttpResponseRedirect(self.address(subject), status=SEE_OTHER)

    def after(self, subject, done):
        return self.back(subject)

    def go(self, route: str, *args):
        """To another page."""
        return HttpResponseRedirect(reverse(route, args=args), status=SEE_OTHER)

    def page(self, subject, form, status=200, **more):
        context = {
            "subject": subject,
            "title": self.title,
            "text": self.text,
            "submit": self.submit,
            "danger": self.danger,
            "form": form,
            "rows": self.rows(subject),
            "consequences": self.consequences(subject),
            "cancel_url": self.address(subject),
            **more,
        }
        return render(self.request, self.template, context, status=status)


class OneSale(Act):
    """An act on a sale that one sees; ``side`` is whose it is: buyer, seller, or empty for everybody who sees it."""

    side = ""

    def found(self, number):
        found = after.visible_to(self.request.membership)
        if self.side:
            found = found.filter(**{self.side: self.request.membership.organization_id})
        return get_object_or_404(found, number=number)
