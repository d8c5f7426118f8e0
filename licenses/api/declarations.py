"""The catalogue and one's own declarations over HTTP, and the live answer of the eligibility checks."""

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import GenericAPIView, ListAPIView
from rest_framework.permissions import AllowAny, IsAuthenticatedOrReadOnly
from rest_framework.response import Response

from accounts.permissions import HasCapability
from foundation.core.api import Cursor, Idempotent
from foundation.core.clock import database_now, local_date
from foundation.core.errors import DomainError
from licenses import eligibility, serializers
from licenses.api import found
from licenses.lifecycle import DeclarationState
from licenses.models import Declaration
from licenses.presentation.checks import sorted_for_reading
from licenses.queries import catalogue, declarations
from licenses.services import declarations as services
from licenses.services.drafting import offer_of
from patents import queries as patents
from patents import search
from patents.models import Patent, PatentKind

ASKED = [
    OpenApiParameter("q", str, description="Words in Chinese or English, a number in any notation."),
    OpenApiParameter("holder", str, description="The beginning of the patentee's name."),
    OpenApiParameter("method", str, many=True, enum=list(catalogue.METHODS)),
    OpenApiParameter("basis", str, many=True, enum=list(catalogue.BASES)),
    OpenApiParameter("kind", str, many=True, enum=PatentKind.values),
    OpenApiParameter("ipc", str, many=True, description="IPC subclass, for example H01M."),
    OpenApiParameter("holder_kind", str, many=True, enum=list(catalogue.HOLDERS)),
    OpenApiParameter("city", str, many=True, description="Six-digit division code."),
    OpenApiParameter("life", str, many=True, enum=list(catalogue.LIVES), description="Remaining years."),
    OpenApiParameter("low", str, description="Least fixed fee a year, in yuan."),
    OpenApiParameter("high", str, description="Highest fixed fee a year, in yuan."),
    OpenApiParameter("order", str, enum=list(catalogue.ORDERING)),
    OpenApiParameter("mine", bool, description="The own organization's declarations in any state instead."),
    OpenApiParameter("state", str, enum=[str(state) for state in DeclarationState], description="With `mine`."),
]


class ByQuestion(Cursor):
    """In the order the question asks for; the newest first otherwise."""

    def get_ordering(self, request, queryset, view):
        if view.asks_for_own():
            return ("-id",)
        return catalogue.ORDERING.get(request.query_params.get("order", ""), catalogue.NEWEST)


class Declarations(Idempotent, ListAPIView):
    """The public catalogue of open offers, or with `mine` the own declarations; begin one."""

    serializer_class = serializers.DeclarationShown
    permission_classes = [IsAuthenticatedOrReadOnly]
    pagination_class = ByQuestion
    filter_backends: list = []
    queryset = Declaration.objects.none()

    def asks_for_own(self) -> bool:
        """Whether `mine` was sent."""
        return self.request.query_params.get("mine") in ("1", "true")

    def get_serializer_context(self):
        return {**super().get_serializer_context(), "short": self.request is not None and self.request.method == "GET"}

    def get_queryset(self):
        params, me = self.request.query_params, self.request.membership
        if self.asks_for_own():
            rows = declarations.owned_by(me.organization_id) if me else Declaration.objects.none()
            state = params.get("state", "")
            return rows.filter(state=state) if state in set(DeclarationState) else rows
        asked = catalogue.parse(params)
        rows = catalogue.filtered(declarations.open_offers(), asked, local_date(database_now()))
        return declarations.with_details(rows)

    @extend_schema(parameters=ASKED)
    def get(self, request, *args, **kwargs):
        return super().get(request, *args, **kwargs)

    @extend_schema(request=serializers.DeclarationToStart, responses={201: serializers.DeclarationShown})
    def post(self, request):
        sent = serializers.DeclarationToStart(data=request.data)
        sent.is_valid(raise_exception=True)
        try:
            made = services.start_draft(number=sent.validated_data["patent"], actor=request.membership)
        except DomainError as error:
            error.field = "patent" if error.field == "number" else error.field
            raise
        headers = {"Location": request.build_absolute_uri(f"{made.pk}/")}
        return Response(self.get_serializer(made).data, status=201, headers=headers)


class DeclarationOne(GenericAPIView):
    """One declaration by its number or id; its patentee may throw a draft away that was never submitted."""

    serializer_class = serializers.DeclarationShown
    permission_classes = [IsAuthenticatedOrReadOnly]

    def get(self, request, key):
        return Response(self.get_serializer(found.visible(request, key)).data)

    @extend_schema(responses={204: None})
    def delete(self, request, key):
        services.delete_draft(declaration=found.visible(request, key), actor=request.membership)
        return Response(status=204)


def answer(results, now) -> Response:
    """The results of the checks as they stand now."""
    shown = {
        "checked_at": now,
        "blocking": [result.code for result in results if result.blocks],
        "checks": sorted_for_reading(results),
    }
    return Response(serializers.EligibilityShown(shown).data)


class Eligibility(GenericAPIView):
    """Every check of the own declaration, asked now: pass, fail or unknown, with rule, source, date and remedy."""

    serializer_class = serializers.EligibilityShown
    permission_classes = [HasCapability("declare")]

    def get(self, request, key):
        declaration, now = found.own(request, key), database_now()
        return answer(eligibility.check(declaration, offer=offer_of(declaration), now=now), now)


class PatentEligibility(GenericAPIView):
    """Whether a patent could be declared, asked now; for signed-in callers as their organization."""

    serializer_class = serializers.EligibilityShown
    permission_classes = [AllowAny]
    queryset = Patent.objects.none()

    def get(self, request, number):
        asked = search.query(number)
        patent = (
            patents.patents.visible_to(request.membership).filter(number=asked.number).first() if asked.number else None
        )
        if patent is None:
            raise Http404
        now, me = database_now(), request.membership
        return answer(eligibility.check(patent, now=now, for_organization=me.organization if me else None), now)
