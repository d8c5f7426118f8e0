"""The team's pages: beginning a proposal, its task list and page, checking and submitting, my proposals."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import add_never_cache_headers
from django.views import View

from accounts import history
from accounts.access import MemberRequired
from challenges import sealing, texts
from challenges.forms import proposals as forms
from challenges.lifecycle_parties import OPENED_STATES, ProposalState
from challenges.presentation import proposals as shown
from challenges.queries import challenges, proposals
from challenges.rules import is_officer, may_propose
from challenges.services import proposal_drafts, proposing
from foundation.core import forms as core_forms
from foundation.core import handlers
from foundation.core.forms import FormToken

Solver = MemberRequired.having("declare")
PAGE, HISTORY = 20, 8


def found_by(rows, key):
    """The proposal with this key or number; 404 for what one does not see."""
    return get_object_or_404(rows.select_related("lead"), Q(key=key) | Q(number=key))


class OwnProposal(Solver):
    """What the pages of one own proposal share."""

    def proposal(self, request, key):
        """The organization's proposal; 404 for those of others."""
        return found_by(proposals.own(request.membership), key)

    def editable(self, request, key):
        """The same, while it is a draft; 404 otherwise."""
        proposal = self.proposal(request, key)
        if not proposal.permits("edit"):
            raise Http404
        return proposal


class MyProposals(Solver, View):
    """My organization's proposals, newest first. Nobody else sees that there are any."""

    def get(self, request):
        rows = proposals.own(request.membership).order_by("-pk")
        page = Paginator(rows, PAGE).get_page(request.GET.get("page", "1")[:6])
        return render(request, "challenges/my_proposals.html", {"page": page, "rows": shown.list_rows(page)})


class NewProposal(Solver, View):
    """What a proposal needs and who reads it when; then the draft."""

    def get(self, request, number):
        challenge = self.challenge(request, number)
        standing = proposals.standing(challenge, request.membership)
        if standing is not None:
            return redirect(standing)
        return self.page(request, challenge, FormToken())

    def post(self, request, number):
        challenge, form = self.challenge(request, number), FormToken(request.POST)
        if form.is_valid():
            made = core_forms.run(form, proposing.start, challenge=challenge, actor=request.membership)
            if made is not None:
                return redirect(made)
        return self.page(request, challenge, form, status=422)

    def challenge(self, request, number):
        """A published challenge of somebody else."""
        found = get_object_or_404(challenges.visible_to(request.membership), number=number)
        if found.owner_id == request.membership.organization_id or not found.permits("show"):
            raise Http404
        return found

    def page(self, request, challenge, form, status=200):
        context = {
            "challenge": challenge,
            "form": form,
            "open": challenge.permits("propose"),
            "verified": request.membership.organization.is_verified,
        }
        return render(request, "challenges/proposal_new.html", context, status=status)


class ProposalDetail(MemberRequired, View):
    """A draft's task list; what was submitted as far as this reader may know it.

    Experts have a page of their own, blind where the season is.
    """

    def get(self, request, key):
        proposal = found_by(proposals.read_by(request.membership), key)
        own = proposal.organization_id == request.membership.organization_id
        if own and proposal.state == ProposalState.DRAFT and may_propose(request.membership):
            return self.task_list(request, proposal)
        return self.page(request, proposal, own)

    def task_list(self, request, proposal):
        """The parts of a draft."""
        content = proposal_drafts.draft_of(proposal, request.membership)
        files = proposal_drafts.files_of(proposal, request.membership)
        context = {
            "proposal": proposal,
            "challenge": proposal.challenge,
            "tasks": shown.tasks(proposal, content, files),
            "has_copies": proposal.copies.exists(),
            "open": proposal.challenge.permits("propose"),
            "history": history.entries(proposal, request.membership, HISTORY),
        }
        return render(request, "challenges/proposal_task_list.html", context)

    def page(self, request, proposal, own):
        """Facts, what comes next, and from the opening on the content."""
        opened = proposal.state in OPENED_STATES
        panels = [func(proposal=proposal, membership=request.membership) for _key, func in
                  handlers.collect("proposal_panels:")] if opened else []  # fmt: skip
        content = proposal.opened.content if opened else {}
        files = [proposal_drafts.FileInDraft("", one.original_name, one.content_type, one.size)
                 for one in (proposal.opened.files.all() if opened else [])]  # fmt: skip
        context = {
            "proposal": proposal,
            "challenge": proposal.challenge,
            "own": own,
            "next_step": shown.next_step(proposal) if own else "",
            "facts": shown.facts(proposal),
            "copy": shown.latest_copy(proposal),
            "sections": shown.answers(proposal.challenge, content, files) if opened else [],
            "files": shown.attached(proposal) if opened else [],
            "panels": [panel for found in panels for panel in found],
            "may_act": own and may_propose(request.membership) and proposal.challenge.permits("propose"),
            "may_judge": proposal.permits("judge") and is_officer(request.membership),
            "may_reread": own and may_propose(request.membership) and proposal.submitted_at is not None,
            "history": history.entries(proposal, request.membership, HISTORY),
        }
        return render(request, "challenges/proposal_detail.html", context)


class CheckProposal(OwnProposal, View):
    """Everything once more, the commitment letter, and the submission. The receipt is shown once, here."""

    def get(self, request, key):
        proposal = self.editable(request, key)
        initial = forms.SubmitForm.initial_for(proposal.challenge, sealing.new_receipt())
        return self.page(request, proposal, forms.SubmitForm(initial=initial))

    def post(self, request, key):
        proposal, form = self.proposal(request, key), forms.SubmitForm(request.POST)
        if form.is_valid():
            data = {name: form.cleaned_data[name] for name in ("receipt", "commitment_sha256")}
            done = core_forms.run(form, proposing.submit, proposal=proposal, actor=request.membership, **data)
            if done is not None:
                return self.receipt(request, done)
        return self.page(request, proposal, form, status=422)

    def receipt(self, request, done):
        """The receipt, kept by no cache."""
        context = {"proposal": done.proposal, "challenge": done.proposal.challenge, "copy": done.copy,
                   "receipt": done.receipt}  # fmt: skip
        answer = render(request, "challenges/proposal_receipt.html", context)
        add_never_cache_headers(answer)
        return answer

    def page(self, request, proposal, form, status=200):
        content = proposal_drafts.draft_of(proposal, request.membership)
        files = proposal_drafts.files_of(proposal, request.membership)
        context = {
            "proposal": proposal,
            "challenge": proposal.challenge,
            "form": form,
            "letter": texts.shown(proposal.challenge.season, texts.COMMITMENT),
            "sections": shown.answers(proposal.challenge, content, files, lambda name: shown.part_url(proposal, name)),
            "can_submit": shown.tasks(proposal, content, files)["can_submit"],
        }
        return render(request, "challenges/proposal_check.html", context, status=status)
