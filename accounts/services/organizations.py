"""Keeping the details of an organization."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts import rules
from accounts.lifecycle import State
from accounts.models.organizations import REPRESENTED
from accounts.services.registration import (
    RegistrationTaken,
    UsccTaken,
    identity_fields,
    pinyin_of,
)
from foundation import audit
from foundation.core.errors import DomainError, NotAllowed
from foundation.core.locking import lock_rows

DETAILS = (
    "name_en",
    "city",
    "industry",
    "size",
    "is_state_owned",
    "address",
    "contact_email",
    "contact_phone",
)
# Contacts may belong to a person: the history says that they changed, never to what.
SILENT = {"address", "contact_email", "contact_phone"}


class UnderReview(DomainError):
    """The province is reading these details just now."""

    code = "under_review"
    message = _("The details are under review and cannot be changed until it is decided.")


def _value(value):
    return getattr(value, "code", value)


@transaction.atomic
def update_organization(*, organization, actor, **details):
    """Change what no review depends on; nothing changed, nothing recorded. Raises NotAllowed."""
    if not rules.may_manage_organization(actor, organization):
        raise NotAllowed()
    organization = lock_rows(organization)
    changed = {
        name: details[name] for name in DETAILS if name in details and getattr(organization, name) != details[name]
    }
    if not changed:
        return organization
    before = {n: _value(getattr(organization, n)) for n in changed if n not in SILENT}
    for name, value in changed.items():
        setattr(organization, name, value)
    organization.save(update_fields=[*changed, "updated_at"])
    after = {n: _value(v) for n, v in changed.items() if n not in SILENT}
    audit.record(
        "accounts.organization.updated",
        subject=organization,
        actor=actor,
        data={"fields": sorted(changed)},
        before=before,
        after=after,
        parties=[organization.pk],
    )
    return organization


@transaction.atomic
def amend_identity(
    *, organization, actor, name, uscc="", foreign_registration="", country="CN", legal_representative=None
):
    """Change the registered name, the code or the legal representative; what was verified must be verified again.

    ``legal_representative``: None leaves who it is. Raises NotAllowed, UnderReview, UsccInvalid, UsccTaken,
    RegistrationTaken.
    """
    if not rules.may_manage_organization(actor, organization):
        raise NotAllowed()
    organization = lock_rows(organization)
    if organization.state == State.SUBMITTED:
        raise UnderReview()
    identity = {"name": name}
    if organization.kind not in ("person", "administration"):
        identity |= identity_fields(
            kind=organization.kind,
            uscc=uscc,
            foreign_registration=foreign_registration,
            country=country,
        )
    if legal_representative is not None and organization.kind in REPRESENTED:
        identity["legal_representative"] = legal_representative
    if all(getattr(organization, key) == value for key, value in identity.items()):
        return organization
    try:
        with transaction.atomic():
            for key, value in identity.items():
                setattr(organization, key, value)
            organization.name_pinyin = pinyin_of(name)
            organization.save(update_fields=[*identity, "name_pinyin", "updated_at"])
    except IntegrityError as error:
        raise (UsccTaken if identity.get("uscc") else RegistrationTaken)() from error
    audit.record(
        "accounts.organization.identity_amended",
        subject=organization,
        actor=actor,
        data={"fields": sorted(identity)},
        parties=[organization.pk],
    )
    if organization.state in (State.VERIFIED, State.EXPIRED):
        organization = audit.advance(organization, "amend", actor=actor, parties=[organization.pk])
    return organization
