"""The parts of a challenge: forms that are kept while one types, the two versions after a conflict, documents."""

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views import View

from challenges.forms.acts import Token
from challenges.forms.beginning import AttachmentForm
from challenges.forms.parts import PART_FORMS
from challenges.presentation import draft as shown
from challenges.queries import rooms as asked
from challenges.services import drafting, rooms
from challenges.views.pages import Firm
from foundation.core import forms as core_forms
from foundation.core.errors import DomainError
from foundation.jobs import typed
from foundation.jobs.drafts import DraftStale

CONFLICT = "challenges_conflict"


def form_of(part: str) -> type:
    """The form of a part; 404 for a part that is none."""
    if part not in PART_FORMS:
        raise Http404
    return PART_FORMS[part]


def both_versions(request, pk, part) -> str:
    """The address of the page that shows what was typed here beside what was saved elsewhere."""
    request.session[CONFLICT] = {"pk": pk, "part": part, "typed": typed.typed_of(request)}
    return reverse("challenges:challenge_versions", args=[pk, part])


class Part(Firm, View):
    """One part: show, save, and say what is wrong beside its field."""

    def get(self, request, pk, part):
        challenge, form_class = self.editable(request, pk), form_of(part)
        draft = drafting.draft_of(challenge)
        kept = draft.data.get("typed", {}).get(part) or form_class.initial_of(challenge)
        return self.page(request, challenge, part, form_class(initial={**kept, "version": draft.version}))

    def post(self, request, pk, part):
        challenge, form = self.editable(request, pk), form_of(part)(request.POST)
        if form.is_valid():
            said = {"values": form.values(), "rows": form.rows()}
            said["version"] = typed.version_of(request)
            core_forms.run(form, drafting.save_part, challenge=challenge, part=part, actor=request.membership, **said)
        if form.has_error(NON_FIELD_ERRORS, DraftStale.code):
            return redirect(both_versions(request, pk, part))
        if form.errors:
            return self.page(request, challenge, part, form, status=422)
        return redirect("challenges:challenge_task_list", pk=pk)

    def page(self, request, challenge, part, form, status=200):
        context = {
            "challenge": challenge,
            "part": part,
            "title": shown.TITLES[part],
            "draft": drafting.draft_of(challenge),
            "form": form,
            "rows": form.row_fields() if hasattr(form, "row_fields") else [],
            "plain_fields": form.plain_fields() if hasattr(form, "plain_fields") else form.visible_fields(),
            "row_title": getattr(form, "row_title", ""),
            "autosave": reverse("challenges:challenge_autosave", args=[challenge.pk, part]),
            "remarks": shown.corrections(challenge),
        }
        return render(request, "challenges/challenge_part.html", context, status=status)


class Autosave(Firm, View):
    """Keep what is typed, right or wrong; answers JSON. A later version elsewhere sends the page to both of them."""

    def post(self, request, pk, part):
        challenge = self.editable(request, pk)
        form_of(part)
        said = typed.typed_of(request)
        try:
            draft = drafting.autosave(
                challenge=challenge, part=part, typed=said, version=typed.version_of(request), actor=request.membership
            )
        except DraftStale:
            return JsonResponse({"location": both_versions(request, pk, part)}, status=409)
        except DomainError as error:
            return JsonResponse({"detail": error.sentence}, status=error.status)
        return JsonResponse(typed.said(draft))


class Versions(Firm, View):
    """What was typed here beside what was saved elsewhere; one of them is chosen."""

    def get(self, request, pk, part):
        challenge, form_class = self.editable(request, pk), form_of(part)
        kept = request.session.get(CONFLICT, {})
        if (kept.get("pk"), kept.get("part")) != (pk, part):
            return redirect("challenges:challenge_part", pk=pk, part=part)
        draft = drafting.draft_of(challenge)
        theirs = draft.data.get("typed", {}).get(part) or form_class.initial_of(challenge)
        both = form_class(initial={**dict.fromkeys(kept["typed"], ""), **theirs})
        context = {
            "challenge": challenge,
            "title": shown.TITLES[part],
            "stored": draft,
            "rows": [
                (field.label, kept["typed"].get(field.name, ""), field.value() or "")
                for field in both.visible_fields()
                if kept["typed"].get(field.name) or field.value()
            ],
            "typed": kept["typed"],
            "back": reverse("challenges:challenge_part", args=[pk, part]),
        }
        return render(request, "challenges/versions.html", context, status=409)


class Attachments(Firm, View):
    """Documents open to all, and confidential annexes behind the non-disclosure agreement."""

    def get(self, request, pk):
        return self.page(request, self.editable(request, pk), AttachmentForm())

    def post(self, request, pk):
        challenge, form = self.editable(request, pk), AttachmentForm(request.POST, request.FILES)
        if form.is_valid():
            said = {name: form.cleaned_data[name] for name in ("upload", "title", "is_confidential")}
            core_forms.run(form, rooms.add_attachment, challenge=challenge, actor=request.membership, **said)
        if form.errors:
            return self.page(request, challenge, form, status=422)
        return redirect("challenges:challenge_attachments", pk=pk)

    def page(self, request, challenge, form, status=200):
        context = {
            "challenge": challenge,
            "title": shown.TITLES["attachments"],
            "form": form,
            "token_form": Token(),
            "rows": asked.attachments_of(challenge),
            "remarks": shown.corrections(challenge),
        }
        return render(request, "challenges/challenge_attachments.html", context, status=status)


class RemoveAttachment(Firm, View):
    """A document is taken away; the list is shown again."""

    def post(self, request, pk, attachment):
        challenge, form = self.editable(request, pk), Token(request.POST)
        found = get_object_or_404(asked.attachments_of(challenge), pk=attachment)
        if form.is_valid():
            core_forms.run(form, rooms.remove_attachment, attachment=found, actor=request.membership)
        for error in form.non_field_errors():
            messages.error(request, str(error))
        return redirect("challenges:challenge_attachments", pk=pk)
