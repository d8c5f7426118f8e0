"""The parts of a proposal: forms that are kept while one types, and lists of patents, holders and documents."""

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views import View

from auctions import eligibility
from auctions.forms.acts import Token
from auctions.forms.lots import PART_FORMS, AddPatentForm, DocumentForm, HolderForm, WaiverForm
from auctions.presentation import proposal as shown
from auctions.queries import lots, rooms
from auctions.services import lots as services
from auctions.services import priority
from auctions.services import rooms as room_services
from auctions.views.my_lots import OwnLot
from foundation.core import forms as core_forms
from foundation.core.errors import DomainError
from foundation.jobs import typed
from foundation.jobs.drafts import DraftStale


def form_of(part: str) -> type:
    """The form of a part; 404 for a part that is none."""
    if part not in PART_FORMS:
        raise Http404
    return PART_FORMS[part]


class Part(OwnLot, View):
    """One part: show, save, and say what is wrong beside its field."""

    def get(self, request, pk, part):
        lot, form_class = self.editable(request, pk), form_of(part)
        draft = services.draft_of(lot)
        kept = form_class.initial_of(lot, services.reserve_for(lot, request.membership))
        fresh = draft.data.get("typed", {}).get(part) or {}
        return self.page(request, lot, part, form_class(initial={**kept, **fresh, "version": draft.version}))

    def post(self, request, pk, part):
        lot, form = self.editable(request, pk), form_of(part)(request.POST)
        if form.is_valid():
            values = form.values()
            core_forms.run(form, services.save_part, lot=lot, part=part, values=values, actor=request.membership)
        if form.errors:
            return self.page(request, lot, part, form, status=422)
        return redirect("auctions:lot_task_list", pk=pk)

    def page(self, request, lot, part, form, status=200):
        context = {
            "lot": lot,
            "part": part,
            "title": shown.TITLES[part],
            "draft": services.draft_of(lot),
            "form": form,
            "autosave": reverse("auctions:lot_autosave", args=[lot.pk, part]),
            "remarks": shown.corrections(lot),
        }
        return render(request, "auctions/lot_part.html", context, status=status)


class Autosave(OwnLot, View):
    """Keep what is typed, right or wrong; answers JSON. A later version elsewhere sends the page there."""

    def post(self, request, pk, part):
        lot = self.editable(request, pk)
        form_of(part)
        sent = {"typed": typed.typed_of(request), "version": typed.version_of(request)}
        try:
            draft = services.autosave(lot=lot, part=part, actor=request.membership, **sent)
        except DraftStale:
            return JsonResponse({"location": reverse("auctions:lot_part", args=[pk, part])}, status=409)
        except DomainError as error:
            return JsonResponse({"detail": error.sentence}, status=error.status)
        return JsonResponse(typed.said(draft))


class Listed(OwnLot, View):
    """A part that is a list with a form below; ``part`` names it, ``add`` calls the service."""

    part, template, form_class = "", "", Token

    def get(self, request, pk):
        return self.page(request, self.open(request, pk), self.form_class())

    def post(self, request, pk):
        lot = self.open(request, pk)
        form = self.form_class(request.POST, request.FILES)
        if form.is_valid():
            data = {name: value for name, value in form.cleaned_data.items() if name != "form_token"}
            self.add(form, lot, request.membership, data)
        if form.errors:
            return self.page(request, lot, form, status=422)
        return redirect(shown.part_url(lot, self.part))

    def open(self, request, pk):
        """The lot while this part may be changed; 404 otherwise."""
        return self.editable(request, pk)

    def add(self, form, lot, actor, data):
        """Call the service."""
        raise NotImplementedError

    def rows(self, lot):
        """What the list shows."""
        raise NotImplementedError

    def page(self, request, lot, form, status=200):
        context = {
            "lot": lot,
            "title": shown.TITLES[self.part],
            "form": form,
            "token_form": Token(),
            "waiver_form": WaiverForm(),
            "rows": self.rows(lot),
            "remarks": shown.corrections(lot),
        }
        return render(request, self.template, context, status=status)


class Patents(Listed):
    """The patents of the bundle."""

    part, template, form_class = "patents", "auctions/lot_patents.html", AddPatentForm

    def add(self, form, lot, actor, data):
        core_forms.run(form, services.add_patent, lot=lot, number=data["number"], actor=actor)

    def rows(self, lot):
        return lots.patents_of(lot)


class Priority(Listed):
    """Who comes first on equal terms."""

    part, template, form_class = "priority", "auctions/lot_priority.html", HolderForm

    def get(self, request, pk):
        lot = self.open(request, pk)
        names = eligibility.missing_holders(lot, lots.patents_of(lot))
        form = self.form_class(initial={"name": names[0]}) if names else self.form_class()
        return self.page(request, lot, form)

    def add(self, form, lot, actor, data):
        core_forms.run(form, priority.add_holder, lot=lot, actor=actor, **data)

    def rows(self, lot):
        return list(lot.priority_holders.select_related("organization"))


class Documents(Listed):
    """The data room, as the seller keeps it: until the lot is announced."""

    part, template, form_class = "documents", "auctions/lot_documents.html", DocumentForm

    def open(self, request, pk):
        lot = self.lot(request, pk)
        if not lot.permits("edit") and not lot.permits("documents"):
            raise Http404
        return lot

    def add(self, form, lot, actor, data):
        core_forms.run(form, room_services.add_document, lot=lot, actor=actor, **data)

    def rows(self, lot):
        return rooms.documents_of(lot)


class Remove(OwnLot, View):
    """Takes one row out of a list; the list is shown again."""

    part = ""

    def post(self, request, pk, **keys):
        lot = self.lot(request, pk)
        form = Token(request.POST)
        if form.is_valid():
            self.remove(form, lot, request.membership, **keys)
        for error in form.non_field_errors():
            messages.error(request, str(error))
        return redirect(shown.part_url(lot, self.part))


class RemovePatent(Remove):
    """A patent leaves the bundle."""

    part = "patents"

    def remove(self, form, lot, actor, patent):
        item = get_object_or_404(lot.items.select_related("patent"), patent_id=patent)
        core_forms.run(form, services.remove_patent, lot=lot, patent=item.patent, actor=actor)


class RemoveHolder(Remove):
    """A name leaves the list of first rights."""

    part = "priority"

    def remove(self, form, lot, actor, holder):
        found = get_object_or_404(lot.priority_holders.select_related("lot"), pk=holder)
        core_forms.run(form, priority.remove_holder, holder=found, actor=actor)


class RemoveDocument(Remove):
    """A file leaves the data room."""

    part = "documents"

    def remove(self, form, lot, actor, document):
        found = get_object_or_404(rooms.document(lot, document))
        core_forms.run(form, room_services.remove_document, document=found, actor=actor)


class Waiver(OwnLot, View):
    """A waiver on paper."""

    def post(self, request, pk, holder):
        lot = self.lot(request, pk)
        found = get_object_or_404(lot.priority_holders.select_related("lot"), pk=holder)
        form = WaiverForm(request.POST, request.FILES)
        if form.is_valid():
            upload = form.cleaned_data["upload"]
            core_forms.run(form, priority.record_waiver, holder=found, upload=upload, actor=request.membership)
        for errors in form.errors.values():
            messages.error(request, str(errors[0]))
        return redirect(shown.part_url(lot, "priority") if lot.permits("edit") else lot.get_absolute_url())
