"""The cast: one factory per part, organizations with valid identifiers.

`OrganizationFactory(state="unverified")` leaves the verification out; "verified" is the default.
"""

import itertools

import factory
from allauth.account.models import EmailAddress
from stdnum.cn import uscc

from accounts.identifiers import organization_check
from accounts.models import City, Industry, Membership, Organization, User
from accounts.roles import ROLES
from foundation import audit
from foundation.core.actors import SYSTEM

PASSWORD = "correct-horse-battery-9"
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
serial = itertools.count(1)


def make_uscc(number, prefix="91320100"):
    """A code with both check characters right, made from a running number."""
    body = f"MA{number:06d}"
    code = prefix + body + organization_check(body)
    return code + uscc.calc_check_digit(code)


class CityFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = City
        django_get_or_create = ("code",)

    code = "320100"
    name_zh = "南京市"
    name_en = "Nanjing"
    pinyin = "nanjing"


class IndustryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Industry
        django_get_or_create = ("code",)

    code = "C"
    name_zh = "制造业"
    name_en = "Manufacturing"


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"user{n}@example.org")
    name = factory.Sequence(lambda n: f"User {n}")
    language = "en"

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        password = kwargs.pop("password", PASSWORD)
        user = model_class.objects.create_user(*args, password=password, **kwargs)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        return user


class OrganizationFactory(factory.django.DjangoModelFactory):
    """A verified enterprise of Nanjing; name the kind and the state for others."""

    class Meta:
        model = Organization

    kind = "enterprise"
    name = factory.Sequence(lambda n: f"测试企业{n}有限公司")
    name_en = factory.Sequence(lambda n: f"Test Enterprise {n} Co., Ltd.")
    uscc = factory.LazyAttribute(
        lambda made: None if made.kind in ("foreign_company", "person", "administration") else make_uscc(next(serial))
    )
    foreign_registration = factory.LazyAttribute(
        lambda made: f"HRB{next(serial)}" if made.kind == "foreign_company" else ""
    )
    country = factory.LazyAttribute(lambda made: "DE" if made.kind == "foreign_company" else "CN")
    legal_representative = factory.LazyAttribute(
        lambda made: "" if made.kind in ("person", "administration") else f"代表人{next(serial)}"
    )
    city = factory.SubFactory(CityFactory)

    @classmethod
    def _create(cls, model_class, *args, state="verified", **kwargs):
        made = super()._create(model_class, *args, **kwargs)
        return audit.advance(made, "enroll", actor=SYSTEM) if state != made.state else made


class UniversityFactory(OrganizationFactory):
    kind = "university"
    name = factory.Sequence(lambda n: f"测试大学{n}")
    name_en = factory.Sequence(lambda n: f"Test University {n}")


class AdministrationFactory(OrganizationFactory):
    class Meta:
        django_get_or_create = ("kind",)

    kind = "administration"
    name = "省知识产权局"
    name_en = "Provincial Intellectual Property Office"


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    organization = factory.SubFactory(OrganizationFactory)
    role = "owner"


def member(role, organization=None, **fields):
    """A membership with the role in a fitting organization (made where none is named)."""
    if organization is None:
        if "administration" in ROLES[role].kinds:
            organization = AdministrationFactory()
        elif role == "person":
            organization = OrganizationFactory(kind="person", name="张三", name_en="")
        elif role == "ip_manager":
            organization = UniversityFactory()
        else:
            organization = OrganizationFactory()
    if role == "city_officer" and "city" not in fields:
        fields["city"] = CityFactory()
    return MembershipFactory(role=role, organization=organization, **fields)


def patentee(**fields):
    """The university's technology transfer officer."""
    return member("ip_manager", **fields)


def licensee(**fields):
    """The enterprise's licensing user."""
    return member("licensing_user", **fields)


def officer(**fields):
    """An officer of the province."""
    return member("provincial_officer", **fields)


def finance(**fields):
    return member("finance", **fields)
