"""The sections of a declaration, one thing a page, saved while typing, never overwritten unseen."""

from uuid import uuid4

from django.conf import settings
from django.http import Http404, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views import View

from foundation.core import forms as core_forms
from foundation.core.clock import database_now
from foundation.core.display import moment
from foundation.core.errors import DomainError
from foundation.jobs.drafts import DraftStale
from licenses import eligibility
from licenses.eligibility.offer_checks import is_state_institution
from licenses.forms import instalments
from licenses.forms.acts import AttachmentForm, UploadForm
from licenses.forms.declarations import SECTION_FORMS
from licenses.forms.sections import OF_THE_PAGE
from licenses.offers import Offer
from licenses.presentation import checks, titles
from licenses.presentation import declarations as shown
from licenses.services import declarations as services
from licenses.services.drafting import draft_of
from licenses.views.declarations import OwnDeclaration

LONGEST_TYPED = 20_000
CONFLICT = "declaration_conflict"  # what an autosave could not store, until one version is chosen
UNTYPED = ("csrfmiddlewaretoken", *OF_THE_PAGE, "form_token", "then", instalments.BUTTON)


def make_form(section, declaration, *args, **kwargs):
    """The form of a section; 404 for a section that is none."""
    if section not in SECTION_FORMS:
        raise Http404
    if section == "promises":
        required = getattr(settings, "KAIXU_INTERNAL_DECISION_REQUIRED", True)
        kwargs["state_institution"] = required and is_state_institution(declaration.patentee)
    return SECTION_FORMS[section](*args, **kwargs)


def typed_of(request) -> dict:
    """What stands in the fields, as it stands there."""
    return {
        name: request.POST[name][:LONGEST_TYPED].replace("\x00", "")
        for name in request.POST
        if name not in UNTYPED and len(name) < 60  # noqa: PLR2004, no field has a longer name
    }


def keep_typed(request, declaration, section, typed):
    """Keep what stands in the fields on top of the version the page was made from. Raises as `autosave` does."""
    text = request.POST.get("version", "")
    version = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1  # noqa: PLR2004
    return services.autosave(
        declaration=declaration,
        section=section,
        typed=typed,
        version=version,
        page=request.POST.get("page", "")[:64],
        actor=request.membership,
    )


