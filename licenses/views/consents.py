"""Consents of co-owners and papers of the patentee."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views import View

from foundation.core import forms as core_forms
from licenses.forms.acts import AttachmentForm, Token, UploadForm
from licenses.offers import Offer
from licenses.presentation import answers, titles
from licenses.presentation import declarations as shown
from licenses.queries import declarations
from licenses.rules import may_consent
from licenses.services import declarations as services
from licenses.services.drafting import draft_of
from licenses.views.declarations import Declarer, OwnDeclaration


def first_error(form) -> str:
    """The first sentence of a form that was refused."""
    return next((str(error) for errors in form.errors.values() for error in errors), "")


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
