"""Pages of officers about the fairness of lots, included by `auctions.urls`."""

from django.urls import path

from auctions.views import integrity

LOT = "lots/<str:number>/"

urlpatterns = [
    path("seasons/<str:code>/signals/", integrity.SeasonSignals.as_view(), name="season_signals"),
    path("signals/<int:pk>/note/", integrity.NoteSignal.as_view(), name="signal_note"),
    path(f"{LOT}signals/", integrity.LotSignals.as_view(), name="lot_signals"),
    path(f"{LOT}identities/", integrity.LookBehind.as_view(), name="lot_identities"),
    path(f"{LOT}pause/", integrity.Pause.as_view(), name="lot_pause"),
    path(f"{LOT}resumption/", integrity.Resume.as_view(), name="lot_resume"),
    path(f"{LOT}call-off/", integrity.CallOff.as_view(), name="lot_call_off"),
    path(f"{LOT}disqualification/", integrity.Disqualify.as_view(), name="lot_disqualify"),
]
