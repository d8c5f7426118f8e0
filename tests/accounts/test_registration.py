"""Registering an organization or a person: the good case, each refusal, the repeat, the race."""

import threading

import pytest
from django.db import connection, transaction

from accounts import services
from accounts.identifiers import UsccCheck
from accounts.models import Membership, Organization, Person
from accounts.services.registration import (
    AlreadyPerson,
    IdentityTaken,
    RegistrationTaken,
    UsccTaken,
)
from foundation.audit.models import Event
from foundation.core import crypto
from tests.factories import accounts as cast

CODE = "913205007200000174"
CARD = "11010519491231002X"


def university(user, **changes):
    values = {"kind": "university", "name": "江苏某大学", "uscc": CODE} | changes
    return services.register_organization(user=user, **values)


@pytest.mark.django_db
def test_whoever_registers_becomes_owner():
    membership = university(cast.UserFactory(), uscc=" ９１３２０５００７２０００００１７４ ")
    organization = membership.organization
    assert (membership.role, organization.state) == ("owner", "unverified")
    assert organization.uscc == CODE
    assert organization.name_pinyin.startswith("jiang su")
    assert Event.objects.filter(name="accounts.organization.registered").count() == 1


@pytest.mark.django_db
def test_the_same_user_registering_again_gets_the_first_membership():
    user = cast.UserFactory()
    assert university(user) == university(user)
    assert Organization.objects.filter(uscc=CODE).count() == 1
    assert Event.objects.filter(name="accounts.organization.registered").count() == 1


@pytest.mark.django_db
def test_a_code_of_another_organization_is_refused_beside_its_field():
    university(cast.UserFactory())
    with pytest.raises(UsccTaken) as refused:
        university(cast.UserFactory(), name="另一个名字")
    assert refused.value.field == "uscc"
    assert Organization.objects.filter(uscc=CODE).count() == 1


@pytest.mark.django_db
def test_a_wrong_code_stores_nothing():
    with pytest.raises(UsccCheck):
        university(cast.UserFactory(), uscc="913205007200000175")
    assert not Organization.objects.exists()


@pytest.mark.django_db
def test_a_foreign_company_registers_once_per_country_and_number():
    def register(user, country):
        return services.register_organization(
            user=user,
            kind="foreign_company",
            name="Muster GmbH",
            foreign_registration="hrb 1234",
            country=country,
        )

    assert register(cast.UserFactory(), "DE").organization.foreign_registration == "HRB1234"
    assert register(cast.UserFactory(), "AT").organization.country == "AT"
    with pytest.raises(RegistrationTaken):
        register(cast.UserFactory(), "DE")


def person(user, **changes):
    values = {"name": "张三", "document_kind": "resident_id", "document_number": CARD} | changes
    return services.register_person(user=user, **values)


@pytest.mark.django_db
def test_a_persons_number_is_stored_encrypted_masked_and_as_a_digest():
    membership = person(cast.UserFactory())
    stored = Person.objects.get(organization=membership.organization)
    assert membership.role == "person"
    assert stored.document_masked == "110***********002X"
    assert crypto.decrypt(stored.document_encrypted) == CARD
    assert CARD not in stored.document_encrypted + stored.document_digest
    assert CARD not in str(list(Event.objects.values()))


@pytest.mark.django_db
def test_a_document_belongs_to_one_account():
    person(cast.UserFactory())
    with pytest.raises(IdentityTaken):
        person(cast.UserFactory(), document_number=CARD.lower())
    assert Organization.objects.filter(kind="person").count() == 1


@pytest.mark.django_db
def test_a_user_is_one_person_and_repeats_are_harmless():
    user = cast.UserFactory()
    assert person(user) == person(user)
    with pytest.raises(AlreadyPerson):
        person(user, document_kind="passport", document_number="E12345678")


@pytest.mark.django_db(transaction=True)
def test_two_people_registering_the_same_code_at_once_make_one_organization():
    users = [cast.UserFactory(), cast.UserFactory()]
    ready, outcomes = threading.Barrier(2), []

    def register(user):
        try:
            ready.wait(5)
            university(user)
            outcomes.append("registered")
        except UsccTaken:
            outcomes.append("taken")
        finally:
            connection.close()

    threads = [threading.Thread(target=register, args=[user]) for user in users]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(outcomes) == ["registered", "taken"]
    assert Organization.objects.filter(uscc=CODE).count() == 1
    assert Membership.objects.count() == 1


@pytest.mark.django_db
def test_the_database_itself_refuses_codes_that_cannot_be():
    with pytest.raises(Exception, match="accounts_uscc_form"), transaction.atomic():
        Organization.objects.create(kind="enterprise", name="某公司", uscc="9132050072000001I4")
    with pytest.raises(Exception, match="accounts_domestic_has_uscc"), transaction.atomic():
        Organization.objects.create(kind="enterprise", name="某公司")
