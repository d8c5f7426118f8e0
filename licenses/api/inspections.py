"""Inspections of the licensee's books over HTTP: the same services as the pages."""

import django_filters
from django.urls import path
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView, RetrieveAPIView
from rest_framework.parsers import MultiPartParser

from accounts.permissions import HasCapability
from foundation.core import api
from foundation.core.acts import CREATED, Act, Making
from licenses.models import License, RoyaltyInspection
from licenses.queries import licenses, royalties
from licenses.royalty_lifecycle import InspectionState
from licenses.serializers.inspections import InspectionData, InspectionReason, NewFindings, NewInspection
from licenses.services import findings, inspections


class InspectionFilter(django_filters.FilterSet):
    """By state, and by the number of the license."""

    state = django_filters.ChoiceFilter(choices=[(str(one), str(one)) for one in InspectionState])
    license = django_filters.CharFilter(field_name="license__number", max_length=40)


class OfInspections:
    """The inspections one may see; only those where one's organization is the ``side``, if that is named."""

    permission_classes = [HasCapability("see_money")]
    serializer_class, lookup_field, side = InspectionData, "number", ""
    queryset = RoyaltyInspection.objects.none()

    def get_queryset(self):
        member = self.request.membership
        rows = royalties.inspections_visible_to(member).prefetch_related("findings__period")
        return rows.filter(**{f"license__{self.side}": member.organization_id}) if self.side else rows


class Inspections(OfInspections, ListAPIView):
    """Inspections of licenses of one's organization, either side, newest first."""

    pagination_class, filterset_class = api.NewestFirst, InspectionFilter
    filter_backends = [DjangoFilterBackend]


class InspectionOne(OfInspections, RetrieveAPIView):
    """One inspection with its findings."""

    filter_backends: list = []


class Announcements(Making):
    """The licensor announces an inspection of a license's books."""

    permission_classes = [HasCapability("declare")]
    serializer_class, queryset = InspectionData, License.objects.none()
    asked, argument, service = NewInspection, "license", staticmethod(inspections.announce)

    def get_queryset(self):
        member = self.request.membership
        return licenses.visible_to(member).filter(licensor=member.organization_id)


class InspectionAct(OfInspections, Act):
    """What one side does about an inspection."""

    argument = "inspection"


class LicensorAct(InspectionAct):
    """What the licensor does."""

    permission_classes, side = [HasCapability("declare")], "licensor"


class LicenseeAct(InspectionAct):
    """What the licensee does."""

    permission_classes, side = [HasCapability("take_license")], "licensee"


class Findings(LicensorAct):
    """The licensor records what the books show, with the inspector's report."""

    asked, service = NewFindings, staticmethod(inspections.record_findings)
    parser_classes = [MultiPartParser]

    @extend_schema(request={"multipart/form-data": NewFindings}, responses={CREATED: InspectionData})
    def post(self, request, *args, **kwargs):
        return super().post(request, *args, **kwargs)

    def arguments(self, one, sent):
        known = {period.number: period.pk for period in inspections.accepted_periods(one)}
        found = {known.get(number, 0): amount for number, amount in sent["found"].items()}
        return {"found": found, "summary": sent["summary"], "cost": sent["cost"], "upload": sent["file"]}


class Agreements(LicenseeAct):
    """The licensee agrees to the findings; what they cost falls due."""

    service = staticmethod(findings.agree)


class Objections(LicenseeAct):
    """The licensee disputes the findings; nothing is charged meanwhile."""

    asked, service = InspectionReason, staticmethod(inspections.dispute)


class Cancellations(LicensorAct):
    """The licensor calls the inspection off."""

    asked, service = InspectionReason, staticmethod(inspections.call_off)


ONE = "royalty-inspections/<str:number>/"
urlpatterns = [
    path("licenses/<str:number>/royalty-inspections/", Announcements.as_view(), name="api_announce_inspection"),
    path("royalty-inspections/", Inspections.as_view(), name="api_inspections"),
    path(ONE, InspectionOne.as_view(), name="api_inspection"),
    path(f"{ONE}findings/", Findings.as_view(), name="api_inspection_findings"),
    path(f"{ONE}agreements/", Agreements.as_view(), name="api_inspection_agreements"),
    path(f"{ONE}objections/", Objections.as_view(), name="api_inspection_objections"),
    path(f"{ONE}cancellations/", Cancellations.as_view(), name="api_inspection_cancellations"),
]
