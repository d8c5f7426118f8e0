"""The patentee's pages: my declarations, beginning one, its task list, checking and submitting."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views import View

from accounts.access import MemberRequired
from accounts.rules import can
from foundation.core import forms as core_forms
from foundation.core.clock import database_now
from foundation.core.errors import DomainError
from licenses import eligibility
from licenses.forms.acts import NumberForm, Token
from licenses.lifecycle import DECLARATION, DeclarationState
from licenses.offers import Offer
from licenses.presentation import answers, checks, tasks, titles
from licenses.presentation import declarations as shown
from licenses.queries import declarations
from licenses.services import declarations as services
from licenses.services.drafting import draft_of, may_edit, patent_of

Declarer = MemberRequired.having("declare")
PAGE = 20
GROUPS = {
    "drafts": (DeclarationState.DRAFT, DeclarationState.CORRECTION),
    "review": (DeclarationState.SUBMITTED, DeclarationState.UNDER_REVIEW, DeclarationState.APPROVED),
    "open": (DeclarationState.PUBLISHED, DeclarationState.SUSPENDED, DeclarationState.WITHDRAWAL_REVIEW),
    "ended": DECLARATION.final,
}


class DeclarationList(MemberRequired, View):
    """My organization's declarations by state."""

    def get(self, request):
        own = declarations.owned_by(request.membership.organization_id)
        group = request.GET.get("group", "")
        rows = own.filter(state__in=GROUPS[group]) if group in GROUPS else own
        number = request.GET.get("page", "1")
        context = {
            "page": Paginator(rows, PAGE).get_page(number[:6]),
            "tabs": shown.list_tabs(own, group, GROUPS),
            "may_declare": can(request.membership, "declare"),
        }
        return render(request, "licenses/declaration_list.html", context)


class NewDeclaration(Declarer, View):
    """Type a patent number in any notation: check digit, register data and the live answer before anything begins."""

    def get(self, request):
        form = NumberForm(request.GET) if "number" in request.GET else NumberForm()
        return self._page(request, form)

    def post(self, request):
        form = NumberForm(request.POST)
        if form.is_valid():
            number = form.cleaned_data["number"]
            made = core_forms.run(form, services.start_draft, number=number, actor=request.membership)
            if made is not None:
                return redirect("licenses:declaration_task_list", pk=made.pk)
        return self._page(request, form, status=422)

    def _page(self, request, form, status=200):
        context = {"form": form, **self._preview(request, form)}
        if form.errors:
            status = 422
        return render(request, "licenses/declaration_new.html", context, status=status)

    def _preview(self, request, form) -> dict:
        if not form.is_bound or not form.is_valid():
            return {}
        try:
            patent = patent_of(form.cleaned_data["number"])
        except DomainError as error:
            core_forms.add_error(form, error)
            return {}
        results = eligibility.check(patent, now=database_now(), for_organization=request.membership.organization)
        return {
            "patent": patent,
            "is_owner": request.membership.organization_id in patent.owner_ids(),
            "checks": checks.sorted_for_reading(results),
            "counts": eligibility.counts(results),
        }


class OwnDeclaration(Declarer):
    """What the pages of one own declaration share."""

    def declaration(self, request, pk):
        """The organization's declaration; 404 for those of others."""
        own = declarations.visible_to(request.membership).filter(patentee_id=request.membership.organization_id)
        return get_object_or_404(own, pk=pk)

    def editable(self, request, pk):
        """The same, while it can be edited; 404 otherwise."""
        declaration = self.declaration(request, pk)
        if not may_edit(declaration):
            raise Http404
        return declaration


class TaskList(OwnDeclaration, View):
    """The parts of a declaration, the live checks, and what happens after the submission."""

    def get(self, request, pk):
        declaration = self.declaration(request, pk)
        draft, now = draft_of(declaration), database_now()
        results = eligibility.check(declaration, offer=Offer(draft.data.get("sections", {})), now=now)
        context = {
            "declaration": declaration,
            "draft": draft,
            "tasks": tasks.tasks(declaration, draft, results, now),
            "checks": checks.with_links(checks.sorted_for_reading(results), declaration),
            "counts": eligibility.counts(results),
            "editable": may_edit(declaration),
            "corrections": checks.corrections_of(declaration),
            "actions": shown.actions(declaration, request.membership),
            "history": checks.history(declaration, request.membership),
        }
        return render(request, "licenses/declaration_task_list.html", context)


class CheckAnswers(OwnDeclaration, View):
    """Everything once more, with links that lead back here; then the submission."""

    def get(self, request, pk):
        return self._page(request, self.editable(request, pk), Token())

    def post(self, request, pk):
        declaration = self.declaration(request, pk)
        form = Token(request.POST)
        if form.is_valid():
            done = core_forms.run(form, services.submit, declaration=declaration, actor=request.membership)
            if done is not None:
                return redirect("licenses:declaration_submitted", pk=pk)
        if not may_edit(declaration):
            messages.error(request, " ".join(str(error) for error in form.non_field_errors()))
            return redirect("licenses:declaration_task_list", pk=pk)
        return self._page(request, declaration, form, status=422)

    def _page(self, request, declaration, form, status=200):
        draft, now = draft_of(declaration), database_now()
        offer = Offer(draft.data.get("sections", {}))
        results = eligibility.check(declaration, offer=offer, now=now)
        context = {
            "declaration": declaration,
            "draft": draft,
            "form": form,
            "sections": answers.sections(declaration, offer, titles.TITLES),
            "tasks": tasks.tasks(declaration, draft, results, now),
            "checks": checks.with_links(checks.sorted_for_reading(results), declaration),
            "counts": eligibility.counts(results),
        }
        return render(request, "licenses/declaration_check.html", context, status=status)


class Submitted(OwnDeclaration, View):
    """Confirmation: the number, what happens next and by when."""

    def get(self, request, pk):
        declaration = self.declaration(request, pk)
        if not declaration.number:
            raise Http404
        context = {"declaration": declaration, "review": checks.review_of(declaration)}
        return render(request, "licenses/declaration_submitted.html", context)


class DeleteDraft(OwnDeclaration, View):
    """Throw a draft away, after a question."""

    def get(self, request, pk):
        declaration = self.declaration(request, pk)
        if declaration.number or not declaration.permits("delete"):
            raise Http404
        return render(request, "licenses/declaration_discard.html", {"declaration": declaration, "form": Token()})

    def post(self, request, pk):
        declaration = self.declaration(request, pk)
        form = Token(request.POST)
        if form.is_valid():
            core_forms.run(form, services.delete_draft, declaration=declaration, actor=request.membership)
        if form.errors:
            messages.error(request, " ".join(str(error) for error in form.non_field_errors()))
            return redirect("licenses:declaration_task_list", pk=pk)
        messages.success(request, gettext("The draft was thrown away."))
        return redirect("licenses:declaration_list")
