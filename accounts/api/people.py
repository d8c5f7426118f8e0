"""Tokens, the user who asks, and the reference tables."""

from drf_spectacular.utils import extend_schema
from knox.models import get_token_model
from rest_framework.exceptions import NotAuthenticated, ParseError
from rest_framework.generics import GenericAPIView, ListAPIView
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.response import Response

from accounts import queries, serializers, services
from accounts.authentication import identified


class Tokens(GenericAPIView):
    """Sign in to the API, and out. A token is shown once and never kept, so repeats make new ones."""

    serializer_class = serializers.TokenRequest
    permission_classes = [AllowAny]

    def get_authenticators(self):
        """Whoever asks for a token has none; a wrong one must not stand in the way."""
        if self.request is not None and self.request.method == "POST":
            return []
        return super().get_authenticators()

    @extend_schema(responses={201: serializers.TokenAnswer})
    def post(self, request):
        accepted = self.get_serializer(data=request.data)
        accepted.is_valid(raise_exception=True)
        user = identified(request=request._request, **accepted.validated_data)
        stored, text = services.issue_token(user=user)
        answer = Response({"token": text, "expires_at": stored.expiry}, status=201)
        answer["Cache-Control"] = "no-store"
        return answer

    @extend_schema(request=None, responses={204: None})
    def delete(self, request):
        if not request.user.is_authenticated:
            raise NotAuthenticated()
        if not isinstance(request.auth, get_token_model()):
            raise ParseError()
        services.revoke_token(token=request.auth)
        return Response(status=204)


class CurrentUser(GenericAPIView):
    """The user of the token, and for whom they act."""

    serializer_class = serializers.MeShown
    permission_classes = [IsAuthenticated]

    def get(self, request):
        return Response(self.shown(request))

    @extend_schema(request=serializers.Me)
    def patch(self, request):
        accepted = serializers.Me(request.user, data=request.data, partial=True)
        accepted.is_valid(raise_exception=True)
        accepted.save()
        return Response(self.shown(request))

    def shown(self, request):
        request.user.active_memberships = request.memberships
        return self.get_serializer(request.user).data


class Cities(ListAPIView):
    """Cities by division code."""

    serializer_class = serializers.CityShown
    permission_classes = [AllowAny]

    def get_queryset(self):
        return queries.cities()


class Industries(ListAPIView):
    """Industries by code."""

    serializer_class = serializers.IndustryShown
    permission_classes = [AllowAny]

    def get_queryset(self):
        return queries.industries().select_related("parent")
