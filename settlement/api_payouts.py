"""Payouts and their runs over HTTP: the same services as the pages. A second person decides at `reviews/`."""

import django_filters
from django.http import FileResponse, Http404
from django.urls import path
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView, ListAPIView, RetrieveAPIView
from rest_framework.response import Response

from accounts.permissions import HasCapability
from foundation.core import api
from foundation.core.acts import CREATED, Act
from foundation.documents.api import Anything
from settlement import queries, rules
from settlement.api_own import Own
from settlement.lifecycle_payouts import PayoutState, RunState
from settlement.models.payouts import new_payout_id
from settlement.serializers_payouts import NewPayoutRun, PayoutData, PayoutReason, PayoutRunData
from settlement.services import payouts, runs


class ReadsAllMoney(HasCapability("see_money")):
    """Finance and the auditor."""

    def has_permission(self, request, view):
        return super().has_permission(request, view) and rules.sees_all(request.membership)


class RunFilter(django_filters.FilterSet):
    """By state."""

    state = django_filters.ChoiceFilter(choices=[(str(one), str(one)) for one in RunState])


class PayoutFilter(django_filters.FilterSet):
    """By state, by run, and by the public number of what the money is about."""

    state = django_filters.ChoiceFilter(choices=[(str(one), str(one)) for one in PayoutState])
    run = django_filters.CharFilter(field_name="run__number", max_length=40)
    about = django_filters.CharFilter(field_name="ref_number", max_length=60)


class OfRuns(Own):
    """The runs one may see, with their sums."""

    source, serializer_class = queries.runs, PayoutRunData
    permission_classes = (ReadsAllMoney,)

    def get_queryset(self):
        return queries.with_totals(super().get_queryset())


class PayoutRuns(OfRuns, api.Idempotent, ListAPIView):
    """Payout runs, newest first. POST makes one of everything that is due."""

    pagination_class, filterset_class = api.NewestFirst, RunFilter
    filter_backends = (DjangoFilterBackend,)

    def get_permissions(self):
        return [HasCapability("settle")()] if self.request.method == "POST" else super().get_permissions()

    @extend_schema(request=NewPayoutRun, responses={CREATED: PayoutRunData})
    def post(self, request):
        asked = NewPayoutRun(data=request.data)
        asked.is_valid(raise_exception=True)
        key = request.headers.get(self.idempotency_header) or new_payout_id()
        key = f"api:{request.membership.user_id}:{key}"[:120]
        run = runs.collect_run(actor=request.membership, key=key, **asked.validated_data)
        return Response(self.get_serializer(self.get_queryset().get(pk=run.pk)).data, status=CREATED)


class PayoutRunOne(OfRuns, RetrieveAPIView):
    """One run; its payouts are `payouts/?run=`."""


class RunAct(OfRuns, Act):
    """What finance does with a run."""

    permission_classes = (HasCapability("settle"),)
    argument = "run"


class RunSubmissions(RunAct):
    """Have a run approved: above the limit a second person decides, else it is approved at once."""

    service = staticmethod(runs.submit_run)


class RunSendings(RunAct):
    """Send an approved run."""

    service = staticmethod(runs.begin_sending)


class RunCancellations(RunAct):
    """Send nothing of a run; all of it is due again."""

    asked, service = PayoutReason, staticmethod(runs.cancel_run)


class RunFile(Own, GenericAPIView):
    """The pain.001 file for the bank. It holds whole account numbers."""

    source, permission_classes = queries.runs, (HasCapability("settle"),)
    pagination_class, renderer_classes = None, (Anything,)

    @extend_schema(responses={(200, "*/*"): OpenApiTypes.BINARY})
    def get(self, request, number):
        run = self.get_object()
        if run.file is None:
            raise Http404
        headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-store"}
        return FileResponse(run.file.content.open("rb"), as_attachment=True, filename=f"{run.number}.xml",
                            content_type="application/xml", headers=headers)  # fmt: skip


class Payouts(Own, ListAPIView):
    """What was paid out to the organization, newest first; all payouts for finance and the auditor."""

    source, serializer_class, pagination_class = queries.payouts, PayoutData, api.NewestFirst
    filter_backends, filterset_class = (DjangoFilterBackend,), PayoutFilter


class PayoutOne(Own, RetrieveAPIView):
    """One payout."""

    source, serializer_class = queries.payouts, PayoutData


class PayoutAct(Own, Act):
    """What finance does with a payout, with a reason."""

    source, serializer_class = queries.payouts, PayoutData
    permission_classes = (HasCapability("settle"),)
    asked, argument = PayoutReason, "payout"


class PayoutClearances(PayoutAct):
    """Finance found out why a payout failed: its money may stand in the next run."""

    service = staticmethod(payouts.clear_payout)


class PayoutOmissions(PayoutAct):
    """Leave a payout out of a run that is being prepared; it is due again at once."""

    service = staticmethod(runs.drop_payout)


RUN, ONE = "payout-runs/<str:number>/", "payouts/<str:number>/"
urlpatterns = [
    path("payout-runs/", PayoutRuns.as_view(), name="api_payout_runs"),
    path(RUN, PayoutRunOne.as_view(), name="api_payout_run"),
    path(f"{RUN}submissions/", RunSubmissions.as_view(), name="api_payout_run_submissions"),
    path(f"{RUN}sendings/", RunSendings.as_view(), name="api_payout_run_sendings"),
    path(f"{RUN}cancellations/", RunCancellations.as_view(), name="api_payout_run_cancellations"),
    path(f"{RUN}file/", RunFile.as_view(), name="api_payout_run_file"),
    path("payouts/", Payouts.as_view(), name="api_payouts"),
    path(ONE, PayoutOne.as_view(), name="api_payout"),
    path(f"{ONE}clearances/", PayoutClearances.as_view(), name="api_payout_clearances"),
    path(f"{ONE}omissions/", PayoutOmissions.as_view(), name="api_payout_omissions"),
]
