"""Registering an organization, or acting as a natural person."""

from importlib import import_module

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts import identifiers, roles
from accounts.models import Kind, Membership, Organization, Person
from foundation import audit
from foundation.core import crypto
from foundation.core.actors import Actor
from foundation.core.errors import DomainError


class UsccTaken(DomainError):
    """The code belongs to an organization that is registered already."""

    code = "uscc_taken"
    field = "uscc"
    message = _("An organization with this code is already registered. Ask its owner to invite you.")


class RegistrationTaken(DomainError):
    """The foreign registration number is registered already for this country."""

    code = "registration_taken"
    field = "foreign_registration"
    message = _("A company with this number is already registered for this country. Ask its owner to invite you.")


class IdentityTaken(DomainError):
    """The identity document belongs to another account."""

    code = "identity_taken"
    field = "document_number"
    message = _("There is already an account for this document.")


class AlreadyPerson(DomainError):
    """The user takes part as a natural person already."""

    code = "already_person"
    field = "document_number"
    message = _("You already take part as a natural person, with another document.")


def pinyin_of(name):
    """Sort key of a name: pinyin without tones, lower case, at most 400 characters."""
    pypinyin = import_module("pypinyin")  # its phrases take 0.4 s to load; only registrations need them
    return " ".join(pypinyin.lazy_pinyin(name)).lower()[:400]


def identity_fields(*, kind, uscc="", foreign_registration="", country="CN"):
    """What identifies an organization of the kind, in normal form. Raises UsccInvalid."""
    if kind == Kind.FOREIGN_COMPANY:
        number = identifiers.normalize(foreign_registration)
        return {"uscc": None, "foreign_registration": number, "country": country}
    return {"uscc": identifiers.parse_uscc(uscc), "foreign_registration": "", "country": "CN"}


def _own(user, **identity):
    """The user's active membership of the organization that has this identity already."""
    return Membership.objects.filter(
        user=user,
        is_active=True,
        **{f"organization__{name}": value for name, value in identity.items()},
    ).first()


@transaction.atomic
def register_organization(*, user, kind, name, uscc="", foreign_registration="", country="CN", **details):
    """Create the organization with the user as its owner; returns the membership.

    A repeat by the same user returns the first membership. `details` are plain columns
    (name_en, legal_representative, city, industry, size, is_state_owned, address, contact_email, contact_phone).
    Raises UsccInvalid, UsccTaken, RegistrationTaken.
    """
    identity = identity_fields(kind=kind, uscc=uscc, foreign_registration=foreign_registration, country=country)
    try:
        with transaction.atomic():
            organization = Organization.objects.create(
                kind=kind, name=name, name_pinyin=pinyin_of(name), **identity, **details
            )
    except IntegrityError as error:
        if mine := _own(user, **identity):
            return mine
        raise (UsccTaken if identity["uscc"] else RegistrationTaken)() from error
    return _join(user, organization)


@transaction.atomic
def register_person(*, user, name, document_kind, document_number, **details):
    """Let the user take part as a natural person; returns the membership.

    The document number is stored encrypted, shown masked, and unique by keyed digest.
    Raises ResidentIdInvalid, PassportInvalid, IdentityTaken, AlreadyPerson.
    """
    parse = (
        identifiers.parse_resident_id if document_kind == Person.Document.RESIDENT_ID else identifiers.parse_passport
    )
    number = parse(document_number)
    digest = crypto.keyed_digest(f"{document_kind}:{number}")
    if mine := _own(user, kind=Kind.PERSON):
        if mine.organization.person.document_digest == digest:
            return mine
        raise AlreadyPerson()
    try:
        with transaction.atomic():
            organization = Organization.objects.create(
                kind=Kind.PERSON, name=name, name_pinyin=pinyin_of(name), **details
            )
            Person.objects.create(
                organization=organization,
                document_kind=document_kind,
                document_encrypted=crypto.encrypt(number),
                document_digest=digest,
                document_masked=identifiers.mask(number),
            )
    except IntegrityError as error:
        raise IdentityTaken() from error
    return _join(user, organization)


def _join(user, organization):
    role = roles.first_role(organization.kind)
    membership = Membership.objects.create(user=user, organization=organization, role=role)
    audit.record(
        "accounts.organization.registered",
        subject=organization,
        actor=Actor(user_id=user.pk, organization_id=organization.pk, role=role),
        data={"kind": organization.kind, "role": role},
        parties=[organization.pk],
    )
    return membership
