import pytest
from rest_framework.test import APIClient

from tests.factories.uptakes import paid_license

pytestmark = pytest.mark.django_db


def test_the_api_lists_the_licenses_of_the_side_one_asks_for():
    license = paid_license()
    client = APIClient()
    client.force_login(license.licensee.memberships.first().user)

    def numbers(side):
        answer = client.get("/api/v1/licenses/", {"side": side})
        assert answer.status_code == 200
        return [row["number"] for row in answer.json()["results"]]

    assert numbers("taken") == [license.number]
    assert numbers("granted") == []
    assert client.get("/api/v1/licenses/", {"side": "nobody"}).status_code == 400
