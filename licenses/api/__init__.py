"""The API of open licenses: declarations, what becomes of them, uptakes and licenses."""

from django.urls import path

from licenses.api import acts, declarations, drafts, facets, inspections, royalties, uptakes

ONE = "declarations/<str:key>/"

urlpatterns = [
    path("declarations/", declarations.Declarations.as_view(), name="api_declarations"),
    path("declarations/facets/", facets.Facets.as_view(), name="api_declaration_facets"),
    path(ONE, declarations.DeclarationOne.as_view(), name="api_declaration"),
    path(f"{ONE}eligibility/", declarations.Eligibility.as_view(), name="api_declaration_eligibility"),
    path("patents/<str:number>/eligibility/", declarations.PatentEligibility.as_view(), name="api_patent_eligibility"),
    path(f"{ONE}draft/", drafts.DraftOne.as_view(), name="api_declaration_draft"),
    path(f"{ONE}sections/<slug:section>/", drafts.SectionOne.as_view(), name="api_declaration_section"),
    path(f"{ONE}submissions/", drafts.Submissions.as_view(), name="api_submissions"),
    path(f"{ONE}retractions/", drafts.Retractions.as_view(), name="api_retractions"),
    path(f"{ONE}attachments/", drafts.Attachments.as_view(), name="api_declaration_attachments"),
    path(f"{ONE}consents/", acts.Consents.as_view(), name="api_consents"),
    path(f"{ONE}paper-consents/", acts.PaperConsents.as_view(), name="api_paper_consents"),
    path(f"{ONE}withdrawals/", acts.Withdrawals.as_view(), name="api_withdrawals"),
    path(f"{ONE}adoptions/", acts.Adoptions.as_view(), name="api_adoptions"),
    path(f"{ONE}suspensions/", acts.Suspensions.as_view(), name="api_suspensions"),
    path(f"{ONE}reinstatements/", acts.Reinstatements.as_view(), name="api_reinstatements"),
    path(f"{ONE}cnipa-records/", acts.CnipaRecords.as_view(), name="api_cnipa_records"),
    *uptakes.urlpatterns,
    *royalties.urlpatterns,
    *inspections.urlpatterns,
]
