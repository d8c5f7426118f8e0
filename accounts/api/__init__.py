"""The API of people and organizations."""

from django.urls import path

from accounts.api.members import Invitations, Member, Members
from accounts.api.organizations import OrganizationOne, Organizations, Persons, Verifications
from accounts.api.people import Cities, CurrentUser, Industries, Tokens

urlpatterns = [
    path("auth/token/", Tokens.as_view(), name="api_token"),
    path("me/", CurrentUser.as_view(), name="api_me"),
    path("cities/", Cities.as_view(), name="api_cities"),
    path("industries/", Industries.as_view(), name="api_industries"),
    path("persons/", Persons.as_view(), name="api_persons"),
    path("organizations/", Organizations.as_view(), name="api_organizations"),
    path("organizations/<slug:public_id>/", OrganizationOne.as_view(), name="api_organization"),
    path("organizations/<slug:public_id>/members/", Members.as_view(), name="api_members"),
    path(
        "organizations/<slug:public_id>/members/<int:pk>/",
        Member.as_view(),
        name="api_member",
    ),
    path(
        "organizations/<slug:public_id>/invitations/",
        Invitations.as_view(),
        name="api_invitations",
    ),
    path("verifications/", Verifications.as_view(), name="api_verifications"),
]
