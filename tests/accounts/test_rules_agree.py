"""What the queries show and what the rules allow are the same, for every role and every organization."""

import itertools

import pytest
import rules as django_rules
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts import queries, roles, rules
from accounts.models import Membership, Organization
from tests.factories import accounts as cast

KINDS = ["university", "enterprise", "foreign_company", "person", "administration"]


class TestQueriesAndRulesAgree(TestCase):
    """Random worlds: a few organizations, one member, every pair compared."""

    @settings(max_examples=60, deadline=None)
    @given(
        made=st.lists(
            st.tuples(st.sampled_from(KINDS), st.booleans(), st.sampled_from(["320100", "320500"])),
            min_size=1,
            max_size=4,
        ),
        role=st.sampled_from([*roles.ROLES, None]),
        own=st.integers(0, 3),
        member_active=st.booleans(),
        user_active=st.booleans(),
        city=st.sampled_from(["320100", "320500"]),
    )
    def test_an_organization_is_found_exactly_when_it_may_be_seen(
        self, *, made, role, own, member_active, user_active, city
    ):
        organizations = [
            cast.OrganizationFactory(
                kind=kind, state="verified" if verified else "unverified", city=cast.CityFactory(code=code)
            )
            for kind, verified, code in made
        ]
        membership = None
        if role is not None:
            membership = cast.MembershipFactory(
                organization=organizations[own % len(organizations)],
                role=role,
                is_active=member_active,
                city=cast.CityFactory(code=city) if role == "city_officer" else None,
                user=cast.UserFactory(is_active=user_active),
            )
        found = set(queries.organizations.visible_to(membership).values_list("pk", flat=True))
        allowed = {
            organization.pk
            for organization in Organization.objects.all()
            if django_rules.test_rule("accounts.view", membership, organization)
        }
        assert found == allowed
        seen = set(queries.memberships.visible_to(membership).values_list("pk", flat=True))
        known = {
            one.pk
            for one in Membership.objects.select_related("organization")
            if rules.may_view_members(membership, one.organization)
        }
        assert seen == known


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "capability"), itertools.product(roles.ROLES, roles.CAPABILITIES))
def test_a_member_may_what_the_table_says_and_only_at_home(role, capability):
    member = cast.member(role)
    expected = capability in roles.ROLES[role].may
    assert rules.can(member, capability) is expected
    assert rules.can(member, capability, member.organization) is expected
    assert rules.can(member, capability, cast.OrganizationFactory()) is False
    member.is_active = False
    assert rules.can(member, capability) is False


@pytest.mark.django_db
def test_nobody_may_nothing():
    assert rules.can(None, "declare") is False
    assert list(queries.memberships.visible_to(None)) == []
    assert list(queries.verifications.visible_to(None)) == []


@pytest.mark.django_db
def test_a_group_is_one_party():
    parent, child, other = (cast.OrganizationFactory() for _part in range(3))
    child.group = parent
    sister = cast.OrganizationFactory(group=parent)
    assert rules.same_group(parent, child) and rules.same_group(child, sister)
    assert rules.same_group(other, other) and not rules.same_group(parent, other)


@pytest.mark.django_db
def test_whom_to_tell_follows_the_table():
    organization = cast.OrganizationFactory()
    made = {role: cast.member(role, organization=organization) for role in ("owner", "ip_manager", "bidder")}
    declaring = {member.pk for member in queries.members_of(organization, "declare")}
    assert declaring == {made["owner"].pk, made["ip_manager"].pk}
    assert queries.members_of(organization).count() == 3
    here, there = cast.CityFactory(), cast.CityFactory(code="320500")
    province = cast.officer()
    local = cast.member("city_officer", city=here)
    cast.member("city_officer", city=there)
    assert {member.pk for member in queries.officers_for(here)} == {province.pk, local.pk}
    assert {member.pk for member in queries.officers_for(None)} == {province.pk}
