"""Addresses of the review desk, under /reviews/."""

from django.urls import path

from approvals import views

app_name = "approvals"

urlpatterns = [
    path("", views.Desk.as_view(), name="desk"),
    path("<str:number>/", views.ReviewDetail.as_view(), name="detail"),
    path("<str:number>/claim/", views.Claim.as_view(), name="claim"),
    path("<str:number>/release/", views.Release.as_view(), name="release"),
    path("<str:number>/remarks/", views.Remark.as_view(), name="remark"),
    path("<str:number>/decision/", views.Decide.as_view(), name="decide"),
    path("<str:number>/undo/", views.Undo.as_view(), name="undo"),
]
