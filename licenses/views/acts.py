"""Single acts on a declaration: consents, papers, taking back, withdrawal, taking over, suspension, CNIPA."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views import View

from foundation.core import forms as core_forms
from licenses.forms.acts import ReasonForm, Token
from licenses.queries import declarations
from licenses.services import declarations as services
from licenses.views.declarations import Declarer


class ConfirmAct(Declarer, View):
    """A page that asks once more, with or without a reason, and then does one thing."""

    template = "licenses/declaration_act.html"
    form_class = Token
    title = text = submit = done = ""
    danger = False
    permit = ""

    def find(self, request, pk):
        """The declaration this act may be about; 404 for others."""
        own = declarations.visible_to(request.membership).filter(patentee_id=request.membership.organization_id)
        return get_object_or_404(own, pk=pk)

    def get(self, request, pk):
        return self.page(request, self.find(request, pk), self.form_class())

    def post(self, request, pk):
        declaration = self.find(request, pk)
        form = self.form_class(request.POST, request.FILES)
        if form.is_valid() and self.run(request, form, declaration) is not None:
            messages.success(request, str(self.done))
            return redirect(self.after(declaration))
        return self.page(request, declaration, form, status=422)

    def run(self, request, form, declaration):
        """Call the service; None when it refused."""
        raise NotImplementedError

    def after(self, declaration) -> str:
        return reverse("licenses:declaration_task_list", args=[declaration.pk])

    def page(self, request, declaration, form, status=200):
        context = {
            "declaration": declaration,
            "form": form,
            "title": self.title,
            "text": self.text,
            "submit": self.submit,
            "danger": self.danger,
            "back": self.after(declaration),
        }
        return render(request, self.template, context, status=status)


class BeginAgain(ConfirmAct):
    """After a rejection: a new draft with the same entries."""

    title = _("Begin again with these entries?")
    text = _(
        "A new draft for the same patent takes over what you entered. Change what led to the rejection, then sign the "
        "promises anew and submit. The rejected declaration stays in your list with its history."
    )
    submit = _("Begin again")
    done = _("The new draft holds your entries.")
    draft = None

    def run(self, request, form, declaration):
        self.draft = core_forms.run(form, services.begin_again, declaration=declaration, actor=request.membership)
        return self.draft

    def after(self, declaration):
        return super().after(self.draft or declaration)


class TakeBack(ConfirmAct):
    """Take a submitted declaration back into a draft."""

    def page(self, request, declaration, form, status=200):
        self.title = gettext("Take the declaration back")
        self.text = gettext("It returns to a draft with its number. You may change it and submit it again.")
        self.submit = gettext("Take back")
        return super().page(request, declaration, form, status)

    def run(self, request, form, declaration):
        self.done = gettext("The declaration is a draft again.")
        return core_forms.run(form, services.take_back, declaration=declaration, actor=request.membership)


class Withdrawal(ConfirmAct):
    """Ask to withdraw an open declaration."""

    form_class = ReasonForm
    danger = True

    def page(self, request, declaration, form, status=200):
        self.title = gettext("Withdraw the declaration")
        self.text = gettext(
            "It takes effect when the office announces it. Licenses already obtained stay, and notices delivered "
            "before keep their right to pay. All co-owners have to agree."
        )
        self.submit = gettext("Request the withdrawal")
        return super().page(request, declaration, form, status)

    def run(self, request, form, declaration):
        self.done = gettext("The request was sent. The offer stays open until the withdrawal is announced.")
        reason = form.cleaned_data["reason"]
        return core_forms.run(
            form, services.request_withdrawal, declaration=declaration, reason=reason, actor=request.membership
        )


class CancelWithdrawal(ConfirmAct):
    """Change one's mind before the announcement."""

    def page(self, request, declaration, form, status=200):
        self.title = gettext("Cancel the withdrawal request")
        self.text = gettext("The declaration stays open as if nothing had been asked.")
        self.submit = gettext("Keep the declaration open")
        return super().page(request, declaration, form, status)

    def run(self, request, form, declaration):
        self.done = gettext("The request was cancelled.")
        return core_forms.run(form, services.cancel_withdrawal, declaration=declaration, actor=request.membership)


class Adopt(ConfirmAct):
    """The new owner of a patent takes its declaration over."""

    def find(self, request, pk):
        found = get_object_or_404(declarations.visible_to(request.membership).filter(state="suspended"), pk=pk)
        if request.membership.organization_id not in found.patent.owner_ids():
            raise Http404
        return found

    def page(self, request, declaration, form, status=200):
        self.title = gettext("Take the declaration over")
        self.text = gettext("You become the licensor on the terms in force; licenses already obtained stay.")
        self.submit = gettext("Take over")
        return super().page(request, declaration, form, status)

    def run(self, request, form, declaration):
        self.done = gettext("The declaration is open again, in your name.")
        return core_forms.run(form, services.adopt, declaration=declaration, actor=request.membership)

    def after(self, declaration):
        return reverse("licenses:declaration_detail", args=[declaration.number])
