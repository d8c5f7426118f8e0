"""Becoming a bidder over HTTP: the same services as the pages."""

import django_filters
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.generics import ListAPIView, RetrieveAPIView

from accounts.permissions import HasCapability, IsMember
from auctions.api.lots import OfLots
from auctions.lifecycle_parties import RegistrationState
from auctions.models import Lot, Registration
from auctions.queries import lots, registrations
from auctions.serializers import parties as data
from auctions.services import registering
from foundation.core.acts import Act, Making
from foundation.core.api import NewestFirst


class RegistrationFilter(django_filters.FilterSet):
    """By state, and by the number of the lot."""

    state = django_filters.ChoiceFilter(choices=[(str(one), str(one)) for one in RegistrationState])
    lot = django_filters.CharFilter(field_name="lot__number", max_length=40)


class OfRegistrations:
    """The registrations of one's own organization; nobody else sees them."""

    serializer_class, queryset, lookup_field = data.AuctionRegistrationData, Registration.objects.none(), "pk"
    permission_classes, filter_backends = (IsMember,), ()

    def get_queryset(self):
        return registrations.visible_to(self.request.membership)


class Registrations(OfRegistrations, ListAPIView):
    """The own registrations, newest first."""

    permission_classes, pagination_class = (HasCapability("bid"),), NewestFirst
    filter_backends, filterset_class = (DjangoFilterBackend,), RegistrationFilter


class RegistrationOne(OfRegistrations, RetrieveAPIView):
    """One registration: where it stands, what is to be paid, the paddle once it is admitted."""


class Register(OfLots, Making):
    """Register the organization for a lot; the answer names the deposit to be paid."""

    serializer_class, queryset = data.AuctionRegistrationData, Lot.objects.none()
    permission_classes = (HasCapability("bid"),)
    asked, argument, service = data.NewAuctionRegistration, "lot", staticmethod(registering.register)

    def get_queryset(self):
        return lots.visible_to(self.request.membership).filter(floor__isnull=False)

    def arguments(self, one, sent):
        return {"agreement_sha256": sent["agreement_sha256"]}


class RegistrationWithdrawals(OfRegistrations, Act):
    """Go before the start of the bidding; the deposit goes back in full."""

    permission_classes = (HasCapability("bid"),)
    asked, argument, service = data.MaybeReason, "registration", staticmethod(registering.withdraw)
