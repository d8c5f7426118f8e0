"""The pool of experts: officers keep it, experts keep their own profile; what is compared at a draw stands in it."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import queries as accounts
from challenges.models import Expert
from challenges.rules import is_officer
from foundation import audit
from foundation.core.errors import Invalid, NotAllowed
from foundation.core.locking import lock_rows
from patents.classification import SymbolInvalid, ipc_symbols

MOST_NAMES, NAME_LENGTH = 200, 100


@transaction.atomic
def add(*, email: str, unit_name: str, actor, **profile: Any) -> Expert:
    """Take somebody with the role of an expert into the pool. Raises NotAllowed, Invalid."""
    if not is_officer(actor):
        raise NotAllowed()
    person = accounts.user_by_email(email)
    if person is None or not accounts.with_role("expert").filter(user=person).exists():
        raise Invalid(_("Nobody with this address has the role of an expert. Invite them first."), field="email")
    if Expert.objects.filter(user=person).exists():
        raise Invalid(_("This expert is in the pool already."), field="email")
    values = _values(unit_name, {"names": [person.name], **profile})
    expert = Expert.objects.create(user=person, **values)
    audit.record("challenges.expert.added", subject=expert, actor=actor, visibility="private")
    return expert


@transaction.atomic
def save(*, expert: Expert, unit_name: str, actor, **profile: Any) -> Expert:
    """Officers and the expert change a profile: title, ipc, names, coauthors. Raises NotAllowed, Invalid."""
    if not is_officer(actor) and getattr(actor, "user_id", None) != expert.user_id:
        raise NotAllowed()
    expert = lock_rows(expert)
    for name, value in _values(unit_name, profile).items():
        setattr(expert, name, value)
    expert.save()
    audit.record("challenges.expert.changed", subject=expert, actor=actor, visibility="private")
    return expert


@transaction.atomic
def set_active(*, expert: Expert, active: bool, actor, reason: str = "") -> Expert:
    """Out of the pool, or back into it; seats that are held stay. Raises NotAllowed."""
    if not is_officer(actor):
        raise NotAllowed()
    expert = lock_rows(expert)
    if expert.is_active != active:
        expert.is_active = active
        expert.save(update_fields=["is_active"])
        verb = "returned" if active else "left"
        audit.record(f"challenges.expert.{verb}", subject=expert, actor=actor, reason=reason, visibility="private")
    return expert


def name_coauthors(*, expert: Expert, names: Iterable[str]) -> Expert:
    """Add people an expert must not judge to the profile. In the caller's transaction."""
    more = [name for name in cleaned(names) if name not in expert.coauthors]
    if more:
        expert.coauthors = [*expert.coauthors, *more][:MOST_NAMES]
        expert.save(update_fields=["coauthors"])
    return expert


def _values(unit_name: str, profile: dict[str, Any]) -> dict[str, Any]:
    """What is stored; a unit that is registered under exactly this name is tied to it. Raises Invalid."""
    unit_name = unit_name.strip()
    if not unit_name:
        raise Invalid(_("Name the unit, or write “independent”."), field="unit_name")
    values: dict[str, Any] = {"unit_name": unit_name[:200], "unit": accounts.organization_named(unit_name)}
    if "title" in profile:
        values["title"] = profile["title"].strip()[:NAME_LENGTH]
    for field in ("names", "coauthors"):
        if field in profile:
            values[field] = cleaned(profile[field])
    if "ipc" in profile:
        values["ipc"] = _classes(profile["ipc"])
    return values


def cleaned(names: Iterable[str]) -> list[str]:
    """Names without blanks and repeats, in their order."""
    kept = dict.fromkeys(name.strip()[:NAME_LENGTH] for name in names)
    return [name for name in kept if name][:MOST_NAMES]


def _classes(text: str) -> list[str]:
    """Raises Invalid."""
    try:
        return ipc_symbols(text)
    except SymbolInvalid as error:
        raise Invalid(_("“{code}” is not an IPC class."), field="ipc", code=str(error)) from error
