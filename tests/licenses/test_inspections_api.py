"""Inspections of the licensee's books over HTTP."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from foundation.core import clock
from foundation.core.clock import start_of_local_day
from tests.factories import royalties as make
from tests.factories.accounts import member
from tests.licenses.test_inspections import DAY, TODAY, announced, png

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_second_factor(settings):
    settings.KAIXU_SECOND_FACTOR_REQUIRED = False


ALL = "/api/v1/royalty-inspections/"
NOTICE = {"inspector": "天衡会计师事务所", "inspects_on": DAY.isoformat(), "reason": "核对账册。"}


def client_of(member) -> APIClient:
    client = APIClient()
    client.force_login(member.user)
    return client


def both(license) -> tuple[APIClient, APIClient]:
    """Licensor and licensee."""
    return client_of(make.manager(license)), client_of(make.user(license))


def sent(found) -> dict:
    file = SimpleUploadedFile("report.png", png(), content_type="image/png")
    said = found if isinstance(found, str) else json.dumps(found)
    return {"found": said, "summary": "账册与申报核对结果。", "cost": "8000.00", "file": file}


def test_an_inspection_is_announced_once_per_key_found_disputed_and_agreed_to():
    row = make.accepted_period("1000000.00")
    licensor, licensee = both(row.license)
    address = f"/api/v1/licenses/{row.license.number}/royalty-inspections/"
    with clock.at(start_of_local_day(TODAY)):
        early = licensor.post(address, NOTICE | {"inspects_on": "2026-05-07"}, format="json")
        assert (early.status_code, early.json()["errors"][0]["field"]) == (400, "inspects_on")
        answers = [
            licensor.post(address, NOTICE, format="json", headers={"Idempotency-Key": "i1"}) for _turn in range(2)
        ]
        again = licensor.post(address, NOTICE, format="json")
    assert (answers[0].status_code, answers[0].json()) == (201, answers[1].json())
    assert (again.status_code, again.json()["code"]) == (409, "inspection_open")
    here = f"{ALL}{answers[0].json()['number']}/"
    with clock.at(start_of_local_day(DAY)):
        done = licensor.post(f"{here}findings/", sent({row.number: "1063830.00"}), format="multipart")
        assert done.status_code == 201, done.content
        assert licensor.post(f"{here}agreements/").status_code == 403
        disputed = licensee.post(f"{here}objections/", {"reason": "样品不属于销售。"}, format="json")
        agreed = licensee.post(f"{here}agreements/", format="json")
    found = done.json()
    assert found["findings"] == [{"period": row.number, "reported": "1000000.00", "found": "1063830.00"}]
    assert (found["shortfall"], found["cost_is_licensees"], found["paper"]["name"]) == ("1914.90", True, "report.png")
    assert (disputed.json()["state"], agreed.json()["state"]) == ("disputed", "concluded")
    assert agreed.json()["obligation"] and agreed.json()["cost_obligation"]


@pytest.mark.parametrize(
    "found", ["", "nonsense", "[]", "{}", {"JSRY-2099-000001-X": "1.00"}, {"x": -1}, {"x": [1]}, "[" * 20_000]
)
def test_findings_that_are_none_are_refused_beside_their_field(found):
    inspection = announced()
    licensor = client_of(make.manager(inspection.license))
    answer = licensor.post(f"{ALL}{inspection.number}/findings/", sent(found), format="multipart")
    assert (answer.status_code, [one["field"] for one in answer.json()["errors"]]) == (400, ["found"])
    inspection.refresh_from_db()
    assert (inspection.state, inspection.findings.count()) == ("announced", 0)


def test_an_inspection_is_called_off_by_the_licensor_and_hidden_from_others():
    inspection, other = announced(), make.due_period()
    licensor, licensee = both(inspection.license)
    here = f"{ALL}{inspection.number}/"
    stranger = client_of(make.manager(other.license))
    assert (stranger.get(here).status_code, stranger.post(f"{here}cancellations/").status_code) == (404, 404)
    assert licensee.post(f"{here}cancellations/", {"reason": "x"}, format="json").status_code == 403
    assert licensor.post(f"{here}cancellations/", {"reason": ""}, format="json").status_code == 400
    done = licensor.post(f"{here}cancellations/", {"reason": "另行安排。"}, format="json")
    assert (done.status_code, done.json()["state"]) == (201, "called_off")
    late = licensor.post(f"{here}cancellations/", {"reason": "x"}, format="json")
    assert (late.status_code, late.json()["code"]) == (409, "not_possible_now")


def test_the_list_asks_the_same_number_of_questions_whatever_the_rows(django_assert_num_queries):
    first, auditor = announced(), client_of(member("auditor"))
    auditor.get(ALL)
    for count in (1, 2):
        if count > 1:
            announced()
        with django_assert_num_queries(5):
            assert len(auditor.get(ALL).json()["results"]) == count
    assert len(auditor.get(ALL, {"license": first.license.number, "state": "announced"}).json()["results"]) == 1
    assert auditor.get(ALL, {"state": "found"}).json()["results"] == []
