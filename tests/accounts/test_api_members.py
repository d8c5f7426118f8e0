"""The API of members and invitations."""

import pytest

from accounts.models import Invitation, Membership
from tests.accounts.test_api import JSON, signed_in
from tests.factories import accounts as cast

pytestmark = pytest.mark.django_db


def test_members_are_seen_and_changed_inside_only(client):
    owner = cast.member("owner")
    bidder = cast.member("bidder", organization=owner.organization)
    stranger = cast.member("bidder")
    signed_in(client, owner.user)
    base = f"/api/v1/organizations/{owner.organization.public_id}/members/"
    assert [row["role"] for row in client.get(base).json()["results"]] == ["owner", "bidder"]
    assert client.patch(f"{base}{bidder.pk}/", {"role": "inventor"}, content_type=JSON).json()["role"] == "inventor"
    assert client.patch(f"{base}{stranger.pk}/", {"role": "inventor"}, content_type=JSON).status_code == 404
    assert client.patch(f"{base}{owner.pk}/", {"is_active": False}, content_type=JSON).json()["code"] == "last_owner"
    foreign = f"/api/v1/organizations/{stranger.organization.public_id}/members/"
    assert client.get(foreign).status_code == 404
    assert client.patch(f"{foreign}{stranger.pk}/", {"role": "owner"}, content_type=JSON).status_code == 404
    signed_in(client, bidder.user)
    assert client.patch(f"{base}{owner.pk}/", {"role": "inventor"}, content_type=JSON).status_code == 403


def test_invitations_over_the_api(client):
    owner = cast.member("owner")
    signed_in(client, owner.user)
    base = f"/api/v1/organizations/{owner.organization.public_id}/invitations/"
    body = {"email": "new@example.org", "role": "bidder"}
    assert client.post(base, body, content_type=JSON).status_code == 201
    assert [row["email"] for row in client.get(base).json()["results"]] == ["new@example.org"]
    refused = client.post(base, {"email": "x@example.org", "role": "finance"}, content_type=JSON)
    assert (refused.status_code, refused.json()["code"]) == (403, "role_not_grantable")
    assert Invitation.objects.count() == 1


def test_lists_ask_the_same_number_of_queries_for_one_and_three_rows(client, django_assert_num_queries):
    owner = cast.member("owner")
    signed_in(client, owner.user)
    base = f"/api/v1/organizations/{owner.organization.public_id}/members/"
    with django_assert_num_queries(3):
        client.get(base)
    for _more in range(2):
        cast.member("bidder", organization=owner.organization)
    with django_assert_num_queries(3):
        assert len(client.get(base).json()["results"]) == 3
    assert Membership.objects.count() == 3
