"""Pages of the documents app."""

from django.urls import path

from foundation.documents import views

app_name = "documents"
urlpatterns = [
    path("check/", views.Check.as_view(), name="check"),
    path("c/<str:token>/", views.ShowCertificate.as_view(), name="certificate"),
    path("files/<int:pk>/", views.Download.as_view(), name="file"),
]
