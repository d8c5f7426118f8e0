"""The reviewer's desk in a browser: seconds of a review that are not reading, by keys alone, with one autosave each.

Fifty reviews an hour are 72 seconds each; at most a tenth of that may go to the desk: opening the page, its answer to
every key, keeping what is typed (two seconds after typing stops), handing in, and coming to the next proposal.
"""

import time

# ruff: noqa: I001, the first import sets Django up
from bench.settlement import own_database

from bench import report
from bench.load import layout
from django.conf import settings
from django.db import connections
from django.test import Client
from django.urls import reverse
from foundation.core import clock
from local import chromium
from playwright.sync_api import Page, sync_playwright
from tests.factories import judging

ID, DEFAULT_ROWS, REVIEW, SHARE = "reviewing", 12, 72.0, 10
COMMENT = "指标可信，成本测算偏乐观，建议补充低温循环数据。"


def measure(rows: int | None = None) -> list[report.Figure]:
    """One expert scores a series of proposals (12, or ``rows``) in Chromium, over production's processes."""
    with own_database():
        seat, session, fields = _prepare(rows or DEFAULT_ROWS)
        database = connections["default"].settings_dict["NAME"]
        connections.close_all()
        with layout.production(settings.SERVERS, database, "pages") as site, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium.find(), args=["--no-sandbox"])
            context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
            url = f"http://127.0.0.1:{site.pages}"
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": url}])
            times = _score(context.new_page(), url + seat, fields)
            browser.close()
    return [_figure(times)]


def _prepare(rows: int) -> tuple[str, str, list[str]]:
    """A panel with so many proposals to read: the address of a seat, its expert's session, the fields of a review."""
    judged = judging.opened(rows)
    with clock.at(judged.challenge.closes_at):
        (seat, actor), *_rest = judging.read(judged).seated()
    client = Client()
    client.force_login(actor.user)
    names = [name for one in judged.challenge.criteria.all() for name in (f"points_{one.pk}", f"comment_{one.pk}")]
    return reverse("challenges:seat_detail", args=[seat.pk]), client.cookies[settings.SESSION_COOKIE_NAME].value, names


def _score(page: Page, desk: str, fields: list[str]) -> list[float]:
    """Seconds of each review, from the proposal on the screen to the next one."""
    page.goto(desk)
    page.locator("main a.btn-primary").click()
    times = []
    while page.locator("form[data-autosave]").count():
        began = time.monotonic()
        page.keyboard.press("s")
        for name in fields:
            assert page.evaluate("document.activeElement.name") == name
            page.keyboard.type("84" if name.startswith("points") else COMMENT)
            page.keyboard.press("Tab")
        page.wait_for_selector("[data-saved] .saved-text")
        with page.expect_navigation():
            page.keyboard.press("Control+Enter")
        times.append(time.monotonic() - began)
    assert page.url == desk, page.url  # everything is handed in
    return times


def _figure(times: list[float]) -> report.Figure:
    middle, most = report.median(times), REVIEW / SHARE
    return report.Figure(
        ID,
        f"the desk's part of a review, {len(times)} in a row; with 60 s of reading {3600 / (60 + middle):.0f} an hour",
        round(middle, 2),
        "s",
        f"<= {most} s, a tenth of 72 s",
        middle <= most,
        len(times),
        p50_ms=round(middle * 1_000),
        p95_ms=round(report.percentile(times, 0.95) * 1_000),
    )
