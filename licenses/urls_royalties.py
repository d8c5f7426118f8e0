"""Pages of royalties and inspections, included by `licenses.urls`."""

from django.urls import path

from licenses.views import breach, inspections, royalties, royalty_reports

PERIOD = "royalties/<str:number>/"
REPORT = f"{PERIOD}report/"
INSPECTION = "inspections/<str:number>/"

urlpatterns = [
    path("my-licenses/<str:number>/royalties/", royalties.RoyaltyList.as_view(), name="royalty_list"),
    path("my-licenses/<str:number>/demand/", breach.Demand.as_view(), name="license_demand"),
    path("my-licenses/<str:number>/breach/", breach.EndForBreach.as_view(), name="license_breach"),
    path("my-licenses/<str:number>/inspections/new/", inspections.Announce.as_view(), name="inspection_new"),
    path(PERIOD, royalties.RoyaltyDetail.as_view(), name="royalty_period"),
    path(f"{PERIOD}accept/", royalties.Accept.as_view(), name="royalty_accept"),
    path(f"{PERIOD}question/", royalties.Question.as_view(), name="royalty_question"),
    path(REPORT, royalty_reports.TaskList.as_view(), name="royalty_report"),
    path(f"{REPORT}lines/", royalty_reports.Lines.as_view(), name="royalty_lines"),
    path(f"{REPORT}lines/<int:pk>/", royalty_reports.Line.as_view(), name="royalty_line"),
    path(f"{REPORT}lines/<int:pk>/remove/", royalty_reports.RemoveLine.as_view(), name="royalty_line_remove"),
    path(f"{REPORT}nothing/", royalty_reports.NothingSold.as_view(), name="royalty_nothing"),
    path(f"{REPORT}papers/", royalty_reports.Papers.as_view(), name="royalty_papers"),
    path(f"{REPORT}papers/<int:pk>/remove/", royalty_reports.RemovePaper.as_view(), name="royalty_paper_remove"),
    path(f"{REPORT}check/", royalty_reports.Check.as_view(), name="royalty_check"),
    path(INSPECTION, inspections.InspectionDetail.as_view(), name="inspection"),
    path(f"{INSPECTION}findings/", inspections.Findings.as_view(), name="inspection_findings"),
    path(f"{INSPECTION}agree/", inspections.Agree.as_view(), name="inspection_agree"),
    path(f"{INSPECTION}dispute/", inspections.Dispute.as_view(), name="inspection_dispute"),
    path(f"{INSPECTION}call-off/", inspections.CallOff.as_view(), name="inspection_call_off"),
]
