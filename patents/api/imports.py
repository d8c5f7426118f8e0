"""Portfolio imports over the API: send, look, confirm, undo."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import GenericAPIView, ListAPIView, RetrieveAPIView
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response

from accounts.permissions import HasCapability
from foundation.core.api import Cursor, Idempotent, NewestFirst
from foundation.core.bodies import without_body
from foundation.jobs.models import ImportBatch, ImportRow
from foundation.jobs.queries import imports
from patents import services
from patents.serializers import ImportConfirmation, ImportRowShown, ImportShown, ImportToStart


class _Imports(GenericAPIView):
    """The imports of the own organization, for those who keep its portfolio."""

    permission_classes = [HasCapability("manage_portfolio")]
    serializer_class = ImportShown
    queryset = ImportBatch.objects.none()
    filter_backends = []

    def get_queryset(self):
        return imports.visible_to(self.request.membership).filter(kind="patents.portfolio")

    def batch(self):
        """The import of the address, or 404."""
        return get_object_or_404(
            imports.visible_to(self.request.membership), pk=self.kwargs["pk"], kind="patents.portfolio"
        )


class Imports(Idempotent, _Imports, ListAPIView):
    """The imports so far; send a file."""

    pagination_class = NewestFirst
    parser_classes = [MultiPartParser]

    @extend_schema(request={"multipart/form-data": ImportToStart}, responses={201: ImportShown})
    def post(self, request):
        sent = ImportToStart(data=request.data)
        sent.is_valid(raise_exception=True)
        batch = services.start_import(upload=sent.validated_data["file"], actor=request.membership)
        location = {"Location": request.build_absolute_uri(f"{batch.pk}/")}
        return Response(ImportShown(batch).data, status=201, headers=location)


class ImportOne(_Imports, RetrieveAPIView):
    """One import: wait here for the preview and for the end."""


class ByLine(Cursor):
    """In the order of the file."""

    ordering = "line"


class ImportRows(_Imports, ListAPIView):
    """The rows of an import with their errors."""

    serializer_class = ImportRowShown
    pagination_class = ByLine
    queryset = ImportRow.objects.none()

    def get_queryset(self):
        rows = self.batch().rows.all()
        decision = self.request.query_params.get("decision")
        return rows.filter(decision=decision) if decision in ImportRow.Decision.values else rows

    @extend_schema(parameters=[OpenApiParameter("decision", str, enum=ImportRow.Decision.values)])
    def get(self, request, *args, **kwargs):
        return super().get(request, *args, **kwargs)


class Confirmations(Idempotent, _Imports):
    """Write the rows of the preview."""

    @extend_schema(request=ImportConfirmation, responses={201: ImportShown})
    def post(self, request, pk):
        batch = self.batch()
        sent = ImportConfirmation(data=request.data)
        sent.is_valid(raise_exception=True)
        batch = services.confirm_import(batch=batch, actor=request.membership, **sent.validated_data)
        return Response(ImportShown(batch).data, status=201)


class Discards(Idempotent, _Imports):
    """Drop an import before it is written."""

    @extend_schema(request=None, responses={201: ImportShown})
    @without_body
    def post(self, request, pk):
        return Response(
            ImportShown(services.discard_import(batch=self.batch(), actor=request.membership)).data, status=201
        )


class Undos(Idempotent, _Imports):
    """Take an import back, except what is in use."""

    @extend_schema(request=None, responses={201: ImportShown})
    @without_body
    def post(self, request, pk):
        return Response(
            ImportShown(services.undo_import(batch=self.batch(), actor=request.membership)).data, status=201
        )
