"""Consents, withdrawal, taking over, suspension and the CNIPA axis over HTTP."""

from drf_spectacular.utils import extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response

from accounts.permissions import HasCapability
from foundation.core.api import Idempotent
from foundation.core.bodies import without_body
from licenses import serializers
from licenses.api import found
from licenses.api.drafts import OwnDeclaration
from licenses.models import CoOwnerConsent
from licenses.services import declarations as services


def checked(serializer_class, request) -> dict:
    """What was sent, clean."""
    sent = serializer_class(data=request.data)
    sent.is_valid(raise_exception=True)
    return dict(sent.validated_data)


class Consents(Idempotent, OwnDeclaration):
    """The consents of co-owners. A co-owner signs with POST and takes its consent back with DELETE."""

    serializer_class = serializers.ConsentShown
    queryset = CoOwnerConsent.objects.none()
    filter_backends: list = []

    @extend_schema(responses=serializers.ConsentShown(many=True))
    def get(self, request, key):
        rows = found.concerned(request, key).consents.select_related("ownership")
        return Response(self.get_serializer(rows, many=True).data)

    @extend_schema(request=serializers.ConsentToSign, responses={201: serializers.ConsentShown})
    def post(self, request, key):
        declaration = found.concerned(request, key)
        consent = services.sign_consent(
            declaration=declaration, actor=request.membership, **checked(serializers.ConsentToSign, request)
        )
        return Response(self.get_serializer(consent).data, status=201)

    @extend_schema(responses={204: None})
    def delete(self, request, key):
        services.revoke_consent(declaration=found.concerned(request, key), actor=request.membership)
        return Response(status=204)


class PaperConsents(Idempotent, OwnDeclaration):
    """The patentee uploads the signed consent of a co-owner that is not on the platform."""

    serializer_class = serializers.ConsentShown
    parser_classes = [MultiPartParser]

    @extend_schema(request={"multipart/form-data": serializers.PaperConsent}, responses={201: serializers.ConsentShown})
    def post(self, request, key):
        declaration = found.own(request, key)
        sent = checked(serializers.PaperConsent, request)
        consent = services.upload_consent(
            declaration=declaration,
            ownership_id=sent["ownership"],
            upload=sent["file"],
            purpose=sent["purpose"],
            actor=request.membership,
        )
        return Response(self.get_serializer(consent).data, status=201)


class Withdrawals(Idempotent, OwnDeclaration):
    """Ask to withdraw an open offer with POST; change one's mind before the announcement with DELETE."""

    serializer_class = serializers.WithdrawalShown

    @extend_schema(request=serializers.ReasonGiven, responses={201: serializers.WithdrawalShown})
    def post(self, request, key):
        declaration = found.own(request, key)
        request_made = services.request_withdrawal(
            declaration=declaration, actor=request.membership, **checked(serializers.ReasonGiven, request)
        )
        return Response(self.get_serializer(request_made).data, status=201)

    @extend_schema(responses={204: None})
    def delete(self, request, key):
        services.cancel_withdrawal(declaration=found.own(request, key), actor=request.membership)
        return Response(status=204)


class Adoptions(Idempotent, OwnDeclaration):
    """The new owner of a patent takes its suspended declaration over."""

    @extend_schema(request=None, responses={201: serializers.DeclarationShown})
    @without_body
    def post(self, request, key):
        declaration = services.adopt(declaration=found.concerned(request, key), actor=request.membership)
        return Response(self.get_serializer(declaration).data, status=201)


class Officer(Idempotent, OwnDeclaration):
    """What the officers in charge do."""

    permission_classes = [HasCapability("review")]


class Suspensions(Officer):
    """Stop new notices; licenses stay."""

    @extend_schema(request=serializers.ReasonGiven, responses={201: serializers.DeclarationShown})
    def post(self, request, key):
        declaration = services.suspend(
            declaration=found.visible(request, key),
            actor=request.membership,
            **checked(serializers.ReasonGiven, request),
        )
        return Response(self.get_serializer(declaration).data, status=201)


class Reinstatements(Officer):
    """End a suspension."""

    @extend_schema(request=serializers.ReasonGiven, responses={201: serializers.DeclarationShown})
    def post(self, request, key):
        declaration = services.reinstate(
            declaration=found.visible(request, key),
            actor=request.membership,
            **checked(serializers.ReasonGiven, request),
        )
        return Response(self.get_serializer(declaration).data, status=201)


class CnipaRecords(Officer):
    """Note what CNIPA did with the terms in force."""

    @extend_schema(request=serializers.CnipaRecord, responses={201: serializers.DeclarationShown})
    def post(self, request, key):
        declaration = found.published(request, key)
        values = checked(serializers.CnipaRecord, request)
        services.record_cnipa(terms=declaration.current_terms, actor=request.membership, **values)
        return Response(self.get_serializer(found.published(request, key)).data, status=201)
