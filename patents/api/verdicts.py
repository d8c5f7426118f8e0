"""Number checks: open to everybody, nothing is kept."""

from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.response import Response
from rest_framework.views import APIView

from patents import numbers
from patents.serializers import NumbersToCheck, VerdictsShown


class NumberChecks(APIView):
    """Check digit, kind and year of patent numbers in any notation."""

    permission_classes = [AllowAny]

    @extend_schema(request=NumbersToCheck, responses=VerdictsShown)
    def post(self, request):
        asked = NumbersToCheck(data=request.data)
        asked.is_valid(raise_exception=True)
        return Response({"results": [numbers.verdict(text) for text in asked.validated_data["numbers"]]})
