"""Disputes over HTTP: the same services as the pages."""

import django_filters
from django.shortcuts import get_object_or_404
from django.urls import path
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.generics import ListAPIView, RetrieveAPIView

from accounts.permissions import IsMember
from foundation.core import api
from foundation.core.acts import Act, Making
from settlement import queries, rules, rules_payouts
from settlement import serializers_disputes as data
from settlement.api_own import Own
from settlement.lifecycle_disputes import DisputeState
from settlement.services import dispute_outcomes, disputes


class SeesDisputes(IsMember):
    """Whoever may see money, and the mediators."""

    def has_permission(self, request, view):
        member = request.membership
        seeing = rules.can(member, "see_money") or rules_payouts.may_mediate(member)
        return super().has_permission(request, view) and seeing


class DisputeFilter(django_filters.FilterSet):
    """By state, and by the number of the obligation."""

    state = django_filters.ChoiceFilter(choices=[(str(one), str(one)) for one in DisputeState])
    obligation = django_filters.CharFilter(field_name="obligation__number", max_length=40)


class OfDisputes(Own):
    """The disputes one may see, with what is frozen for them, and their ``parts``."""

    parts: tuple[str, ...] = ("offers__made_by",)
    source, serializer_class = queries.disputes, data.DisputeDetailData
    permission_classes = (SeesDisputes,)

    def get_queryset(self):
        return queries.with_frozen(super().get_queryset()).prefetch_related(*self.parts)


class Disputes(OfDisputes, ListAPIView):
    """Disputes of either side, newest first; all for finance, the auditor and the mediators."""

    serializer_class, pagination_class, parts = data.DisputeData, api.NewestFirst, ()
    filter_backends, filterset_class = (DjangoFilterBackend,), DisputeFilter


class DisputeOne(OfDisputes, RetrieveAPIView):
    """One dispute with its offers and freezes."""


class OpenDispute(Own, Making):
    """Dispute (a part of) what was paid for an obligation; that part is frozen."""

    source, serializer_class = queries.obligations, data.DisputeDetailData
    asked, argument, service = data.NewDispute, "obligation", staticmethod(disputes.open_dispute)
    may = staticmethod(rules_payouts.may_dispute)

    def outcome(self, made):
        return queries.with_frozen(queries.disputes.visible_to(self.request.membership)).get(pk=made.pk)


class DisputeAct(OfDisputes, Act):
    """What is done in a dispute."""

    argument = "dispute"


class DisputeAnswers(DisputeAct):
    """The other side answers; both may then offer how to settle."""

    asked, service = data.DisputeAnswer, staticmethod(disputes.answer_dispute)
    may = staticmethod(rules_payouts.is_respondent)


class DisputeOffers(DisputeAct):
    """Offer how the disputed amount is shared; an earlier offer ends."""

    asked, service = data.NewOffer, staticmethod(dispute_outcomes.offer)
    may = staticmethod(rules_payouts.may_offer)


class OfferAct(DisputeAct):
    """One side's word about an offer."""

    argument = "offer"
    may = staticmethod(rules_payouts.may_dispute)

    def arguments(self, one, sent):
        return {"offer": get_object_or_404(one.offers, pk=self.kwargs["offer"]), **sent}


class OfferAgreements(OfferAct):
    """Agree to an offer; once both sides did, the dispute is settled and the money moves."""

    service = staticmethod(dispute_outcomes.agree)


class OfferRefusals(OfferAct):
    """Decline an offer; another one may follow."""

    asked, service = data.DisputeRemark, staticmethod(dispute_outcomes.decline)


class DisputeMediations(DisputeAct):
    """Bring a dispute before the province's mediators."""

    asked, service = data.DisputeReasons, staticmethod(disputes.ask_mediation)
    may = staticmethod(rules_payouts.may_move)


class DisputeMediators(DisputeAct):
    """Name who mediates."""

    asked, service = data.NewMediator, staticmethod(disputes.appoint_mediator)
    may = staticmethod(rules_payouts.may_mediate)


class DisputeFailures(DisputeAct):
    """Declare that there is no agreement."""

    asked, service = data.DisputeReasons, staticmethod(disputes.declare_failed)
    may = staticmethod(rules_payouts.may_move)


class DisputeReferrals(DisputeAct):
    """Record that arbitration or a court has the case."""

    asked, service = data.Referral, staticmethod(disputes.refer)
    may = staticmethod(rules_payouts.may_move)


class DisputeRulings(DisputeAct):
    """Carry out what arbitration or a court decided."""

    asked, service = data.DisputeRuling, staticmethod(dispute_outcomes.carry_out_ruling)
    may = staticmethod(rules_payouts.may_carry_out)


class DisputeWithdrawals(DisputeAct):
    """The claimant gives the dispute up; the money is free again."""

    asked, service = data.DisputeRemark, staticmethod(disputes.withdraw_dispute)
    may = staticmethod(rules_payouts.is_claimant)


ONE = "disputes/<str:number>/"
OFFER = f"{ONE}offers/<int:offer>/"
urlpatterns = [
    path("obligations/<str:number>/disputes/", OpenDispute.as_view(), name="api_open_dispute"),
    path("disputes/", Disputes.as_view(), name="api_disputes"),
    path(ONE, DisputeOne.as_view(), name="api_dispute"),
    path(f"{ONE}answers/", DisputeAnswers.as_view(), name="api_dispute_answers"),
    path(f"{ONE}offers/", DisputeOffers.as_view(), name="api_dispute_offers"),
    path(f"{OFFER}agreements/", OfferAgreements.as_view(), name="api_dispute_agreements"),
    path(f"{OFFER}refusals/", OfferRefusals.as_view(), name="api_dispute_refusals"),
    path(f"{ONE}mediations/", DisputeMediations.as_view(), name="api_dispute_mediations"),
    path(f"{ONE}mediators/", DisputeMediators.as_view(), name="api_dispute_mediators"),
    path(f"{ONE}failures/", DisputeFailures.as_view(), name="api_dispute_failures"),
    path(f"{ONE}referrals/", DisputeReferrals.as_view(), name="api_dispute_referrals"),
    path(f"{ONE}rulings/", DisputeRulings.as_view(), name="api_dispute_rulings"),
    path(f"{ONE}withdrawals/", DisputeWithdrawals.as_view(), name="api_dispute_withdrawals"),
]
