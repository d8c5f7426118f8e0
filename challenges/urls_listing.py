"""Pages of list seasons and challenges."""

from django.urls import path, re_path

from challenges.views import (
    catalogue,
    challenge_page,
    conduct,
    exports,
    my_challenges,
    opinions,
    parts,
    rooms,
    season_desk,
    seasons,
)

SEASON = "seasons/<str:code>/"
MINE = "mine/<int:pk>/"
ONE = "list/<str:number>/"

urlpatterns = [
    path("", catalogue.ChallengeList.as_view(), name="challenge_list"),
    re_path(r"^export\.(?P<form>csv|xlsx)$", exports.ExportList.as_view(), name="challenge_export"),
    path("feed.atom", exports.ChallengeFeed(), name="challenge_feed"),
    path("calendar.ics", exports.Calendar.as_view(), name="calendar"),
    path("desk/", season_desk.Desk.as_view(), name="desk"),
    path("seasons/", seasons.SeasonList.as_view(), name="season_list"),
    path("seasons/new/", season_desk.NewSeason.as_view(), name="season_new"),
    path(SEASON, seasons.SeasonDetail.as_view(), name="season_detail"),
    path(f"{SEASON}calendar.ics", exports.Calendar.as_view(), name="season_calendar"),
    path(f"{SEASON}report/", seasons.SeasonReport.as_view(), name="season_report"),
    path(f"{SEASON}report.xlsx", exports.SeasonReportTable.as_view(), name="season_report_table"),
    path(f"{SEASON}desk/", season_desk.SeasonDesk.as_view(), name="season_desk"),
    path(f"{SEASON}edit/", season_desk.EditSeason.as_view(), name="season_edit"),
    path(f"{SEASON}moves/<str:name>/", season_desk.Lead.as_view(), name="season_lead"),
    path(ONE, challenge_page.ChallengeDetail.as_view(), name="challenge_detail"),
    path(f"{ONE}calendar.ics", exports.ChallengeCalendar.as_view(), name="challenge_calendar"),
    path(f"{ONE}files/<int:pk>/", rooms.ReadFile.as_view(), name="challenge_file"),
    path(f"{ONE}nda/", rooms.SignNda.as_view(), name="challenge_nda"),
    path(f"{ONE}questions/", rooms.Ask.as_view(), name="challenge_ask"),
    path(f"{ONE}questions/<int:pk>/", rooms.Answer.as_view(), name="challenge_answer"),
    path(f"{ONE}extension/", conduct.Extend.as_view(), name="challenge_extend"),
    path(f"{ONE}no-award/", conduct.AwardNone.as_view(), name="challenge_award_none"),
    path(f"{ONE}end/", conduct.EndWithout.as_view(), name="challenge_end_without"),
    path(f"{ONE}republication/", conduct.Republish.as_view(), name="challenge_republish"),
    path(f"{ONE}cancellation/", conduct.Cancel.as_view(), name="challenge_cancel"),
    path("checks/<int:pk>/", opinions.Opinions.as_view(), name="challenge_opinions"),
    path("opinions/", opinions.MyOpinions.as_view(), name="opinion_list"),
    path("opinions/<int:pk>/", opinions.GiveOpinion.as_view(), name="opinion_give"),
    path("opinions/<int:pk>/promise/", opinions.PromiseOpinion.as_view(), name="opinion_promise"),
    path("opinions/<int:pk>/decline/", opinions.DeclineOpinion.as_view(), name="opinion_decline"),
    path("opinions/<int:pk>/files/<int:attachment>/", opinions.OpinionFile.as_view(), name="opinion_file"),
    path("mine/", my_challenges.MyChallenges.as_view(), name="my_challenges"),
    path("mine/new/", my_challenges.NewChallenge.as_view(), name="challenge_new"),
    path(MINE, my_challenges.TaskList.as_view(), name="challenge_task_list"),
    path(f"{MINE}check/", my_challenges.CheckAnswers.as_view(), name="challenge_check"),
    path(f"{MINE}submitted/", my_challenges.Submitted.as_view(), name="challenge_submitted"),
    path(f"{MINE}taking-back/", my_challenges.TakeBack.as_view(), name="challenge_take_back"),
    path(f"{MINE}discard/", my_challenges.Discard.as_view(), name="challenge_discard"),
    path(f"{MINE}documents/", parts.Attachments.as_view(), name="challenge_attachments"),
    path(
        f"{MINE}documents/<int:attachment>/remove/",
        parts.RemoveAttachment.as_view(),
        name="challenge_attachment_remove",
    ),
    path(f"{MINE}<str:part>/", parts.Part.as_view(), name="challenge_part"),
    path(f"{MINE}<str:part>/autosave/", parts.Autosave.as_view(), name="challenge_autosave"),
    path(f"{MINE}<str:part>/versions/", parts.Versions.as_view(), name="challenge_versions"),
]
