"""Addresses of people and organizations."""

from django.urls import path

from accounts import views

app_name = "accounts"

urlpatterns = [
    path("register/", views.Register.as_view(), name="register"),
    path("register/person/", views.RegisterPerson.as_view(), name="register_person"),
    path("register/<slug:kind>/", views.RegisterOrganization.as_view(), name="register_kind"),
    path("settings/", views.Settings.as_view(), name="settings"),
    path("organizations/", views.OrganizationList.as_view(), name="organization_list"),
    path("organizations/switch/", views.SwitchOrganization.as_view(), name="switch_organization"),
    path(
        "organization/settings/",
        views.OrganizationSettings.as_view(),
        name="organization_settings",
    ),
    path("organization/identity/", views.OrganizationIdentity.as_view(), name="identity"),
    path("organization/verification/", views.Verify.as_view(), name="verification"),
    path("organization/members/", views.Members.as_view(), name="members"),
    path("organization/members/invite/", views.Invite.as_view(), name="invite"),
    path("organization/members/leave/", views.Leave.as_view(), name="leave"),
    path("organization/members/<int:pk>/", views.ChangeRole.as_view(), name="member"),
    path(
        "organization/members/<int:pk>/deactivate/",
        views.DeactivateMember.as_view(),
        name="deactivate_member",
    ),
    path(
        "organization/members/<int:pk>/reactivate/",
        views.ReactivateMember.as_view(),
        name="reactivate_member",
    ),
    path(
        "organization/invitations/<int:pk>/revoke/",
        views.RevokeInvitation.as_view(),
        name="revoke_invitation",
    ),
    path("invitations/<str:token>/", views.AcceptInvitation.as_view(), name="invitation"),
    path(
        "organizations/<slug:public_id>/",
        views.OrganizationDetail.as_view(),
        name="organization_detail",
    ),
]
