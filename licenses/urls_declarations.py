"""Pages of the declaration side, included by `licenses.urls`."""

from django.urls import path, re_path

from licenses.views import acts, catalogue, consents, declarations, offices, sections

MINE = "declarations/<int:pk>/"

urlpatterns = [
    path("licenses/", catalogue.Catalogue.as_view(), name="catalogue"),
    re_path(r"^licenses/export\.(?P<form>csv|xlsx)$", catalogue.ExportCatalogue.as_view(), name="catalogue_export"),
    path("licenses/feed.atom", catalogue.CatalogueFeed(), name="catalogue_feed"),
    path("licenses/<str:number>/", catalogue.DeclarationDetail.as_view(), name="declaration_detail"),
    path("licenses/<str:number>/history/", catalogue.DeclarationHistory.as_view(), name="declaration_history"),
    path("licenses/<str:number>/suspension/", offices.Suspend.as_view(), name="declaration_suspend"),
    path("licenses/<str:number>/reinstatement/", offices.Reinstate.as_view(), name="declaration_reinstate"),
    path("licenses/<str:number>/cnipa/", offices.RecordCnipa.as_view(), name="declaration_cnipa"),
    path("declarations/", declarations.DeclarationList.as_view(), name="declaration_list"),
    path("declarations/new/", declarations.NewDeclaration.as_view(), name="declaration_new"),
    path(MINE, declarations.TaskList.as_view(), name="declaration_task_list"),
    path(f"{MINE}check/", declarations.CheckAnswers.as_view(), name="declaration_check_answers"),
    path(f"{MINE}submitted/", declarations.Submitted.as_view(), name="declaration_submitted"),
    path(f"{MINE}discard/", declarations.DeleteDraft.as_view(), name="declaration_discard"),
    path(f"{MINE}taking-back/", acts.TakeBack.as_view(), name="declaration_take_back"),
    path(f"{MINE}again/", acts.BeginAgain.as_view(), name="declaration_begin_again"),
    path(f"{MINE}withdrawal/", acts.Withdrawal.as_view(), name="declaration_withdrawal"),
    path(f"{MINE}withdrawal/cancellation/", acts.CancelWithdrawal.as_view(), name="declaration_withdrawal_cancel"),
    path(f"{MINE}adoption/", acts.Adopt.as_view(), name="declaration_adopt"),
    path(f"{MINE}consent/", consents.Consent.as_view(), name="declaration_consent"),
    path(f"{MINE}attachments/", consents.AddAttachment.as_view(), name="declaration_attach"),
    path(f"{MINE}owners/<int:ownership>/consent/", consents.UploadConsent.as_view(), name="declaration_owner_consent"),
    path(f"{MINE}<str:section>/", sections.Section.as_view(), name="declaration_section"),
    path(f"{MINE}<str:section>/versions/", sections.Versions.as_view(), name="declaration_versions"),
    path(f"{MINE}<str:section>/autosave/", sections.Autosave.as_view(), name="declaration_autosave"),
]
