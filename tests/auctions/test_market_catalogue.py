"""The catalogue of lots: search, exports that agree with it, calendars, and lists whose queries do not grow."""

import io

import icalendar
import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import auctions as made
from tests.factories.patents import make_patent

pytestmark = pytest.mark.django_db


@pytest.fixture
def lot():
    return made.announced_lot()


def test_the_catalogue_is_searched_and_filtered_by_its_address(client):
    by, lot = made.seller(), made.announced_lot()
    patent = make_patent(by.organization, title_zh_hans="柔性太阳能电池")
    other = made.announced_lot(by=by, patents=[patent], subject="ordinary_license", start=made.START + made.START)
    found = {
        "subject=ordinary_license": {other.number},
        "stage=upcoming": {lot.number, other.number},
        "stage=live": set(),
        "kind=invention": {lot.number, other.number},
        f"session={other.season.code}-1": {other.number},
        f"season={lot.season.code}": {lot.number},
        "low=200000": {other.number},
        "high=150000": {lot.number},
        "city=320100": {lot.number, other.number},
        "q=太阳能电池": {other.number},
        f"q={patent.display_number}": {other.number},
        "q=nothing-like-it": set(),
        "low=abc&session=%27&order=best": {lot.number, other.number},
    }
    for query, numbers in found.items():
        page = client.get(f"{reverse('auctions:lot_list')}?{query}").content.decode()
        assert {number for number in (lot.number, other.number) if f"/lots/{number}/" in page} == numbers, query
    assert client.get(reverse("auctions:lot_list"), {"q": lot.number}).status_code == 302


def test_exports_agree_with_the_list(client, lot):
    answer = client.get(reverse("auctions:lot_export", args=["xlsx"]))
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.values)
    assert [rows[1][0], rows[1][9], rows[1][11]] == [lot.number, "120000.00", "12000.00"]
    text = b"".join(client.get(reverse("auctions:lot_export", args=["csv"])).streaming_content).decode("utf-8-sig")
    assert lot.number in text
    pdf = client.get(reverse("auctions:catalogue_pdf", args=[lot.season.code]))
    assert pdf.content.startswith(b"%PDF")
    feed = client.get(reverse("auctions:lot_feed"), {"season": lot.season.code}).content.decode()
    assert f"urn:kaixu:{lot.number}" in feed


def test_calendars_carry_the_time_zone(client, lot):
    for name, arguments in {
        "calendar": (),
        "season_calendar": (lot.season.code,),
        "lot_calendar": (lot.number,),
    }.items():
        answer = client.get(reverse(f"auctions:{name}", args=arguments))
        calendar = icalendar.Calendar.from_ical(answer.content)
        assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Asia/Shanghai"]
        starts = {event["DTSTART"].dt for event in calendar.walk("VEVENT")}
        assert lot.session.starts_at.replace(microsecond=0) in starts
        assert all(event["DTSTART"].params["TZID"] == "Asia/Shanghai" for event in calendar.walk("VEVENT"))


@pytest.mark.parametrize("name", ["lot_list", "season_list", "my_lots", "lot_feed"])
def test_a_list_asks_as_often_for_three_rows_as_for_one(client, name):
    by = made.seller()
    made.announced_lot(by=by)
    client.force_login(by.user)

    def asked() -> int:
        client.get(reverse(f"auctions:{name}"))  # what is cached is cached
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(reverse(f"auctions:{name}")).status_code == 200
        return len(queries)

    once = asked()
    made.announced_lots(2, by=by)
    assert asked() == once
