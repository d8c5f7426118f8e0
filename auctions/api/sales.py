"""Sales over HTTP: the same services and sides as the pages."""

import django_filters
from django.shortcuts import get_object_or_404
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.generics import ListAPIView, RetrieveAPIView

from accounts.permissions import HasCapability, IsMember
from auctions import rules
from auctions.lifecycle_parties import SaleState
from auctions.models import Ruling, Sale
from auctions.queries import after
from auctions.serializers import sales as data
from auctions.serializers.parties import MaybeReason
from auctions.services import confirmations, contracts, objections, rulings, transfers
from foundation.core.acts import Act, Making
from foundation.core.api import NewestFirst


class SaleFilter(django_filters.FilterSet):
    """By state, and by the number of the lot."""

    state = django_filters.ChoiceFilter(choices=[(str(one), str(one)) for one in SaleState])
    lot = django_filters.CharFilter(field_name="lot__number", max_length=40)


class OfSales:
    """The sales one sees; only those where one's organization is the ``side``, if that is named."""

    serializer_class, queryset, lookup_field = data.AuctionSaleDetailData, Sale.objects.none(), "number"
    permission_classes, filter_backends, side = (IsMember,), (), ""

    def get_queryset(self):
        found = after.visible_to(self.request.membership)
        return found.filter(**{self.side: self.request.membership.organization_id}) if self.side else found

    def get_serializer_context(self):
        seen = after.objections_visible_to(getattr(self.request, "membership", None))
        return {**super().get_serializer_context(), "objections": lambda sale: seen.filter(sale=sale)}


class Sales(OfSales, ListAPIView):
    """Own purchases and sales, newest first; officers see all."""

    serializer_class, pagination_class = data.AuctionSaleData, NewestFirst
    filter_backends, filterset_class = (DjangoFilterBackend,), SaleFilter


class SaleOne(OfSales, RetrieveAPIView):
    """One sale: what is to be signed next, when, and what was paid, filed and registered."""


class SaleAct(OfSales, Act):
    """What is done with a sale."""

    argument = "sale"


class BuyerAct(SaleAct):
    """What the buyer does."""

    permission_classes, side = (HasCapability("bid"),), "buyer"


class SaleConfirmations(BuyerAct):
    """Sign the confirmation of sale that was read; the balance falls due."""

    asked, service = data.SaleSignature, staticmethod(confirmations.sign)

    def arguments(self, one, sent):
        return {"sha256": sent["sha256"]}


class SaleRefusals(BuyerAct):
    """An underbidder declines the offer; a winner cannot."""

    asked, service = MaybeReason, staticmethod(confirmations.decline)


class SaleSignatures(SaleAct):
    """One side signs the contract that was read; with the second one it stands."""

    asked, service = data.SaleSignature, staticmethod(contracts.sign)

    def may(self, membership, one):
        return bool(contracts.side_of(one, membership))

    def arguments(self, one, sent):
        return {"sha256": sent["sha256"]}


class SaleFilings(SaleAct):
    """The seller records the filing with CNIPA."""

    permission_classes, side = (HasCapability("declare"),), "seller"
    asked, service = data.SaleFiling, staticmethod(transfers.file)


class OfficerAct(SaleAct):
    """What officers record and decide."""

    permission_classes = (HasCapability("review_any_city"),)


class SaleRegistrations(OfficerAct):
    """An officer records what CNIPA registered."""

    asked, service = data.SaleRegistration, staticmethod(transfers.register)


class SaleObjections(OfSales, Making):
    """Object to a sale that one may object to; nothing is filed or released until it is answered."""

    serializer_class, asked = data.SaleObjectionData, data.NewSaleObjection
    argument, service = "sale", staticmethod(objections.raise_objection)

    class MayObject(IsMember):
        """Whoever may dispute for the organization."""

        def has_permission(self, request, view):
            return super().has_permission(request, view) and rules.may_object(request.membership)

    permission_classes = (MayObject,)

    def get_queryset(self):
        return after.open_to_objection(self.request.membership)


class SaleDismissals(OfficerAct):
    """An officer answers that the sale stands."""

    asked, argument, service = data.ObjectionAnswer, "objection", staticmethod(objections.dismiss)

    def arguments(self, one, sent):
        seen = after.objections_visible_to(self.request.membership).filter(sale=one)
        return {"objection": get_object_or_404(seen, pk=self.kwargs["pk"]), **sent}


class SaleRulings(OfSales, Making):
    """Propose to forfeit, to annul, or to find the seller in default; a second person decides."""

    permission_classes = (HasCapability("review_any_city"),)
    serializer_class, asked = data.SaleRulingData, data.NewSaleRuling
    argument, service = "sale", staticmethod(rulings.propose)

    def arguments(self, one, sent):
        if sent["act"] != Ruling.Act.ANNUL:
            return sent
        waiting = after.objections_visible_to(self.request.membership).filter(sale=one, decided_at=None).first()
        return {**sent, "objection": waiting}
