"""Pages of the license side, included by `licenses.urls`."""

from django.urls import path

from licenses.views import licenses, uptakes

urlpatterns = [
    path("licenses/<str:number>/uptake/", uptakes.StartUptake.as_view(), name="uptake_start"),
    path("uptakes/<int:pk>/", uptakes.UptakeDetails.as_view(), name="uptake_details"),
    path("uptakes/<int:pk>/check/", uptakes.UptakeCheck.as_view(), name="uptake_check"),
    path("uptakes/<int:pk>/discard/", uptakes.DiscardNotice.as_view(), name="uptake_discard"),
    path("my-licenses/", licenses.LicenseList.as_view(), name="license_list"),
    path("my-licenses/<str:number>/", licenses.LicenseDetail.as_view(), name="license_detail"),
    path("my-licenses/<str:number>/end/", licenses.EndLicenseEarly.as_view(), name="license_end"),
]
