"""Uptakes and licenses over HTTP: the same services as the pages."""

from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.generics import ListAPIView, RetrieveAPIView
from rest_framework.response import Response

from accounts.permissions import HasCapability, IsMember
from foundation.core import api
from foundation.core.refs import Ref
from foundation.core.serializers import MoneyField, Strict, TextField
from foundation.documents import queries as documents
from licenses.filters_licenses import LicenseFilter
from licenses.models import License
from licenses.presentation import instalments
from licenses.queries import declarations, licenses
from licenses.services import endings, uptakes


class Notice(Strict):
    """The signed notice: what was read, what for, and the signer's two statements."""

    terms_hash = serializers.RegexField(r"^[0-9a-f]{64}$")
    intended_use = TextField(multiline=True, max_length=1000)
    place_of_use = TextField(max_length=200, required=False, default="", allow_blank=True)
    contact_email = serializers.EmailField(max_length=200)
    accepts_terms = serializers.BooleanField()
    may_sign = serializers.BooleanField()

    def validate_accepts_terms(self, value):
        return _ticked(value)

    def validate_may_sign(self, value):
        return _ticked(value)


def _ticked(value: bool) -> bool:
    if not value:
        raise serializers.ValidationError("A notice needs this statement.", code="not_stated")
    return value


class Ending(Strict):
    """Why a license is ended."""

    reason = TextField(multiline=True, max_length=500)


class InstalmentData(serializers.Serializer):
    """One instalment of the fee. Later ones are `planned` until the license is in effect, then obligations."""

    no = serializers.IntegerField()
    amount = MoneyField()
    due_at = serializers.DateTimeField()
    state = serializers.CharField()
    obligation = serializers.CharField(allow_null=True)


class LicenseData(serializers.ModelSerializer):
    """A license as its two sides see it; times are UTC, dates Asia/Shanghai, amounts yuan."""

    declaration = serializers.CharField(source="declaration.number")
    patent = serializers.CharField(source="patent.number")
    licensor = serializers.CharField(source="licensor.public_id")
    licensee = serializers.CharField(source="licensee.public_id")
    terms_version = serializers.IntegerField(source="terms_version.version")
    terms_hash = serializers.CharField(source="terms_version.content_hash")
    statutory = serializers.BooleanField(source="is_statutory")
    fee = MoneyField()
    obligation = serializers.SerializerMethodField()
    instalments = serializers.SerializerMethodField()
    certificate = serializers.SerializerMethodField()
    papers = serializers.SerializerMethodField()

    class Meta:
        model = License
        fields = [
            "number", "state", "declaration", "patent", "licensor", "licensee", "terms_version",
            "terms_hash", "statutory", "same_group", "intended_use", "place_of_use", "fee",
            "notice_delivered_at", "contract_formed_at", "pay_by_at", "paid_at", "effective_at",
            "starts_on", "ends_on", "obligation", "instalments", "certificate",
            "papers",
        ]  # fmt: skip
        read_only_fields = fields

    def get_obligation(self, license) -> str | None:
        return license.obligation.number if license.obligation_id else None

    @extend_schema_field(InstalmentData(many=True))
    def get_instalments(self, license) -> list[dict]:
        return InstalmentData(instalments.as_data(license), many=True).data

    def get_certificate(self, license) -> dict | None:
        certificate = documents.certificate_of(Ref.of(license))
        if certificate is None:
            return None
        return {"number": certificate.number, "token": certificate.token, "code": certificate.code}

    def get_papers(self, license) -> list[dict]:
        return [
            {
                "kind": document.kind,
                "sha256": document.file.sha256,
                "url": reverse("api_file", args=[document.file_id]),
            }
            for document in documents.documents_of(Ref.of(license))
        ]


class Uptakes(api.Idempotent):
    """Take a license: one signed notice. The answer names what is to be paid, if anything."""

    permission_classes = [HasCapability("take_license")]

    @extend_schema(request=Notice, responses={201: LicenseData})
    def post(self, request, number):
        declaration = get_object_or_404(declarations.visible_to(request.membership), number=number)
        notice = Notice(data=request.data)
        notice.is_valid(raise_exception=True)
        license = uptakes.take_up(
            declaration=declaration,
            actor=request.membership,
            **{key: value for key, value in notice.validated_data.items() if key in uptakes.ANSWERS},
        )
        return Response(LicenseData(license).data, status=status.HTTP_201_CREATED)


class Licenses(ListAPIView):
    """Licenses of one's organization, either side, newest first."""

    serializer_class = LicenseData
    permission_classes = [IsMember]
    filterset_class = LicenseFilter
    queryset = License.objects.none()

    def get_queryset(self):
        return licenses.visible_to(self.request.membership).order_by("-pk")


class OneLicense(RetrieveAPIView):
    """One license."""

    serializer_class = LicenseData
    permission_classes = [IsMember]
    lookup_field = "number"
    queryset = License.objects.none()

    def get_queryset(self):
        return licenses.visible_to(self.request.membership)


class Endings(api.Idempotent):
    """End one's license before its term."""

    permission_classes = [HasCapability("take_license")]

    @extend_schema(request=Ending, responses={201: LicenseData})
    def post(self, request, number):
        license = get_object_or_404(licenses.taken_by(request.membership), number=number)
        ending = Ending(data=request.data)
        ending.is_valid(raise_exception=True)
        ended = endings.terminate(license=license, reason=ending.validated_data["reason"], actor=request.membership)
        return Response(LicenseData(ended).data, status=status.HTTP_201_CREATED)


urlpatterns = [
    path("declarations/<str:number>/uptakes/", Uptakes.as_view(), name="uptakes"),
    path("licenses/", Licenses.as_view(), name="licenses"),
    path("licenses/<str:number>/", OneLicense.as_view(), name="license"),
    path("licenses/<str:number>/endings/", Endings.as_view(), name="endings"),
]
