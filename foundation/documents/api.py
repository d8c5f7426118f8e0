"""The public check of certificates, and files, over HTTP."""

from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.views import APIView

from foundation.core import handlers
from foundation.core.serializers import Strict, TextField
from foundation.documents import queries, services
from foundation.documents.views import visible_certificate


class CheckRequest(Strict):
    """Either the SHA-256 of a PDF, or the printed number together with the check code."""

    sha256 = serializers.RegexField(r"^[0-9a-f]{64}$", required=False)
    number = TextField(max_length=40, required=False, identifier=True)
    code = TextField(max_length=20, required=False, identifier=True)

    def validate(self, data):
        if "sha256" not in data and not {"number", "code"} <= data.keys():
            raise serializers.ValidationError("Send sha256, or number and code.", code="incomplete")
        return data


class CertificateData(serializers.Serializer):
    """What anyone may know about a certificate now."""

    number = serializers.CharField()
    token = serializers.CharField()
    state = serializers.CharField()
    headline = serializers.CharField()
    summary = serializers.CharField()
    issued_at = serializers.DateTimeField()
    facts_sha256 = serializers.CharField()
    facts = serializers.ListField(child=serializers.DictField())
    files = serializers.ListField(child=serializers.DictField())


class CheckAnswer(serializers.Serializer):
    """Whether something genuine was found, and which certificate it belongs to."""

    genuine = serializers.BooleanField()
    certificate = CertificateData(allow_null=True)


def public_data(certificate) -> dict:
    """The same facts as the public page shows."""
    view = handlers.call(f"certificate.view:{certificate.subject_kind}", certificate=certificate)
    subject = queries.subject_of(certificate)
    return {
        "number": certificate.number,
        "token": certificate.token,
        "state": view.state,
        "headline": view.headline,
        "summary": view.summary,
        "issued_at": certificate.issued_at,
        "facts_sha256": certificate.facts_sha256,
        "facts": [{"label": row.label, "value": row.value, "note": row.note} for row in view.rows],
        "files": [
            {"kind": document.kind, "sha256": document.file.sha256} for document in queries.documents_of(subject)
        ],
    }


class OneCertificate(APIView):
    """The certificate behind an unguessable token; no sign-in."""

    permission_classes = [AllowAny]

    @extend_schema(responses=CertificateData)
    def get(self, request, token):
        certificate = visible_certificate(token)
        services.log_check(certificate=certificate, via="api")
        return Response(CertificateData(public_data(certificate)).data)


class Checks(APIView):
    """Check a file's digest, or a printed number with its code; no sign-in."""

    permission_classes = [AllowAny]

    @extend_schema(request=CheckRequest, responses=CheckAnswer)
    def post(self, request):
        wanted = CheckRequest(data=request.data)
        wanted.is_valid(raise_exception=True)
        certificate = self._find(wanted.validated_data)
        if certificate is None:
            return Response({"genuine": False, "certificate": None})
        services.log_check(certificate=certificate, via="api")
        return Response({"genuine": True, "certificate": CertificateData(public_data(certificate)).data})

    def _find(self, data):
        if "sha256" in data:
            found = queries.certificate_by_file(data["sha256"])
            return found[0] if found else None
        return queries.certificate_by_code(data["number"].upper(), data["code"].upper())


class Anything(JSONRenderer):
    """Whatever form the client asks for: a file comes as it is, an error as JSON."""

    media_type = "*/*"
    format = "file"


class FileContent(APIView):
    """The bytes of a file that the caller's organization may see."""

    permission_classes = [IsAuthenticated]
    renderer_classes = [Anything]

    @extend_schema(responses={(200, "*/*"): OpenApiTypes.BINARY})
    def get(self, request, pk):
        file = get_object_or_404(queries.files_visible_to(request.membership), pk=pk)
        return FileResponse(
            file.content.open("rb"),
            as_attachment=True,
            filename=file.original_name,
            content_type=file.content_type,
            headers={"X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-store"},
        )


urlpatterns = [
    path("files/<int:pk>/", FileContent.as_view(), name="api_file"),
    path("certificates/checks/", Checks.as_view(), name="certificate-checks"),
    path("certificates/<str:token>/", OneCertificate.as_view(), name="certificate"),
]
