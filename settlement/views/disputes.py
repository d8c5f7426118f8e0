"""Disputes: opened on the page of a payment, then one page for both sides and the mediator."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views import View

from accounts.access import MemberRequired
from foundation.core import forms as core_forms
from settlement import forms_payouts as forms
from settlement import presentation, queries, rules, rules_payouts
from settlement.services import dispute_outcomes, disputes
from settlement.views.about_obligation import AboutObligation
from settlement.views.acting import SEE_OTHER, Act, Acts

PAGE_SIZE = 30


class DisputeRequired(MemberRequired):
    """Whoever may see money, and the mediators."""

    def allowed(self, membership):
        return rules.can(membership, "see_money") or rules_payouts.may_mediate(membership)


class Disputes(DisputeRequired, View):
    """Disputes one may see, newest first."""

    def get(self, request):
        rows = queries.disputes.visible_to(request.membership)
        context = {"page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))}
        return render(request, "settlement/payouts/dispute_list.html", context)


class OpenDispute(AboutObligation):
    """The form of the side that disputes."""

    form, service = forms.OpenDispute, staticmethod(disputes.open_dispute)
    may = staticmethod(rules_payouts.may_dispute)
    title, submit = _("Dispute a payment"), _("Open the dispute")


class DisputePage(Acts, DisputeRequired):
    """What the pages of a dispute share."""

    argument, route = "dispute", "settlement:dispute_act"
    ACTS = {
        "answer": Act(_("Answer"), forms.Answer, disputes.answer_dispute, _("The answer was sent."),
                      rules_payouts.is_respondent, "answer", first=True),
        "offer": Act(_("Offer how to settle"), forms.Offer, dispute_outcomes.offer, _("The offer was sent."),
                     rules_payouts.may_offer, "offer"),
        "mediate": Act(_("Ask for mediation"), forms.Reasons, disputes.ask_mediation, _("Mediation was asked for."),
                       rules_payouts.may_move, "mediate"),
        "appoint": Act(_("Name the mediator"), forms.Appoint, disputes.appoint_mediator, _("The mediator was named."),
                       rules_payouts.may_mediate, "appoint"),
        "fail": Act(_("Declare that there is no agreement"), forms.Reasons, disputes.declare_failed,
                    _("The talks have ended."), rules_payouts.may_move, "fail", danger=True),
        "refer": Act(_("Record arbitration or court"), forms.Refer, disputes.refer, _("It was recorded."),
                     rules_payouts.may_move, "refer"),
        "rule": Act(_("Carry out the ruling"), forms.Ruling, dispute_outcomes.carry_out_ruling,
                    _("The ruling was carried out."), rules_payouts.may_carry_out, "rule"),
        "withdraw": Act(_("Withdraw the dispute"), forms.Press, disputes.withdraw_dispute,
                        _("The dispute was withdrawn."), rules_payouts.is_claimant, "withdraw", danger=True),
    }  # fmt: skip

    def one(self, number):
        return get_object_or_404(queries.disputes.visible_to(self.request.membership), number=number)

    def show(self, one, status=200, bound=None):
        member = self.request.membership
        offers = list(one.offers.select_related("made_by", "dispute"))
        side = one.permits("offer") and rules_payouts.may_dispute(member, one)
        agreed = "claimant_agreed_at" if rules_payouts.is_claimant(member, one) else "respondent_agreed_at"
        standing = next((offer for offer in offers if offer.ended_at is None), None)
        context = {
            "one": one,
            "obligation": one.obligation,
            "offers": offers,
            "standing": standing,
            "may_agree": bool(side and standing and getattr(standing, agreed) is None),
            "press": forms.Press(),
            "acts": self.acts_of(one, bound),
            "has_errors": bool(bound),
            "entries": presentation.history(one, member),
            "frozen": queries.frozen_for(one),
        }
        return render(self.request, "settlement/payouts/dispute_detail.html", context, status=status)


class DisputeDetail(DisputePage, View):
    """One dispute."""

    def get(self, request, number):
        return self.show(self.one(number))


class DisputeAct(DisputePage, View):
    """The buttons of a dispute."""

    def post(self, request, number, act):
        return self.perform(request, self.one(number), act)


class AnswerOffer(DisputePage, View):
    """Agree to the standing offer, or decline it."""

    ANSWERS = {"agree": dispute_outcomes.agree, "decline": dispute_outcomes.decline}

    def post(self, request, number, pk, act):
        one = self.one(number)
        offer = one.offers.filter(pk=pk).first()
        if offer is None or act not in self.ANSWERS:
            raise Http404
        form = forms.Press(request.POST)
        if form.is_valid():
            core_forms.run(form, self.ANSWERS[act], offer=offer, actor=request.membership)
        if form.errors:
            messages.error(request, " ".join(str(error) for error in form.non_field_errors()))
        return HttpResponseRedirect(one.get_absolute_url(), status=SEE_OTHER)
