"""A city officer sees the history and the files of the city, not those of the province."""

import pytest

from foundation import audit
from foundation.core.actors import SYSTEM
from foundation.core.refs import Ref
from foundation.documents import queries as documents
from foundation.documents.models import File
from tests.factories import accounts

pytestmark = pytest.mark.django_db


@pytest.fixture
def towns():
    """Two organizations in two cities, each with a private event, a shared event and a file."""

    def made(code, name):
        city = accounts.CityFactory(code=code, name_zh=name, name_en=name, pinyin=name)
        organization = accounts.OrganizationFactory(city=city)
        for visibility in ("private", "parties"):
            audit.record(
                "trials.town.x",
                subject=Ref("trials.town", organization.pk, code),
                actor=SYSTEM,
                visibility=visibility,
                parties=[organization],
            )
        file = File.objects.create(sha256="0" * 64, size=1, owner_organization_id=organization.pk)
        return organization, file

    return made("320100", "nanjing"), made("320200", "wuxi")


def heard_of(viewer):
    events = audit.queries.visible_to(viewer).filter(name="trials.town.x")
    return [(event.subject_number, event.visibility) for event in events.order_by("seq")]


def test_a_city_officer_sees_the_history_of_the_city_only(towns):
    officer = accounts.member("city_officer", city=accounts.CityFactory(code="320100"))
    assert heard_of(officer) == [("320100", "private"), ("320100", "parties")]


def test_a_city_officer_sees_the_files_of_the_city_only(towns):
    (_, near), (_, far) = towns
    officer = accounts.member("city_officer", city=accounts.CityFactory(code="320100"))
    assert list(documents.files_visible_to(officer)) == [near]
    far.party_ids = [towns[0][0].pk]
    far.save()
    assert set(documents.files_visible_to(officer)) == {near, far}


def test_the_province_and_the_auditor_see_both_cities(towns):
    for role in ("provincial_officer", "auditor"):
        viewer = accounts.member(role)
        assert len(heard_of(viewer)) == 4
        assert documents.files_visible_to(viewer).count() == 2


def test_an_expert_does_not_see_what_colleagues_in_the_administration_did(towns):
    (town, _file), _ = towns
    officer = accounts.officer()
    expert = accounts.member("expert", organization=officer.organization)
    audit.record("trials.town.x", subject=Ref("trials.town", 7, "seen"), actor=officer, parties=[town])
    assert heard_of(expert) == []
    audit.record("trials.town.x", subject=Ref("trials.town", 8, "own"), actor=expert, parties=[town])
    assert heard_of(expert) == [("own", "parties")]
