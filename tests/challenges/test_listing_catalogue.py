"""The list: search, exports that agree with it, calendars, feeds, and lists whose queries do not grow."""

import io

import icalendar
import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from challenges.services import publishing
from foundation.core.clock import LOCAL
from foundation.core.money import Money
from notifications import searches
from tests.factories import accounts
from tests.factories import challenges as made

pytestmark = pytest.mark.django_db
LIST = "challenges:challenge_list"


@pytest.fixture
def cast():
    return made.Cast()


@pytest.fixture
def owner():
    return accounts.licensee()


def test_the_list_is_searched_and_filtered_by_its_address(client, cast, owner):
    one, other = made.published(cast, owner), made.published(cast, accounts.licensee(), bounty=Money(90_000_00))
    found = {
        "stage=open": {one, other},
        "stage=done": set(),
        "field=H": {one, other},
        "field=A": set(),
        "ipc=H01M": {one, other},
        "q=H01M": {one, other},
        "mode=joint": set(),
        "low=100000": {one},
        "high=100000": {other},
        "city=320100": {one, other},
        f"season={cast.season.code}": {one, other},
        f"q={owner.organization.name}": {one},
        "q=没有这样的榜题": set(),
        "low=abc&ipc=%27&order=best&page=x": {one, other},
    }
    for query, wanted in found.items():
        page = client.get(f"{reverse(LIST)}?{query}").content.decode()
        assert {it for it in (one, other) if f"/list/{it.number}/" in page} == wanted, query
    assert client.get(reverse(LIST), {"q": one.number}).status_code == 302


def test_exports_feed_and_calendar_agree_with_the_list(client, cast, owner):
    challenge = made.published(cast, owner)
    answer = client.get(reverse("challenges:challenge_export", args=["xlsx"]))
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.values)
    assert [rows[1][0], rows[1][8], rows[1][9]] == [challenge.number, "5000000.00", "1500000.00"]
    csv = client.get(reverse("challenges:challenge_export", args=["csv"]), {"stage": "done"})
    assert challenge.number not in b"".join(csv.streaming_content).decode("utf-8-sig")
    feed = client.get(reverse("challenges:challenge_feed"), {"season": cast.season.code}).content.decode()
    assert f"urn:kaixu:{challenge.number}" in feed
    ics = client.get(reverse("challenges:challenge_calendar", args=[challenge.number])).content
    events = icalendar.Calendar.from_ical(ics).walk("VEVENT")
    assert [event["DTSTART"].dt for event in events] == [challenge.closes_at, challenge.opening_planned_at]
    assert all(event["DTSTART"].params["TZID"] == "Asia/Shanghai" for event in events)
    opening = challenge.opening_planned_at.astimezone(LOCAL)
    assert (opening.hour, opening.weekday() < 5, opening >= challenge.closes_at) == (9, True, True)
    for name in ("calendar", "season_calendar"):
        arguments = [cast.season.code] if name == "season_calendar" else []
        assert challenge.number.encode() in client.get(reverse(f"challenges:{name}", args=arguments)).content
    report = client.get(reverse("challenges:season_report_table", args=[cast.season.code]))
    assert [row[2] for row in openpyxl.load_workbook(io.BytesIO(report.content)).active.values][1] == 1


@pytest.mark.parametrize("name", ["challenge_list", "season_list", "season_detail", "my_challenges", "desk"])
def test_the_queries_of_a_list_do_not_grow_with_its_rows(client, cast, owner, name):
    reader = cast.officer if name == "desk" else owner
    client.force_login(reader.user)
    url = reverse(f"challenges:{name}", args=[cast.season.code] if name == "season_detail" else [])

    def queries() -> int:
        client.get(url)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get(url).status_code == 200
        return len(seen)

    made.published(cast, owner)
    few = queries()
    for _n in range(2):
        made.published(cast, owner)
        made.Cast()
    assert queries() == few


def test_a_saved_search_finds_what_was_published_since(cast, owner):
    kind = searches.find("challenges.challenge")
    before = made.published(cast, owner)
    params = kind.parse("field=H&low=100000")
    found = kind.queryset(params, None)
    assert [kind.title(one) for one in kind.newest(found, before.published_at)] == []
    later = made.published(cast, owner)
    assert list(kind.newest(kind.queryset(params, None), before.published_at)) == [later]
    assert kind.describe(params) and kind.list_url("field=H").endswith("?field=H") and kind.detail(later)


def test_the_bulletin_and_the_home_page_tell_of_it(client, cast, owner):
    challenge = made.published(cast, owner)
    publishing.cancel(challenge=made.published(cast, owner), reason="需求已解决。", actor=owner)
    page = client.get(reverse("marketplace:bulletin"), {"kind": "challenges"}).content.decode()
    assert challenge.get_absolute_url() in page and "需求已解决" in page
    assert challenge.number in client.get(reverse("marketplace:home")).content.decode()
    sitemap = client.get(reverse("marketplace:sitemap")).content.decode()
    assert challenge.get_absolute_url() in sitemap
