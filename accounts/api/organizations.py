"""Organizations, natural persons and their verification."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import GenericAPIView, ListAPIView
from rest_framework.permissions import IsAuthenticated, IsAuthenticatedOrReadOnly
from rest_framework.response import Response

from accounts import queries, serializers, services
from accounts.permissions import IsMember
from foundation.core.api import Idempotent, NewestFirst

MINE = OpenApiParameter("mine", bool, description="Only organizations the user belongs to.")
NAMED = OpenApiParameter("q", str, description="Part of the name, or a whole code.")


class OfTheUser(Idempotent):
    """Registering is the user's own act: a repeat is the same whomever they act for by then."""

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        if request.method == "POST":
            request._request.membership = None


class Organizations(OfTheUser, ListAPIView):
    """The public list; register one."""

    serializer_class = serializers.OrganizationShown
    permission_classes = [IsAuthenticatedOrReadOnly]

    def get_queryset(self):
        if self.request.query_params.get("mine") in ("1", "true"):
            own = [membership.organization_id for membership in self.request.memberships]
            return queries.organizations.of(own)
        text = self.request.query_params.get("q", "")
        return queries.organizations.named(text.replace("\x00", "")[:100])

    @extend_schema(parameters=[MINE, NAMED])
    def get(self, request, *args, **kwargs):
        return super().get(request, *args, **kwargs)

    @extend_schema(request=serializers.Registration, responses={201: serializers.OwnOrganizationShown})
    def post(self, request):
        accepted = serializers.Registration(data=request.data)
        accepted.is_valid(raise_exception=True)
        membership = services.register_organization(user=request.user, **accepted.validated_data)
        shown = serializers.OwnOrganizationShown(membership.organization)
        return Response(shown.data, status=201)


class OrganizationOne(GenericAPIView):
    """One organization; members see more of their own and may change its details."""

    serializer_class = serializers.OrganizationShown
    permission_classes = [IsAuthenticatedOrReadOnly]
    queryset = queries.organizations.public()

    def found(self, request, public_id):
        visible = queries.organizations.visible_to(request.membership)
        return get_object_or_404(visible, public_id=public_id)

    def shown(self, request, organization):
        me = request.membership
        own = me is not None and me.organization_id == organization.pk
        shape = serializers.OwnOrganizationShown if own else serializers.OrganizationShown
        return Response(shape(organization).data)

    def get(self, request, public_id):
        return self.shown(request, self.found(request, public_id))

    @extend_schema(request=serializers.Details, responses=serializers.OwnOrganizationShown)
    def patch(self, request, public_id):
        organization = self.found(request, public_id)
        accepted = serializers.Details(data=request.data, partial=True)
        accepted.is_valid(raise_exception=True)
        changed = services.update_organization(
            organization=organization, actor=request.membership, **accepted.validated_data
        )
        return self.shown(request, changed)


class Persons(OfTheUser, GenericAPIView):
    """Take part as a natural person."""

    serializer_class = serializers.PersonRegistration
    permission_classes = [IsAuthenticated]

    @extend_schema(responses={201: serializers.OwnOrganizationShown})
    def post(self, request):
        accepted = self.get_serializer(data=request.data)
        accepted.is_valid(raise_exception=True)
        membership = services.register_person(user=request.user, **accepted.validated_data)
        shown = serializers.OwnOrganizationShown(membership.organization)
        return Response(shown.data, status=201)


class Verifications(Idempotent, ListAPIView):
    """Requests for verification: those one may see; ask for one."""

    serializer_class = serializers.VerificationShown
    permission_classes = [IsMember]
    pagination_class = NewestFirst
    queryset = queries.verifications.visible_to(None)

    def get_queryset(self):
        return queries.verifications.visible_to(self.request.membership)

    @extend_schema(request=serializers.VerificationRequest, responses={201: serializers.VerificationShown})
    def post(self, request):
        accepted = serializers.VerificationRequest(data=request.data)
        accepted.is_valid(raise_exception=True)
        made = services.submit_verification(
            organization=request.membership.organization,
            actor=request.membership,
            **accepted.validated_data,
        )
        return Response(self.get_serializer(made).data, status=201)


def own_organization(request, public_id):
    """The organization one acts for, where the address names it; else 404."""
    me = request.membership
    if me is None or me.organization.public_id != public_id:
        raise Http404
    return me.organization
