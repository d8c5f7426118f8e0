"""For whom somebody acts, read by a statement of its own: what the queryset finds, field by field."""

import pytest
from django.db import models

from accounts import current, queries
from foundation.core.rows import Rows
from foundation.jobs.models import Draft
from tests.factories import accounts

pytestmark = pytest.mark.django_db


def values(row: models.Model) -> dict:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def test_memberships_are_those_of_the_queryset_field_by_field(django_assert_num_queries):
    first = accounts.member("bidder")
    for role in ("owner", "ip_manager"):
        accounts.member(role, user=first.user)
    accounts.member("owner")
    first.user.memberships.filter(role="owner").update(is_active=False)
    wanted = list(queries.memberships_of(first.user))
    with django_assert_num_queries(1):
        found = current.memberships(first.user)
        assert [one.organization.display_name for one in found] == [one.organization.display_name for one in wanted]
    assert found == wanted and len(found) == 2
    for one, expected in zip(found, wanted, strict=True):
        assert values(one) == values(expected)
        assert values(one.organization) == values(expected.organization)
        assert one.user is first.user and not one._state.adding and one._state.db == "default"


def test_who_belongs_to_nobody_acts_for_nobody():
    assert current.memberships(accounts.UserFactory()) == []


def test_a_model_whose_values_need_reading_is_refused():
    with pytest.raises(TypeError):
        Rows("FROM jobs_draft d", d=Draft)
