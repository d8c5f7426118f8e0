"""What an officer does with an open declaration: suspension, its end, the steps at CNIPA."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext
from django.views import View

from accounts.access import MemberRequired
from foundation.core import forms as core_forms
from licenses.forms.acts import CnipaForm, ReasonForm
from licenses.queries import declarations
from licenses.services import declarations as services
from licenses.views.consents import first_error

Officer = MemberRequired.having("review")


class OfficerAct(Officer, View):
    """An officer's act on a declaration in scope."""

    form_class = ReasonForm

    def post(self, request, number):
        declaration = get_object_or_404(declarations.visible_to(request.membership), number=number)
        form = self.form_class(request.POST)
        if form.is_valid():
            self.run(form, declaration, request.membership)
        if form.errors:
            messages.error(request, first_error(form))
        else:
            messages.success(request, gettext("Noted."))
        return redirect("licenses:declaration_detail", number=number)


class Suspend(OfficerAct):
    """Stop new notices."""

    def run(self, form, declaration, actor):
        reason = form.cleaned_data["reason"]
        return core_forms.run(form, services.suspend, declaration=declaration, reason=reason, actor=actor)


class Reinstate(OfficerAct):
    """End a suspension."""

    def run(self, form, declaration, actor):
        reason = form.cleaned_data["reason"]
        return core_forms.run(form, services.reinstate, declaration=declaration, reason=reason, actor=actor)


class RecordCnipa(OfficerAct):
    """Note what CNIPA did with the terms in force."""

    form_class = CnipaForm

    def run(self, form, declaration, actor):
        data = form.cleaned_data
        return core_forms.run(
            form,
            services.record_cnipa,
            terms=declaration.current_terms,
            move=data["move"],
            on=data["on"],
            reference=data["reference"],
            reason=data["reason"],
            actor=actor,
        )
