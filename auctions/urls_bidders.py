"""Pages of bidders, included by `auctions.urls`. The live stream has its own door: `auctions.stream`."""

from django.urls import path

from auctions.views import bid_steps, practice, proxy, registering, replay, room

LOT = "lots/<str:number>/"

urlpatterns = [
    path(f"{LOT}register/", registering.Register.as_view(), name="register"),
    path(f"{LOT}register/check/", registering.RegisterCheck.as_view(), name="register_check"),
    path("registrations/", registering.RegistrationList.as_view(), name="registration_list"),
    path("registrations/<int:pk>/", registering.RegistrationDetail.as_view(), name="registration_detail"),
    path("registrations/<int:pk>/withdraw/", registering.WithdrawRegistration.as_view(), name="registration_withdraw"),
    path(f"{LOT}room/", room.LotRoom.as_view(), name="lot_room"),
    path(f"{LOT}room/live/", room.LotRoomLive.as_view(), name="lot_room_live"),
    path(f"{LOT}room/check/", bid_steps.CheckBid.as_view(), name="bid_check"),
    path(f"{LOT}replay/", replay.LotReplay.as_view(), name="lot_replay"),
    path(f"{LOT}bids/", bid_steps.PlaceBid.as_view(), name="bid_place"),
    path(f"{LOT}bids/<int:seq>/receipt/", bid_steps.Receipt.as_view(), name="bid_receipt"),
    path(f"{LOT}maximum/", proxy.LeaveMaximum.as_view(), name="proxy"),
    path(f"{LOT}maximum/cancel/", proxy.CancelMaximum.as_view(), name="proxy_cancel"),
    path("practice/", practice.Practice.as_view(), name="practice"),
    path("practice/live/", practice.PracticeLive.as_view(), name="practice_live"),
    path("practice/check/", practice.PracticeCheck.as_view(), name="practice_check"),
    path("practice/bid/", practice.PracticeBid.as_view(), name="practice_bid"),
]
