"""The API of notices and saved searches."""

from django.shortcuts import get_object_or_404
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView, ListAPIView
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response

from foundation.core.api import Idempotent, NewestFirst
from foundation.core.bodies import without_body
from notifications import queries, serializers, services
from notifications.models import Notice, SavedSearch


class Notices(ListAPIView):
    """My notices, newest first."""

    serializer_class = serializers.NoticeShown
    permission_classes = [IsAuthenticated]
    pagination_class = NewestFirst
    queryset = Notice._default_manager.none()

    def get_queryset(self):
        return queries.notices.visible_to(self.request.user)


class NoticeReading(GenericAPIView):
    """Note that a notice was read; a repeat changes nothing."""

    serializer_class = serializers.NoticeShown
    permission_classes = [IsAuthenticated]

    @extend_schema(request=None)
    @without_body
    def put(self, request, pk):
        notice = get_object_or_404(queries.notices.visible_to(request.user), pk=pk)
        return Response(self.get_serializer(services.mark_read(notice=notice)).data)


class SavedSearches(Idempotent, ListAPIView):
    """My saved searches; save one."""

    serializer_class = serializers.SearchShown
    permission_classes = [IsAuthenticated]
    queryset = SavedSearch._default_manager.none()

    def get_queryset(self):
        return queries.searches.visible_to(self.request.user)

    @extend_schema(request=serializers.SearchRequest, responses={201: serializers.SearchShown})
    def post(self, request):
        accepted = serializers.SearchRequest(data=request.data)
        accepted.is_valid(raise_exception=True)
        made = services.save_search(user=request.user, **accepted.validated_data)
        return Response(self.get_serializer(made).data, status=201)


class SavedSearchOne(GenericAPIView):
    """One saved search of mine."""

    serializer_class = serializers.SearchShown
    permission_classes = [IsAuthenticated]
    queryset = SavedSearch._default_manager.none()

    def search(self, request, pk):
        return get_object_or_404(queries.searches.visible_to(request.user), pk=pk)

    def get(self, request, pk):
        return Response(self.get_serializer(self.search(request, pk)).data)

    @extend_schema(request=serializers.SearchChange)
    def patch(self, request, pk):
        search = self.search(request, pk)
        accepted = serializers.SearchChange(data=request.data)
        accepted.is_valid(raise_exception=True)
        changed = services.change_search(search=search, **accepted.validated_data)
        return Response(self.get_serializer(changed).data)

    @extend_schema(responses={204: None})
    def delete(self, request, pk):
        services.delete_search(search=self.search(request, pk))
        return Response(status=204)


urlpatterns = [
    path("notices/", Notices.as_view(), name="api_notices"),
    path("notices/<int:pk>/reading/", NoticeReading.as_view(), name="api_notice_reading"),
    path("saved-searches/", SavedSearches.as_view(), name="api_saved_searches"),
    path("saved-searches/<int:pk>/", SavedSearchOne.as_view(), name="api_saved_search"),
]
