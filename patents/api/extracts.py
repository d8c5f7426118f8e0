"""Register extracts over the API: the owner hands one in, an officer confirms what it says."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView, ListAPIView
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response

from accounts.permissions import HasCapability, IsMember
from foundation.core.api import Idempotent, NewestFirst
from foundation.core.bodies import without_body
from patents import queries, search, services
from patents.models import RegisterExtract
from patents.serializers import ExtractRefusal, ExtractShown, ExtractToSubmit


class PatentExtracts(Idempotent, GenericAPIView):
    """Hand in an extract for a patent of one's own. It counts once an officer has confirmed it."""

    serializer_class = ExtractShown
    permission_classes = [HasCapability("manage_portfolio")]
    parser_classes = [MultiPartParser]

    @extend_schema(request={"multipart/form-data": ExtractToSubmit}, responses={201: ExtractShown})
    def post(self, request, number):
        asked = search.query(number)
        own = queries.patents.owned_by(request.membership.organization_id)
        patent = own.filter(number=asked.number).first() if asked.number else None
        if patent is None:
            raise Http404
        sent = ExtractToSubmit(data=request.data)
        sent.is_valid(raise_exception=True)
        values = dict(sent.validated_data)
        upload = values.pop("file")
        made = services.submit_extract(patent=patent, upload=upload, actor=request.membership, **values)
        return Response(self.get_serializer(made).data, status=201)


class Extracts(ListAPIView):
    """The own organization's extracts, and for officers those in their scope, newest first."""

    serializer_class = ExtractShown
    permission_classes = [IsMember]
    pagination_class = NewestFirst
    filter_backends: list = []
    queryset = RegisterExtract.objects.none()

    def get_queryset(self):
        return queries.extracts.visible_to(self.request.membership)


class _Officer(Idempotent, GenericAPIView):
    """The officer's answer."""

    serializer_class = ExtractShown
    permission_classes = [HasCapability("review")]

    def extract(self):
        """The extract of the address, or 404."""
        return get_object_or_404(queries.extracts.visible_to(self.request.membership), pk=self.kwargs["pk"])


class Confirmed(_Officer):
    """The extract is genuine; what it says counts from now."""

    @extend_schema(request=None, responses={201: ExtractShown})
    @without_body
    def post(self, request, pk):
        extract = services.confirm_extract(extract=self.extract(), actor=request.membership)
        return Response(self.get_serializer(extract).data, status=201)


class Refused(_Officer):
    """The extract is not accepted."""

    @extend_schema(request=ExtractRefusal, responses={201: ExtractShown})
    def post(self, request, pk):
        extract = self.extract()
        sent = ExtractRefusal(data=request.data)
        sent.is_valid(raise_exception=True)
        refused = services.refuse_extract(extract=extract, actor=request.membership, **sent.validated_data)
        return Response(self.get_serializer(refused).data, status=201)
