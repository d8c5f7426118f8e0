"""Jobs over the API."""

from django.shortcuts import get_object_or_404
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView, RetrieveAPIView
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response

from foundation.core.api import Idempotent, NewestFirst
from foundation.core.bodies import without_body
from foundation.jobs import queries, services
from foundation.jobs.models import Job


class JobShown(serializers.ModelSerializer):
    """A job with its progress."""

    percent = serializers.IntegerField(read_only=True)
    rows_per_second = serializers.IntegerField(read_only=True)

    class Meta:
        model = Job
        fields = [
            "id", "kind", "state", "done", "total", "percent", "rows_per_second", "created_at", "started_at",
            "finished_at",
        ]  # fmt: skip
        read_only_fields = fields


class Jobs(ListAPIView):
    """The jobs of the own organization, newest first."""

    serializer_class = JobShown
    permission_classes = [IsAuthenticated]
    pagination_class = NewestFirst
    queryset = Job.objects.none()
    filter_backends = []

    def get_queryset(self):
        return queries.jobs.visible_to(self.request.membership)


class JobOne(RetrieveAPIView):
    """One job."""

    serializer_class = JobShown
    permission_classes = [IsAuthenticated]
    queryset = Job.objects.none()
    filter_backends = []

    def get_queryset(self):
        return queries.jobs.visible_to(self.request.membership)


class Cancellations(Idempotent):
    """Stop a job at its next chunk."""

    permission_classes = [IsAuthenticated]

    @extend_schema(request=None, responses={201: JobShown})
    @without_body
    def post(self, request, pk):
        job = get_object_or_404(queries.jobs.visible_to(request.membership), pk=pk)
        return Response(JobShown(services.cancel(job=job, actor=request.membership)).data, status=201)


urlpatterns = [
    path("jobs/", Jobs.as_view(), name="api_jobs"),
    path("jobs/<int:pk>/", JobOne.as_view(), name="api_job"),
    path("jobs/<int:pk>/cancellations/", Cancellations.as_view(), name="api_job_cancellations"),
]
