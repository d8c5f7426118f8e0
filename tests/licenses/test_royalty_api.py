"""Royalty periods and reports over HTTP."""

from datetime import date

import pytest
from rest_framework.test import APIClient

from foundation.core import clock
from foundation.core.clock import start_of_local_day
from tests.factories import royalties as make

pytestmark = pytest.mark.django_db
SOLD = {"product": "储能电芯", "quantity": "1", "unit_price": "1234567.89"}


def client_of(member) -> APIClient:
    client = APIClient()
    client.force_login(member.user)
    return client


def address(row, noun="") -> str:
    return f"/api/v1/royalty-periods/{row.number}/{noun and noun + '/'}"


def test_a_report_is_sent_questioned_corrected_and_accepted_over_the_api():
    row = make.due_period()
    licensee, licensor = client_of(make.user(row.license)), client_of(make.manager(row.license))
    body = {"lines": [SOLD], "signatory": make.SIGNATORY, "is_true": True}
    with clock.at(start_of_local_day(date(2026, 4, 10))):
        sent = licensee.post(address(row, "reports"), body, format="json", headers={"Idempotency-Key": "r1"})
        again = licensee.post(address(row, "reports"), body, format="json", headers={"Idempotency-Key": "r1"})
        assert (sent.status_code, again.status_code, sent.json()) == (201, 201, again.json())
        asked = licensor.post(address(row, "questions"), {"reason": "退货？"}, format="json")
        assert asked.json()["state"] == "questioned"
        body["lines"][0] |= {"returns": "67.89"}
        assert licensee.post(address(row, "reports"), body, format="json").status_code == 201
        done = licensor.post(address(row, "acceptances"), format="json")
    assert (done.status_code, done.json()["state"], done.json()["royalty"]) == (201, "payment_due", "37035.00")
    versions = licensee.get(address(row, "reports")).json()
    assert [(one["version"], one["base"], one["remarks"]) for one in versions] == [
        (2, "1234500.00", []),
        (1, "1234567.89", ["退货？"]),
    ]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"lines": [SOLD | {"quantity": "0"}]}, "lines"),
        ({"lines": [SOLD | {"unit_price": 1.5}]}, "lines"),
        ({"lines": [SOLD | {"secret": 1}]}, "lines"),
        ({"lines": []}, "nothing_sold"),
        ({"nothing_sold": True}, "nothing_sold"),
        ({"is_true": False}, "is_true"),
        ({"signatory": ""}, "signatory"),
    ],
)
def test_what_is_wrong_with_a_report_is_said_by_field_and_nothing_is_kept(change, field):
    row = make.due_period()
    body = {"lines": [SOLD], "signatory": make.SIGNATORY, "is_true": True} | change
    answer = client_of(make.user(row.license)).post(address(row, "reports"), body, format="json")
    assert (answer.status_code, field in str(answer.json())) == (400, True)
    assert row.reports.count() == 0


def test_periods_are_listed_for_both_sides_and_hidden_from_others():
    row, other = make.accepted_period(), make.due_period()
    listed = client_of(make.manager(row.license)).get("/api/v1/royalty-periods/").json()["results"]
    assert {one["license"] for one in listed} == {row.license.number}
    stranger = client_of(make.user(other.license))
    assert stranger.get(address(row)).status_code == 404
    assert stranger.post(address(row, "acceptances"), format="json").status_code == 403


def test_an_acceptance_takes_no_body():
    row = make.reported_period()
    answer = client_of(make.manager(row.license)).post(address(row, "acceptances"), {"amount": "1"}, format="json")
    assert answer.status_code == 400
