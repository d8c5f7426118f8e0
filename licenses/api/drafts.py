"""A declaration in the making over HTTP: sections with the draft's version, papers, submission."""

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.generics import GenericAPIView
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response

from accounts.permissions import HasCapability
from foundation.core.api import Idempotent
from foundation.core.bodies import without_body
from licenses import serializers
from licenses.api import found
from licenses.forms.building import make_form
from licenses.forms.declarations import SECTION_FORMS
from licenses.models import Attachment
from licenses.offers import Offer
from licenses.services import declarations as services
from licenses.services.drafting import draft_of


class OwnDeclaration(GenericAPIView):
    """What the endpoints of an own declaration share."""

    permission_classes = [HasCapability("declare")]
    serializer_class = serializers.DeclarationShown
    pagination_class = None


def drafted(draft) -> dict:
    """A draft in the words of the API."""
    kept = draft.data.get("sections", {})
    sections = {
        name: serializers.shown(name, form.initial_of(kept[name]))
        for name, form in SECTION_FORMS.items()
        if name in kept
    }
    missing = Offer(kept).missing()
    shown = {"version": draft.version, "saved_at": draft.saved_at, "sections": sections, "missing": missing}
    return serializers.DraftShown(shown).data


class DraftOne(OwnDeclaration):
    """The saved sections and the version that the next change has to name."""

    serializer_class = serializers.DraftShown

    def get(self, request, key):
        return Response(drafted(draft_of(found.own(request, key))))


class SectionOne(OwnDeclaration):
    """One section: contact, price, term, other, promises, summary."""

    serializer_class = serializers.DraftShown

    @extend_schema(request=serializers.SectionToSave, responses=serializers.DraftShown)
    def put(self, request, key, section):
        """Save a finished section on top of the draft's `version`; 409 if the section changed since."""
        declaration = found.own(request, key)
        if section not in serializers.SECTIONS:
            raise Http404
        sent = serializers.SECTIONS[section](data=request.data)
        sent.is_valid(raise_exception=True)
        draft = services.save_section(
            declaration=declaration,
            section=section,
            values=values_of(declaration, section, sent.validated_data),
            version=sent.validated_data["version"],
            actor=request.membership,
        )
        return Response(drafted(draft))


def values_of(declaration, section: str, sent) -> dict:
    """The plain values the service keeps, read by the form of the page. Raises ValidationError by field."""
    form = make_form(section, declaration, serializers.as_form_data(sent))
    if form.is_valid():
        return form.values()
    raise ValidationError(
        {
            name: [ErrorDetail(sentence, error.code or "invalid") for error in errors.as_data() for sentence in error]
            for name, errors in form.errors.items()
        }
    )


class Submissions(Idempotent, OwnDeclaration):
    """Submit a draft, a correction, or new terms of an open declaration."""

    @extend_schema(request=None, responses={201: serializers.DeclarationShown})
    @without_body
    def post(self, request, key):
        declaration = services.submit(declaration=found.own(request, key), actor=request.membership)
        return Response(self.get_serializer(declaration).data, status=201)


class Retractions(Idempotent, OwnDeclaration):
    """Take a declaration back before it is published; it becomes a draft again."""

    @extend_schema(request=None, responses={201: serializers.DeclarationShown})
    @without_body
    def post(self, request, key):
        declaration = services.take_back(declaration=found.own(request, key), actor=request.membership)
        return Response(self.get_serializer(declaration).data, status=201)


class Attachments(Idempotent, OwnDeclaration):
    """The papers of a declaration."""

    serializer_class = serializers.AttachmentShown
    queryset = Attachment.objects.none()
    filter_backends: list = []
    parser_classes = [MultiPartParser]

    @extend_schema(responses=serializers.AttachmentShown(many=True))
    def get(self, request, key):
        rows = found.own(request, key).attachments.select_related("file")
        return Response(self.get_serializer(rows, many=True).data)

    @extend_schema(
        request={"multipart/form-data": serializers.AttachmentToAdd}, responses={201: serializers.AttachmentShown}
    )
    def post(self, request, key):
        declaration = found.own(request, key)
        sent = serializers.AttachmentToAdd(data=request.data)
        sent.is_valid(raise_exception=True)
        values = dict(sent.validated_data)
        made = services.attach(declaration=declaration, upload=values.pop("file"), actor=request.membership, **values)
        return Response(self.get_serializer(made).data, status=201)
