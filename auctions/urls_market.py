"""Pages of seasons, sessions and lots, included by `auctions.urls`."""

from django.urls import path

from auctions.views import priority

urlpatterns = [
    path("priority/<str:token>/", priority.ByLetter.as_view(), name="priority_answer"),
    path("my-priority/<int:pk>/", priority.Mine.as_view(), name="my_priority"),
]
