"""Addresses of notices and saved searches."""

from django.urls import path

from notifications import views

app_name = "notifications"

urlpatterns = [
    path("", views.NoticeList.as_view(), name="list"),
    path("<int:pk>/", views.OpenNotice.as_view(), name="open"),
    path("read/", views.MarkAllRead.as_view(), name="mark_all_read"),
    path("preferences/", views.Preferences.as_view(), name="preferences"),
    path("searches/", views.SearchList.as_view(), name="searches"),
    path("searches/new/", views.SaveSearch.as_view(), name="save_search"),
    path("searches/<int:pk>/", views.ChangeSearch.as_view(), name="search"),
    path("searches/<int:pk>/delete/", views.DeleteSearch.as_view(), name="delete_search"),
    path("searches/<str:key>/atom/", views.SearchFeed.as_view(), name="feed"),
    path("unsubscribe/<str:token>/", views.Unsubscribe.as_view(), name="unsubscribe"),
]
