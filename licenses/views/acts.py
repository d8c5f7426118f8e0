"""Single acts on a declaration: consents, papers, taking back, withdrawal, taking over, suspension, CNIPA."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views import View

from accounts.access import MemberRequired
from foundation.core import forms as core_forms
from licenses.forms.acts import AttachmentForm, CnipaForm, ReasonForm, Token, UploadForm
from licenses.offers import Offer
from licenses.presentation import answers, titles
from licenses.presentation import declarations as shown
from licenses.queries import declarations
from licenses.rules import may_consent
from licenses.services import declarations as services
from licenses.services.drafting import draft_of
from licenses.views.declarations import Declarer, OwnDeclaration

Officer = MemberRequired.having("review")


def first_error(form) -> str:
    """The first sentence of a form that was refused."""
    return next((str(error) for errors in form.errors.values() for error in errors), "")


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


class Consent(Declarer, View):
    """A co-owner reads what is offered and signs, or takes its consent back."""

    def find(self, request, pk):
        found = get_object_or_404(declarations.visible_to(request.membership), pk=pk)
        if not may_consent(request.membership, found) or found.patentee_id == request.membership.organization_id:
            raise Http404
        return found

    def get(self, request, pk):
        return self._page(request, self.find(request, pk), Token())

    def post(self, request, pk):
        declaration = self.find(request, pk)
        form = Token(request.POST)
        service = services.revoke_consent if request.POST.get("act") == "revoke" else services.sign_consent
        if form.is_valid():
            core_forms.run(form, service, declaration=declaration, actor=request.membership)
        if form.errors:
            return self._page(request, declaration, form, status=422)
        return redirect("licenses:declaration_consent", pk=pk)

    def _page(self, request, declaration, form, status=200):
        offer = Offer(draft_of(declaration).data.get("sections", {}))
        own = next(
            row
            for row in shown.owner_rows(declaration, offer)
            if row["share"].organization_id == request.membership.organization_id
        )
        context = {
            "declaration": declaration,
            "form": form,
            "own": own,
            "sections": [
                {"title": titles.TITLES[name], "rows": answers.answer_rows(name, offer)}
                for name in ("price", "term", "other")
            ],
            "complete": all(offer.of(name) for name in ("price", "term", "other")),
        }
        return render(request, "licenses/declaration_consent.html", context, status=status)


class UploadConsent(OwnDeclaration, View):
    """The signed consent of a co-owner that is not on the platform."""

    def post(self, request, pk, ownership):
        declaration = self.declaration(request, pk)
        form = UploadForm(request.POST, request.FILES)
        if form.is_valid():
            core_forms.run(
                form,
                services.upload_consent,
                declaration=declaration,
                ownership_id=ownership,
                upload=form.cleaned_data["file"],
                actor=request.membership,
            )
        if form.errors:
            messages.error(request, first_error(form))
        return redirect("licenses:declaration_section", pk=pk, section="owners")


class AddAttachment(OwnDeclaration, View):
    """Paper for the officer: an evaluation report, the pledgee's consent."""

    def post(self, request, pk):
        declaration = self.declaration(request, pk)
        form = AttachmentForm(request.POST, request.FILES)
        if form.is_valid():
            data = form.cleaned_data
            core_forms.run(
                form,
                services.attach,
                declaration=declaration,
                kind=data["kind"],
                upload=data["file"],
                note=data["note"],
                actor=request.membership,
            )
        if form.errors:
            messages.error(request, first_error(form))
        return redirect("licenses:declaration_section", pk=pk, section="patent")


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
