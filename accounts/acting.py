"""One act on one page: what it means, its form, and back to where the object is shown."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views import View

from accounts.access import MemberRequired
from foundation.core import forms as core_forms

UNPROCESSABLE, SEE_OTHER = 422, 303
OF_THE_FORM = ("form_token", "may_sign")


class Act(MemberRequired, View):
    """``found`` gives the object of the address, ``possible`` whether the act is possible now (else: back).

    ``key`` names the parameter of the address that ``found`` gets. ``service`` is called with the object as
    ``argument``, the actor and the form's values. Every subclass says its ``address``: where the object is shown.
    """

    template = "accounts/act.html"
    key = "number"
    form_class: Any = None
    service: Any = None
    argument = "subject"
    title = text = submit = said = ""
    danger = False

    def get(self, request, **keys):
        subject = self.found(keys[self.key])
        if not self.possible(subject):
            return self.back(subject)
        return self.page(subject, self.form(subject))

    def post(self, request, **keys):
        subject = self.found(keys[self.key])
        form = self.form(subject, request.POST, request.FILES)
        if form.is_valid():
            done = core_forms.run(
                form, self.service, **{self.argument: subject}, actor=request.membership, **self.values(form, subject)
            )
            if not form.errors:
                messages.success(request, self.said)
                return self.after(subject, done)
        return self.page(subject, form, UNPROCESSABLE)

    def found(self, value):
        raise NotImplementedError

    def address(self, subject) -> str:
        raise NotImplementedError

    def possible(self, subject) -> bool:
        return True

    def form(self, subject, *data):
        return self.form_class(*data, **self.form_more(subject))

    def form_more(self, subject) -> dict[str, Any]:
        return {}

    def values(self, form, subject) -> dict[str, Any]:
        """The arguments of the service that come from the form."""
        return {name: value for name, value in form.cleaned_data.items() if name not in OF_THE_FORM}

    def rows(self, subject) -> list[dict[str, Any]]:
        """What stands above the form to be checked."""
        return []

    def consequences(self, subject) -> list[str]:
        return []

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
