"""One act on a proposal, one page: hand over, replace, read again, bring back, withdraw; the officer's finding."""

from django.http import Http404
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _
from django.views import View

from accounts import queries as accounts
from accounts.acting import Act
from challenges.forms import proposals as forms
from challenges.presentation import proposals as shown
from challenges.queries import proposals
from challenges.services import panels, proposal_drafts, resubmitting
from challenges.views.proposals import OwnProposal, found_by
from foundation.core import forms as core_forms


class OneProposal(Act):
    """An act on a proposal of one's own."""

    key, argument, capability = "key", "proposal", "declare"
    template = "challenges/proposal_act.html"
    permit = ""

    def found(self, value):
        found = found_by(proposals.own(self.request.membership), value)
        if self.permit and not found.permits(self.permit):
            raise Http404
        return found

    def address(self, subject):
        return subject.get_absolute_url()


class HandOverProposal(OneProposal):
    """A colleague leads from now on."""

    permit, form_class = "hand_over", forms.HandOverForm
    service = staticmethod(proposal_drafts.hand_over)
    title = submit = _("Hand the proposal over")
    text = _("Your colleague leads the proposal and is told of every deadline. You may go on writing.")
    said = _("Your colleague leads the proposal now.")

    def form_more(self, subject):
        colleagues = accounts.members_of(subject.organization, "declare").exclude(user=subject.lead_id)
        return {"colleagues": colleagues}


class ReplaceProposal(OneProposal):
    """Begin again before the deadline."""

    permit, form_class, danger = "replace", forms.ReplaceForm, True
    service = staticmethod(resubmitting.replace)
    title = submit = _("Replace the proposal")
    text = _("Until you submit again nothing stands: a draft left at the deadline does not take part.")
    said = _("The proposal is a draft again. Submit it before the deadline.")

    def values(self, form, subject):
        return {"receipt": form.cleaned_data["receipt"]}


class RestoreProposal(OneProposal):
    """Bring back what was submitted before."""

    permit, form_class = "edit", forms.ReceiptForm
    service = staticmethod(resubmitting.restore)
    title = submit = _("Bring back what was submitted")
    text = _("Your receipt fills the draft with your latest submission, its files included.")
    said = _("The draft holds your latest submission again. Submit it before the deadline.")


class WithdrawProposal(OneProposal):
    """Withdraw before the deadline."""

    form_class, danger = forms.WithdrawForm, True
    service = staticmethod(resubmitting.withdraw)
    title = submit = _("Withdraw the proposal")
    text = _("Only your organization learns of it. You may propose anew until the deadline.")
    said = _("The proposal was withdrawn.")

    def found(self, value):
        found = super().found(value)
        if not (found.permits("edit") or found.permits("withdraw")):
            raise Http404
        return found


class RereadProposal(OwnProposal, View):
    """The team reads its own sealed copy by its receipt. Nothing is written, no cache keeps it."""

    def get(self, request, key):
        return self.page(request, self.submitted(request, key), forms.ReceiptForm())

    def post(self, request, key):
        proposal, form = self.submitted(request, key), forms.ReceiptForm(request.POST)
        if form.is_valid():
            receipt = form.cleaned_data["receipt"]
            content = core_forms.run(
                form, resubmitting.reread, proposal=proposal, receipt=receipt, actor=request.membership
            )
            if content is not None:
                return self.page(request, proposal, forms.ReceiptForm(), content=content)
        return self.page(request, proposal, form, status=422)

    def submitted(self, request, key):
        """The proposal once something was submitted; 404 before."""
        proposal = self.proposal(request, key)
        if not proposal.copies.exists():
            raise Http404
        return proposal

    def page(self, request, proposal, form, status=200, content=None):
        context = {"proposal": proposal, "challenge": proposal.challenge, "form": form}
        if content is not None:
            files = [proposal_drafts.FileInDraft("", one["name"], one["content_type"], 0) for one in content["files"]]
            context["sections"] = shown.answers(proposal.challenge, content, files)
        answer = render(request, "challenges/proposal_reread.html", context, status=status)
        add_never_cache_headers(answer)
        return answer


class JudgeEligibility(Act):
    """After the opening an officer finds each proposal eligible or not."""

    key, argument = "key", "proposal"
    capability = "review_any_city"
    template = "challenges/proposal_act.html"
    form_class, service = forms.EligibilityForm, staticmethod(panels.judge_eligibility)
    title, submit = _("Check the eligibility"), _("Decide")
    text = _("Who may propose stands in the challenge. Only what is eligible goes to the experts.")
    said = _("The finding is recorded.")

    def found(self, value):
        return found_by(proposals.visible_to(self.request.membership), value)

    def possible(self, subject):
        return subject.permits("judge")

    def rows(self, subject):
        return [
            {"label": _("Who may propose"), "value": subject.challenge.eligibility},
            {"label": _("Organization"), "value": subject.organization.display_name},
        ]

    def address(self, subject):
        return subject.get_absolute_url()
