"""The facets of the catalogue over HTTP: what choosing a value would leave, by the same question as the list."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.permissions import AllowAny
from rest_framework.response import Response

from foundation.core.clock import database_now, local_date
from licenses.api.declarations import ASKED
from licenses.presentation.catalogue import city_names
from licenses.queries import catalogue, declarations, facets
from patents.queries import ipc_titles

OF_THE_LIST = [parameter for parameter in ASKED if parameter.name not in ("order", "mine", "state")]


class FacetValue(serializers.Serializer):
    """One value, with the number of declarations it would leave."""

    value = serializers.CharField()
    label = serializers.CharField(help_text="In the language of the request.")
    count = serializers.IntegerField()
    selected = serializers.BooleanField(help_text="Part of the question.")


class Facet(serializers.Serializer):
    """One facet. It is counted under all other filters but not its own."""

    name = serializers.CharField(help_text="The parameter that takes the values.")
    label = serializers.CharField()
    options = FacetValue(many=True)


class FacetsShown(serializers.Serializer):
    """The number of declarations found, and the facets."""

    count = serializers.IntegerField()
    facets = Facet(many=True)


class Facets(GenericAPIView):
    """The facets of the catalogue with their counts, for the parameters of the list."""

    serializer_class = FacetsShown
    permission_classes = [AllowAny]

    @extend_schema(parameters=OF_THE_LIST)
    def get(self, request):
        asked = catalogue.parse(request.query_params)
        total, counts = facets.counts(declarations.open_offers(), asked, local_date(database_now()))
        drawn = facets.drawn(asked, counts, ipc_titles({*counts["ipc"], *asked.ipc}), city_names())
        chosen = [facet for facet in drawn if "options" in facet]
        return Response(self.get_serializer({"count": total, "facets": chosen}).data)
