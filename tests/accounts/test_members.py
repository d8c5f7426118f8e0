"""Invitations, roles, leaving: the good case, each refusal, the repeat."""

from datetime import timedelta

import pytest

from accounts import rules, services
from accounts.models import Invitation, Membership
from accounts.queries import InvitationInvalid
from accounts.roles import ROLES
from accounts.services.invitations import (
    AlreadyMember,
    InvitationExpired,
    InvitationForAnother,
)
from accounts.services.members import CityMissing, LastOfficer, LastOwner, PersonStays, RoleNotGrantable
from foundation import audit
from foundation.core import clock
from foundation.core.errors import NotAllowed
from tests.factories import accounts as cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return cast.member("owner")


def invited(owner, email="new@example.org", role="ip_manager"):
    return services.invite(organization=owner.organization, email=email, role=role, actor=owner)


def test_an_invited_person_becomes_a_member_with_the_role(owner):
    invitation = invited(owner, email="New@Example.org ")
    user = cast.UserFactory(email="new@example.org")
    membership = services.accept_invitation(token=invitation.token, user=user)
    assert (membership.role, membership.organization) == ("ip_manager", owner.organization)
    names = list(audit.timeline(owner.organization, owner).values_list("name", flat=True))
    assert names[:2] == ["accounts.membership.accepted", "accounts.invitation.sent"]


def test_accepting_twice_has_one_effect(owner):
    invitation = invited(owner)
    user = cast.UserFactory(email="new@example.org")
    first = services.accept_invitation(token=invitation.token, user=user)
    assert services.accept_invitation(token=invitation.token, user=user) == first
    assert audit.timeline(owner.organization, owner).filter(name="accounts.membership.accepted").count() == 1


def test_an_invitation_works_only_for_its_address(owner):
    invitation = invited(owner)
    with pytest.raises(InvitationForAnother) as refused:
        services.accept_invitation(token=invitation.token, user=cast.UserFactory())
    assert "new@example.org" in refused.value.sentence


def test_an_invitation_ends_after_14_days(owner):
    invitation = invited(owner)
    user = cast.UserFactory(email="new@example.org")
    with clock.at(invitation.expires_at), pytest.raises(InvitationExpired):
        services.accept_invitation(token=invitation.token, user=user)
    with clock.at(invitation.expires_at - timedelta(milliseconds=1)):
        assert services.accept_invitation(token=invitation.token, user=user).is_active


@pytest.mark.parametrize("token", ["", "nonsense", "a:b:c", "x" * 400, "../../etc/passwd"])
def test_a_broken_link_names_no_invitation(token):
    with pytest.raises(InvitationInvalid):
        services.accept_invitation(token=token, user=cast.UserFactory())


def test_a_withdrawn_invitation_is_of_no_use(owner):
    invitation = services.revoke_invitation(invitation=invited(owner), actor=owner)
    services.revoke_invitation(invitation=invitation, actor=owner)
    user = cast.UserFactory(email="new@example.org")
    with pytest.raises(InvitationInvalid):
        services.accept_invitation(token=invitation.token, user=user)


def test_inviting_again_replaces_the_open_invitation(owner):
    old, new = invited(owner), invited(owner, role="bidder")
    assert Invitation.objects.filter(accepted_at=None, revoked_at=None).get() == new
    with pytest.raises(InvitationInvalid):
        services.accept_invitation(token=old.token, user=cast.UserFactory(email=old.email))


def test_members_are_not_invited_again(owner):
    with pytest.raises(AlreadyMember):
        invited(owner, email=owner.user.email)


@pytest.mark.parametrize("role", ["person", "finance", "superuser", "expert", "no_role"])
def test_an_owner_gives_only_the_roles_of_an_organization(owner, role):
    with pytest.raises(RoleNotGrantable):
        invited(owner, role=role)
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("role", ["ip_manager", "licensing_user", "bidder", "inventor"])
def test_only_owners_invite(role):
    member = cast.member(role)
    with pytest.raises(RoleNotGrantable):
        invited(member, role="inventor")


def test_an_owner_of_another_organization_invites_nobody_here(owner):
    stranger = cast.member("owner")
    with pytest.raises(RoleNotGrantable):
        services.invite(organization=owner.organization, email="x@example.org", role="bidder", actor=stranger)


