"""Pages of seasons, sessions and lots, included by `auctions.urls`."""

from django.urls import path, re_path

from auctions.views import (
    catalogue,
    exports,
    lot_page,
    lot_parts,
    my_lots,
    priority,
    rooms,
    season_desk,
    seasons,
)

SEASON = "seasons/<str:code>/"
SESSION = "seasons/<str:code>/sessions/<int:position>/"
MINE = "mine/<int:pk>/"
LOT = "lots/<str:number>/"

urlpatterns = [
    path("", seasons.SeasonList.as_view(), name="season_list"),
    path("calendar.ics", exports.Calendar.as_view(), name="calendar"),
    path("desk/", season_desk.Desk.as_view(), name="desk"),
    path("seasons/new/", season_desk.NewSeason.as_view(), name="season_new"),
    path(SEASON, seasons.SeasonDetail.as_view(), name="season_detail"),
    path(f"{SEASON}catalogue.pdf", exports.CataloguePdf.as_view(), name="catalogue_pdf"),
    path(f"{SEASON}calendar.ics", exports.Calendar.as_view(), name="season_calendar"),
    path(f"{SEASON}desk/", season_desk.SeasonDesk.as_view(), name="season_desk"),
    path(f"{SEASON}edit/", season_desk.EditSeason.as_view(), name="season_edit"),
    path(f"{SEASON}moves/<str:name>/", season_desk.Lead.as_view(), name="season_lead"),
    path(f"{SEASON}sessions/new/", season_desk.PlanSessions.as_view(), name="session_new"),
    path(SESSION, seasons.SessionDetail.as_view(), name="session_detail"),
    path(f"{SESSION}desk/", season_desk.SessionDesk.as_view(), name="session_desk"),
    path(f"{SESSION}edit/", season_desk.EditSession.as_view(), name="session_edit"),
    path(f"{SESSION}lots/", season_desk.AssignLots.as_view(), name="session_lots"),
    path(f"{SESSION}notice/", season_desk.PublishNotice.as_view(), name="session_publish"),
    path(f"{SESSION}cancel/", season_desk.CancelSession.as_view(), name="session_cancel"),
    path("lots/", catalogue.Catalogue.as_view(), name="lot_list"),
    re_path(r"^lots/export\.(?P<form>csv|xlsx)$", exports.ExportLots.as_view(), name="lot_export"),
    path("lots/feed.atom", exports.LotFeed(), name="lot_feed"),
    path(LOT, lot_page.LotDetail.as_view(), name="lot_detail"),
    path(f"{LOT}calendar.ics", exports.LotCalendar.as_view(), name="lot_calendar"),
    path(f"{LOT}documents/<int:pk>/", rooms.ReadDocument.as_view(), name="lot_document"),
    path(f"{LOT}questions/", rooms.Ask.as_view(), name="lot_ask"),
    path(f"{LOT}questions/<int:pk>/", rooms.Answer.as_view(), name="lot_answer"),
    path(f"{LOT}access/", rooms.AccessLog.as_view(), name="lot_access"),
    path(f"{LOT}withdrawal/", lot_page.Withdraw.as_view(), name="lot_withdraw"),
    path("priority/<str:token>/", priority.ByLetter.as_view(), name="priority_answer"),
    path("my-priority/<int:pk>/", priority.Mine.as_view(), name="my_priority"),
    path("mine/", my_lots.MyLots.as_view(), name="my_lots"),
    path("mine/new/", my_lots.NewLot.as_view(), name="lot_new"),
    path(MINE, my_lots.TaskList.as_view(), name="lot_task_list"),
    path(f"{MINE}check/", my_lots.CheckAnswers.as_view(), name="lot_check"),
    path(f"{MINE}submitted/", my_lots.Submitted.as_view(), name="lot_submitted"),
    path(f"{MINE}taking-back/", my_lots.TakeBack.as_view(), name="lot_take_back"),
    path(f"{MINE}discard/", my_lots.Discard.as_view(), name="lot_discard"),
    path(f"{MINE}patents/", lot_parts.Patents.as_view(), name="lot_patents"),
    path(f"{MINE}patents/<int:patent>/remove/", lot_parts.RemovePatent.as_view(), name="lot_patent_remove"),
    path(f"{MINE}priority/", lot_parts.Priority.as_view(), name="lot_priority"),
    path(f"{MINE}priority/<int:holder>/remove/", lot_parts.RemoveHolder.as_view(), name="lot_holder_remove"),
    path(f"{MINE}priority/<int:holder>/waiver/", lot_parts.Waiver.as_view(), name="lot_holder_waiver"),
    path(f"{MINE}documents/", lot_parts.Documents.as_view(), name="lot_documents"),
    path(f"{MINE}documents/<int:document>/remove/", lot_parts.RemoveDocument.as_view(), name="lot_document_remove"),
    path(f"{MINE}<str:part>/", lot_parts.Part.as_view(), name="lot_part"),
    path(f"{MINE}<str:part>/autosave/", lot_parts.Autosave.as_view(), name="lot_autosave"),
]
