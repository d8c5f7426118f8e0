"""Who may do what with organizations, members and invitations.

Other apps ask `can(membership, capability, organization=...)`. The named rules are those of the
lifecycle table and of this app's services; `queries.visible_to` must agree with `view`.
"""

import rules

from accounts import roles


def can(membership, capability, organization=None):
    """Whether the membership gives the capability, for `organization` where one is named."""
    if membership is None or not getattr(membership, "is_active", False):
        return False
    if not membership.user.is_active or not roles.may(membership.role, capability):
        return False
    return organization is None or membership.organization_id == organization.pk


def same_group(org_a, org_b):
    """Whether two organizations are the same, or belong to one group of affiliates."""
    return org_a.group_root_id == org_b.group_root_id


def is_in(membership, organization):
    """Whether the active membership belongs to the organization."""
    return (
        membership is not None
        and membership.is_active
        and membership.user.is_active
        and membership.organization_id == organization.pk
    )


def sees_province(membership):
    """Sees every organization: the administration without a city scope, experts excepted."""
    return any(can(membership, capability) for capability in ("review_any_city", "settle", "audit_read", "admin"))


def sees_city(membership, organization):
    """A city officer sees the organizations of the city."""
    return (
        can(membership, "review")
        and membership.scope_city_id is not None
        and membership.scope_city_id == organization.city_id
    )


def sees_registered(membership, organization):
    """What the register says beyond the public page (the legal representative): the own members and the officers."""
    return is_in(membership, organization) or sees_province(membership) or sees_city(membership, organization)


@rules.predicate
def may_view(membership, organization):
    """The page of an organization."""
    return (
        organization.is_public
        or is_in(membership, organization)
        or sees_province(membership)
        or sees_city(membership, organization)
    )


@rules.predicate
def may_view_members(membership, organization):
    """Names and roles of members: inside, and for whoever administers the platform."""
    return is_in(membership, organization) or can(membership, "audit_read")


@rules.predicate
def may_manage_organization(membership, organization):
    return can(membership, "manage_organization", organization)


@rules.predicate
def may_manage_members(membership, organization):
    return can(membership, "manage_members", organization)


@rules.predicate
def may_verify(actor, organization):
    """Officers in their city; the service that carries a decision out acts as the decider."""
    return sees_city(actor, organization) or (
        can(actor, "review") and actor.scope_city_id is None and can(actor, "review_any_city")
    )


def may_grant(membership, role_key, organization):
    """Whether the membership may give this role in the organization."""
    role = roles.ROLES.get(getattr(membership, "role", None))
    return (
        role is not None
        and may_manage_members(membership, organization)
        and role_key in role.grants
        and organization.kind in roles.ROLES[role_key].kinds
    )


rules.add_rule("accounts.view", may_view)
rules.add_rule("accounts.view_members", may_view_members)
rules.add_rule("accounts.organization_manager", may_manage_organization)
rules.add_rule("accounts.member_manager", may_manage_members)
rules.add_rule("accounts.verifier", may_verify)
