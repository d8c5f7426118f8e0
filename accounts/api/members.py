"""Members and invitations of the organization one acts for."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView, ListAPIView
from rest_framework.response import Response

from accounts import queries, serializers, services
from accounts.api.organizations import own_organization
from accounts.permissions import HasCapability, IsMember
from foundation.core.api import Idempotent
from foundation.core.clock import database_now


class Members(ListAPIView):
    """Colleagues and their roles."""

    serializer_class = serializers.MemberShown
    permission_classes = [IsMember]
    queryset = queries.memberships.visible_to(None)

    def get_queryset(self):
        organization = own_organization(self.request, self.kwargs["public_id"])
        visible = queries.memberships.visible_to(self.request.membership)
        return visible.filter(organization=organization)


class Member(GenericAPIView):
    """One colleague: another role, or no rights any more."""

    serializer_class = serializers.MemberShown
    permission_classes = [HasCapability("manage_members")]
    queryset = queries.memberships.visible_to(None)

    @extend_schema(request=serializers.RoleChange)
    def patch(self, request, public_id, pk):
        organization = own_organization(request, public_id)
        visible = queries.memberships.visible_to(request.membership)
        member = get_object_or_404(visible, organization=organization, pk=pk)
        accepted = serializers.RoleChange(data=request.data)
        accepted.is_valid(raise_exception=True)
        member = services.change_member(membership=member, actor=request.membership, **accepted.validated_data)
        return Response(self.get_serializer(member).data)


class Invitations(Idempotent, ListAPIView):
    """Open invitations; send one."""

    serializer_class = serializers.InvitationShown
    permission_classes = [HasCapability("manage_members")]
    queryset = queries.invitations.visible_to(None)

    def get_queryset(self):
        organization = own_organization(self.request, self.kwargs["public_id"])
        return queries.invitations.open_for(organization, database_now())

    @extend_schema(request=serializers.InvitationRequest, responses={201: serializers.InvitationShown})
    def post(self, request, public_id):
        organization = own_organization(request, public_id)
        accepted = serializers.InvitationRequest(data=request.data)
        accepted.is_valid(raise_exception=True)
        made = services.invite(organization=organization, actor=request.membership, **accepted.validated_data)
        return Response(self.get_serializer(made).data, status=201)
