"""Saved searches over the register, figures on an organization's page, notices about imports."""

from datetime import timedelta

import pytest
from django.urls import reverse

from foundation import audit
from notifications.models import Notice, SavedSearch
from patents import saved_searches
from tests.factories.accounts import UniversityFactory, member
from tests.factories.licenses import published_declaration
from tests.factories.patents import make_patent
from tests.patents.portfolio import as_csv, imported, row

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper():
    return member("ip_manager", organization=UniversityFactory(name="江南测试大学"))


def test_a_search_in_the_register_is_saved_from_the_list_and_finds_what_came_later(client, keeper):
    old = make_patent(keeper.organization, title_zh_hans="石墨烯散热膜")
    client.force_login(keeper.user)
    page = client.get(reverse("patents:list"), {"q": "石墨烯"})
    assert 'value="patents.patent"' in page.content.decode()
    client.post(reverse("notifications:save_search"), {"kind": "patents.patent", "query": "q=石墨烯"})
    search = SavedSearch.objects.get(user=keeper.user)
    later = make_patent(keeper.organization, title_zh_hans="石墨烯电极")
    make_patent(keeper.organization, title_zh_hans="脱硫脱硝装置")
    rows = saved_searches.found(saved_searches.parse(search.query), None)
    assert set(rows) == {old, later}
    assert set(saved_searches.newest(rows, later.created_at - timedelta(microseconds=1))) == {later}
    assert "石墨烯" in saved_searches.describe(saved_searches.parse(search.query))


def test_the_page_of_an_organization_counts_patents_and_open_licenses_with_ways_to_them(client, keeper):
    patent = make_patent(keeper.organization)
    make_patent(keeper.organization)
    published_declaration(patent=patent, actor=keeper)
    page = client.get(keeper.organization.get_absolute_url()).context["facts"]
    shown = {str(fact["url"]).split("?")[0]: fact["value"] for fact in page}
    assert shown[reverse("patents:list")] == 2
    assert shown[reverse("licenses:catalogue")] == 1
    assert all(client.get(fact["url"]).status_code == 200 for fact in page if fact["url"])


def test_an_organization_without_patents_shows_no_empty_figures(client):
    organization = UniversityFactory()
    assert client.get(organization.get_absolute_url()).context["facts"] == []


def test_whoever_started_an_import_is_told_when_it_is_checked_and_when_it_is_done(keeper):
    colleague = member("ip_manager", organization=keeper.organization)
    batch = imported(as_csv([row(1), row(2)]), keeper)
    audit.deliver_pending()
    told = Notice.objects.filter(event__subject_id=batch.pk, name__startswith="jobs.importbatch")
    assert [notice.name for notice in told.filter(user=keeper.user).order_by("pk")] == [
        "jobs.importbatch.show",
        "jobs.importbatch.complete",
    ]
    assert not told.filter(user=colleague.user).exists()