def test_a_provincial_officer_appoints_city_officers_with_a_city():
    officer = cast.officer()
    with pytest.raises(CityMissing):
        invited(officer, role="city_officer")
    made = services.invite(
        organization=officer.organization,
        email="city@example.org",
        role="city_officer",
        city=cast.CityFactory(),
        actor=officer,
    )
    assert made.city.code == "320100"
    with pytest.raises(RoleNotGrantable):
        invited(officer, role="superuser")


def test_a_changed_role_holds_at_once_and_is_recorded(owner):
    member = cast.member("bidder", organization=owner.organization)
    changed = services.change_role(membership=member, role="ip_manager", actor=owner)
    assert rules.can(changed, "declare", owner.organization)
    event = audit.timeline(owner.organization, owner).first()
    assert (event.facts["before"], event.facts["after"]) == ("bidder", "ip_manager")


def test_the_same_role_again_records_nothing(owner):
    member = cast.member("bidder", organization=owner.organization)
    services.change_role(membership=member, role="bidder", actor=owner)
    assert not audit.timeline(owner.organization, owner).filter(name__contains="role_changed").exists()


def test_the_last_owner_can_neither_leave_nor_change(owner):
    with pytest.raises(LastOwner):
        services.leave(membership=owner)
    with pytest.raises(LastOwner):
        services.change_role(membership=owner, role="bidder", actor=owner)
    with pytest.raises(LastOwner):
        services.deactivate_member(membership=owner, actor=owner)
    second = cast.member("owner", organization=owner.organization)
    assert not services.leave(membership=owner).is_active
    with pytest.raises(LastOwner):
        services.leave(membership=second)


def test_a_person_cannot_leave_themselves():
    with pytest.raises(PersonStays):
        services.leave(membership=cast.member("person"))


@pytest.mark.parametrize("role", ["superuser", "provincial_officer", "finance"])
def test_the_administration_keeps_somebody_in_every_role_it_cannot_be_without(role):
    superuser = cast.member("superuser")
    last = superuser if role == "superuser" else cast.member(role)
    for act in (
        lambda: services.leave(membership=last),
        lambda: services.change_role(membership=last, role="auditor", actor=superuser),
        lambda: services.deactivate_member(membership=last, actor=superuser),
    ):
        with pytest.raises(LastOfficer) as refused:
            act()
        assert str(ROLES[role].label) in refused.value.sentence
    cast.member(role)
    assert not services.leave(membership=last).is_active


@pytest.mark.parametrize("role", ["expert", "city_officer", "auditor"])
def test_the_others_of_the_administration_may_leave(role):
    city = cast.CityFactory() if role == "city_officer" else None
    assert not services.leave(membership=cast.member(role, city=city)).is_active


def test_without_a_superuser_the_last_provincial_officer_stays_all_the_same():
    officer = cast.member("provincial_officer")
    cast.member("expert")
    with pytest.raises(LastOfficer):
        services.leave(membership=officer)


def test_an_old_invitation_takes_the_last_owner_no_role_away(owner):
    invitation = Invitation.objects.create(
        organization=owner.organization,
        email=owner.user.email,
        role="inventor",
        expires_at=clock.database_now() + timedelta(days=1),
        invited_by=owner.user,
    )
    with pytest.raises(LastOwner):
        services.accept_invitation(token=invitation.token, user=owner.user)
    assert Membership.objects.get(pk=owner.pk).role == "owner"


def test_a_deactivated_member_has_no_rights_and_can_come_back(owner):
    member = cast.member("ip_manager", organization=owner.organization)
    gone = services.deactivate_member(membership=member, actor=owner)
    services.deactivate_member(membership=gone, actor=owner)
    assert not rules.can(Membership.objects.get(pk=member.pk), "declare")
    back = services.reactivate_member(membership=gone, actor=owner)
    assert rules.can(back, "declare")
    names = audit.timeline(owner.organization, owner).values_list("name", flat=True)
    assert list(names)[:2] == ["accounts.membership.reactivated", "accounts.membership.deactivated"]


@pytest.mark.parametrize("role", ["ip_manager", "inventor"])
def test_others_touch_no_member(owner, role):
    other = cast.member(role, organization=owner.organization)
    with pytest.raises(NotAllowed):
        services.deactivate_member(membership=owner, actor=other)
    with pytest.raises(NotAllowed):
        services.change_role(membership=owner, role="inventor", actor=other)
