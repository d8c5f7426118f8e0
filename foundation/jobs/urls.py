"""Addresses of jobs."""

from django.urls import path

from foundation.jobs import views

app_name = "jobs"

urlpatterns = [
    path("<int:pk>/", views.JobDetail.as_view(), name="detail"),
    path("<int:pk>/cancel/", views.CancelJob.as_view(), name="cancel"),
    path("<int:pk>/result/", views.JobResult.as_view(), name="result"),
]
