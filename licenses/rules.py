"""Who may do what with declarations and terms. `queries` must agree with `licenses.view`."""

import rules

from accounts.rules import can
from licenses.models import Declaration


def declaration_of(obj) -> Declaration:
    """The declaration itself, or the one a terms version belongs to."""
    return obj if isinstance(obj, Declaration) else obj.declaration


def in_charge(actor, obj) -> bool:
    """An officer whose scope holds the patentee's city and who does not act for the patentee."""
    declaration = declaration_of(obj)
    if not can(actor, "review") or actor.organization_id == declaration.patentee_id:
        return False
    return can(actor, "review_any_city") or (
        actor.scope_city_id is not None and actor.scope_city_id == declaration.patentee.city_id
    )


@rules.predicate
def is_declarer(actor, obj):
    """Somebody who declares for the patentee."""
    return can(actor, "declare", declaration_of(obj).patentee)


@rules.predicate
def is_reviewer(actor, obj):
    """The officer of the case; that opener and maker are two people is checked by the case itself."""
    return in_charge(actor, obj)


@rules.predicate
def is_new_owner(actor, obj):
    """Somebody who declares for an owner that the register names today."""
    return can(actor, "declare") and actor.organization_id in declaration_of(obj).patent.owner_ids()


@rules.predicate
def may_view(actor, declaration):
    """Once published it is public; before that patentee, co-owners, the officers in charge and the auditor."""
    if declaration.published_at is not None:
        return True
    if actor is None or not actor.is_active:
        return False
    return (
        actor.organization_id == declaration.patentee_id
        or actor.organization_id in declaration.patent.owner_ids()
        or in_charge(actor, declaration)
        or can(actor, "audit_read")
    )


@rules.predicate
def may_consent(actor, declaration):
    """Somebody who declares for one of the owners."""
    return can(actor, "declare") and actor.organization_id in declaration.patent.owner_ids()


rules.add_rule("licenses.declarer", is_declarer)
rules.add_rule("licenses.reviewer", is_reviewer)
rules.add_rule("licenses.officer", is_reviewer)
rules.add_rule("licenses.new_owner", is_new_owner)
rules.add_rule("licenses.view", may_view)
rules.add_rule("licenses.consent", may_consent)
