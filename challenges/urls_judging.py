"""Addresses of experts, panels, scores and the selection."""

from django.urls import path, re_path

from challenges.views import desk, experts, noticing, panels, ranking, seats, selecting

PANEL, SEAT, CHOICE = "panels/<str:number>/", "reviews/<int:pk>/", "selections/<str:number>/"

urlpatterns = [
    path("experts/", experts.ExpertList.as_view(), name="expert_list"),
    path("experts/new/", experts.NewExpert.as_view(), name="expert_new"),
    path("experts/<int:pk>/", experts.EditExpert.as_view(), name="expert_edit"),
    re_path(r"^experts/(?P<pk>\d+)/(?P<where>in|out)/$", experts.MoveExpert.as_view(), name="expert_move"),
    path("reviews/", seats.SeatList.as_view(), name="seat_list"),
    path("reviews/profile/", experts.MyProfile.as_view(), name="my_profile"),
    path(SEAT, seats.SeatDetail.as_view(), name="seat_detail"),
    path(f"{SEAT}accept/", seats.AcceptSeat.as_view(), name="seat_accept"),
    path(f"{SEAT}decline/", seats.DeclineSeat.as_view(), name="seat_decline"),
    path(f"{SEAT}conflict/", seats.RecuseSeat.as_view(), name="seat_recuse"),
    path(f"{SEAT}<str:number>/", desk.Review.as_view(), name="seat_score"),
    path(f"{SEAT}<str:number>/autosave/", desk.Autosave.as_view(), name="seat_autosave"),
    path(f"{SEAT}<str:number>/files/<int:place>/", desk.ProposalFile.as_view(), name="seat_file"),
    path(PANEL, panels.Panel.as_view(), name="panel_detail"),
    re_path(r"^panels/(?P<number>[^/]+)/draw/(?P<act>new|again)/$", panels.DrawPanel.as_view(), name="panel_draw"),
    path(f"{PANEL}draws/<int:pk>/", panels.DrawDetail.as_view(), name="draw_detail"),
    path(f"{PANEL}close/", panels.CloseScoring.as_view(), name="scoring_close"),
    path("seats/<int:pk>/take-back/", panels.TakeSeatBack.as_view(), name="seat_take_back"),
    path("seats/<int:pk>/conflict/", panels.OfficeRecuse.as_view(), name="seat_conflict"),
    path(f"{PANEL}notice/", noticing.GiveNotice.as_view(), name="notice_give"),
    path(f"{PANEL}objections/<int:pk>/", noticing.DecideObjection.as_view(), name="objection_decide"),
    path("rankings/<str:number>/", ranking.Ranking.as_view(), name="ranking"),
    path("rankings/<str:number>/scores.json", ranking.RankingFile.as_view(), name="ranking_file"),
    path(CHOICE, selecting.SelectionDesk.as_view(), name="selection_desk"),
    path(f"{CHOICE}shortlist/", selecting.EditShortlist.as_view(), name="shortlist_edit"),
    path(f"{CHOICE}winners/", selecting.EditSelection.as_view(), name="selection_edit"),
    path("feedback/<str:number>/", selecting.WriteFeedback.as_view(), name="feedback"),
    path("talks/<str:number>/", selecting.NoteTalk.as_view(), name="talk_new"),
    path("notices/<str:number>/", noticing.SelectionNotice.as_view(), name="selection_notice"),
    path("notices/<str:number>/object/", noticing.ObjectToSelection.as_view(), name="selection_object"),
]
