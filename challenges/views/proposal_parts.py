"""The parts of a proposal: forms that are kept while one types, and the files beside the draft."""

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.views import View

from accounts.access import MemberRequired
from challenges.forms.proposal_parts import PART_FORMS
from challenges.forms.proposals import FileForm
from challenges.presentation import proposals as shown
from challenges.queries import proposals
from challenges.services import proposal_drafts
from challenges.views.proposals import OwnProposal, found_by
from foundation.core import forms as core_forms
from foundation.core.display import moment
from foundation.core.errors import DomainError
from foundation.core.forms import FormToken
from foundation.jobs.typed import typed_of, version_of


def form_of(part: str) -> type:
    """The form of a part; 404 for a part that is none."""
    if part not in PART_FORMS:
        raise Http404
    return PART_FORMS[part]


class ProposalPart(OwnProposal, View):
    """One part: show, save, and say what is wrong beside its field."""

    def get(self, request, key, part):
        proposal, form_class = self.editable(request, key), form_of(part)
        content = proposal_drafts.draft_of(proposal, request.membership)
        typed = content.get("typed", {}).get(part) or form_class.initial_of(content)
        initial = {**typed, "version": proposal.draft_version}
        return self.page(request, proposal, part, form_class(challenge=proposal.challenge, initial=initial))

    def post(self, request, key, part):
        proposal = self.editable(request, key)
        form = form_of(part)(request.POST, challenge=proposal.challenge)
        if form.is_valid():
            core_forms.run(
                form,
                proposal_drafts.save_part,
                proposal=proposal,
                part=part,
                values=form.values(),
                version=version_of(request),
                actor=request.membership,
            )
        if form.errors:
            return self.page(request, proposal, part, form, status=422)
        return redirect(proposal)

    def page(self, request, proposal, part, form, status=200):
        context = {
            "proposal": proposal,
            "challenge": proposal.challenge,
            "part": part,
            "title": shown.TITLES[part],
            "form": form,
            "autosave": reverse("challenges:proposal_autosave", args=[proposal.key, part]),
        }
        return render(request, "challenges/proposal_part.html", context, status=status)


class AutosaveProposal(OwnProposal, View):
    """Keep what is typed, right or wrong; answers JSON. A later version elsewhere sends the page there."""

    def post(self, request, key, part):
        proposal = self.editable(request, key)
        form_of(part)
        try:
            kept = proposal_drafts.autosave(
                proposal=proposal,
                part=part,
                typed=typed_of(request),
                version=version_of(request),
                actor=request.membership,
            )
        except proposal_drafts.DraftStale:
            return JsonResponse({"location": shown.part_url(proposal, part)}, status=409)
        except DomainError as error:
            return JsonResponse({"detail": error.sentence}, status=error.status)
        saved = gettext("Saved %(time)s") % {"time": moment(kept.draft_saved_at, seconds=True)}
        return JsonResponse({"saved": saved, "version": kept.draft_version})


class ProposalFiles(OwnProposal, View):
    """The files beside the draft, with a form below."""

    def get(self, request, key):
        return self.page(request, self.editable(request, key), FileForm())

    def post(self, request, key):
        proposal, form = self.editable(request, key), FileForm(request.POST, request.FILES)
        if form.is_valid():
            sent = {name: form.cleaned_data[name] for name in ("upload", "is_consent")}
            core_forms.run(form, proposal_drafts.add_file, proposal=proposal, actor=request.membership, **sent)
        if form.errors:
            return self.page(request, proposal, form, status=422)
        return redirect("challenges:proposal_files", key=proposal.key)

    def page(self, request, proposal, form, status=200):
        context = {
            "proposal": proposal,
            "challenge": proposal.challenge,
            "title": shown.TITLES["files"],
            "form": form,
            "token_form": FormToken(),
            "files": proposal_drafts.files_of(proposal, request.membership),
        }
        return render(request, "challenges/proposal_files.html", context, status=status)


def download(name, content_type, raw):
    """A file to be saved, kept by no cache."""
    answer = HttpResponse(raw, content_type=content_type)
    answer["Content-Disposition"] = content_disposition_header(True, name)
    answer["X-Content-Type-Options"] = "nosniff"
    add_never_cache_headers(answer)
    return answer


class ReadDraftFile(OwnProposal, View):
    """A file of the draft, decrypted for its team."""

    def get(self, request, key, file):
        found = proposal_drafts.file_of(self.editable(request, key), file, request.membership)
        if found is None:
            raise Http404
        about, raw = found
        return download(about.name, about.content_type, raw)


class ReadAttachment(MemberRequired, View):
    """A file of an opened proposal, for who may read the proposal under the team's name."""

    def get(self, request, key, pk):
        proposal = found_by(proposals.read_by(request.membership).filter(opened__isnull=False), key)
        opened = proposal.opened
        file = opened.files.filter(pk=pk).first() or get_object_or_404(opened.consents, pk=pk)
        return download(file.original_name, file.content_type, file.content.read())


class RemoveDraftFile(OwnProposal, View):
    """Takes a file out of the draft."""

    def post(self, request, key, file):
        proposal, form = self.editable(request, key), FormToken(request.POST)
        if form.is_valid():
            core_forms.run(form, proposal_drafts.remove_file, proposal=proposal, file=file, actor=request.membership)
        for error in form.non_field_errors():
            messages.error(request, str(error))
        return redirect("challenges:proposal_files", key=proposal.key)