class Section(OwnDeclaration, View):
    """One section: show, save, and say what is wrong beside its field."""

    def get(self, request, pk, section):
        declaration = self.editable(request, pk)
        if section in ("patent", "owners"):
            return self._facts_page(request, declaration, section)
        draft = draft_of(declaration)
        typed = draft.data.get("typed", {}).get(section)
        kept = draft.data.get("sections", {}).get(section, {})
        form_class = SECTION_FORMS.get(section)
        initial = typed or (form_class.initial_of(kept) if form_class else {})
        form = make_form(section, declaration, initial={**initial, "version": draft.version, "page": uuid4().hex})
        return self._page(request, declaration, section, form, draft=draft)

    def post(self, request, pk, section):
        declaration = self.editable(request, pk)
        if section == "price" and instalments.BUTTON in request.POST:
            return self._change_rows(request, declaration)
        form = make_form(section, declaration, request.POST)
        if not form.is_valid():
            return self._page(request, declaration, section, form, draft=draft_of(declaration), status=422)
        try:
            services.save_section(
                declaration=declaration,
                section=section,
                values=form.values(),
                version=form.cleaned_data["version"],
                page=form.cleaned_data["page"],
                actor=request.membership,
            )
        except DraftStale as stale:
            if stale.draft.data.get("sections", {}).get(section) != form.values():  # else a second click
                return two_versions(request, declaration, section, stale.draft)
        except DomainError as error:
            core_forms.add_error(form, error)
            return self._page(request, declaration, section, form, draft=draft_of(declaration), status=422)
        if request.POST.get("then") == "check" or request.GET.get("then") == "check":
            return redirect("licenses:declaration_check_answers", pk=pk)
        return redirect("licenses:declaration_task_list", pk=pk)

    def _change_rows(self, request, declaration):
        """One instalment more or less: what was typed is kept, right or wrong, and the page comes again."""
        typed = instalments.changed(typed_of(request), request.POST[instalments.BUTTON])
        try:
            keep_typed(request, declaration, "price", typed)
        except DraftStale as stale:
            return two_versions(request, declaration, "price", stale.draft, typed)
        then = "?then=check" if "check" in (request.POST.get("then"), request.GET.get("then")) else ""
        url = reverse("licenses:declaration_section", args=[declaration.pk, "price"])
        return HttpResponseRedirect(f"{url}{then}#instalments", status=303)

    def _page(self, request, declaration, section, form, *, draft, status=200):
        results = self._results(declaration, draft)
        here = [result for result in results if result.section == section]
        context = {
            "declaration": declaration,
            "draft": draft,
            "section": section,
            "title": titles.TITLES[section],
            "position": titles.ORDER.index(section) + 1,
            "total": len(titles.ORDER),
            "form": form,
            "then": request.GET.get("then", "") or request.POST.get("then", ""),
            "here": here,
            "checks": checks.with_links(checks.sorted_for_reading([r for r in results if r not in here]), declaration),
            "counts": eligibility.counts(results),
            "remark": checks.remark_on(declaration, section),
        }
        return render(request, "licenses/declaration_section.html", context, status=status)

    def _results(self, declaration, draft):
        offer = Offer(draft.data.get("sections", {}))
        return eligibility.check(declaration, offer=offer, now=database_now())

    def _facts_page(self, request, declaration, section):
        draft = draft_of(declaration)
        results = self._results(declaration, draft)
        here = [result for result in results if result.section == section]
        context = {
            "declaration": declaration,
            "draft": draft,
            "section": section,
            "title": titles.TITLES[section],
            "position": titles.ORDER.index(section) + 1,
            "total": len(titles.ORDER),
            "checks": checks.with_links(checks.sorted_for_reading(here), declaration),
            "rows": shown.patent_rows(declaration) if section == "patent" else [],
            "owners": shown.owner_rows(declaration, Offer(draft.data.get("sections", {}))),
            "upload_form": UploadForm() if section == "owners" else AttachmentForm(),
            "files": checks.files_of(declaration),
        }
        return render(request, f"licenses/declaration_{section}.html", context)


def two_versions(request, declaration, section, stored, typed=None):
    """409: what was typed here beside what was saved elsewhere; one of them is chosen."""
    typed = typed_of(request) if typed is None else typed
    kept = stored.data.get("sections", {}).get(section, {})
    both = {**dict.fromkeys(typed, ""), **SECTION_FORMS[section].initial_of(kept)}
    form = make_form(section, declaration, initial=both)
    context = {
        "declaration": declaration,
        "section": section,
        "title": titles.TITLES[section],
        "stored": stored,
        "rows": [
            (field.label, typed.get(name, ""), field_text(form, name))
            for name, field in form.fields.items()
            if name not in OF_THE_PAGE
        ],
        "typed": typed,
        "then": request.POST.get("then", ""),
    }
    return render(request, "licenses/declaration_versions.html", context, status=409)


def field_text(form, name) -> str:
    """The stored value of a field, as text."""
    value = form.initial.get(name, "")
    return "" if value in (None, False) else str(value)


class Autosave(OwnDeclaration, View):
    """Keep what is typed, right or wrong; answers JSON."""

    def post(self, request, pk, section):
        declaration = self.editable(request, pk)
        if section not in SECTION_FORMS:
            raise Http404
        try:
            draft = keep_typed(request, declaration, section, typed_of(request))
        except DraftStale:
            request.session[CONFLICT] = {"pk": pk, "section": section, "typed": typed_of(request)}
            location = reverse("licenses:declaration_versions", args=[pk, section])
            return JsonResponse({"location": location}, status=409)
        except DomainError as error:
            return JsonResponse({"detail": error.sentence}, status=error.status)
        saved = gettext("Saved %(time)s") % {"time": moment(draft.saved_at, seconds=True)}
        return JsonResponse({"saved": saved, "version": draft.version})


class Versions(OwnDeclaration, View):
    """The two versions after an autosave that came too late."""

    def get(self, request, pk, section):
        declaration = self.editable(request, pk)
        kept = request.session.get(CONFLICT, {})
        if (kept.get("pk"), kept.get("section")) != (pk, section):
            return redirect("licenses:declaration_section", pk=pk, section=section)
        return two_versions(request, declaration, section, draft_of(declaration), kept["typed"])
