"""The room in Chromium: it fits a phone, passes axe, follows the price without a stream, and needs no script to bid."""

import os
import time
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import sync_playwright

from auctions.models import Bid
from auctions.services import bids
from foundation.core.money import Money
from tests.factories import accounts
from tests.factories.bidders import INCREMENT, START, admitted, open_lot
from tests.settlement.browsing import browser as client_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
LOOKS = [("zh-hans", "light", 360), ("en", "dark", 1280)]
STALE = 2.5  # seconds that a price may be old without events, and what one answer takes


@pytest.fixture(scope="module")
def chrome(chromium):
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright keeps an event loop in this thread
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield started
        started.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def opened(chrome, live_server):
    """A window of a member, in a language, theme and width; without scripts where asked."""
    contexts = []

    def window(who, *, language="zh-hans", theme="light", width=1280, scripts=True):
        context = chrome.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=theme,
            java_script_enabled=scripts,
            base_url=live_server.url,
        )
        cookies = client_of(who, language).cookies
        context.add_cookies([{"name": c.key, "value": c.value, "url": live_server.url} for c in cookies.values()])
        contexts.append(context)
        return context.new_page()

    yield window
    for context in contexts:
        context.close()


@pytest.fixture
def lot():
    return open_lot(starts_in=timedelta(minutes=-1))


def bidder(lot):
    member = accounts.member("bidder")
    return admitted(lot, member), member


def bid(registration, member, steps):
    amount = Money(START.fen + steps * INCREMENT.fen)
    return bids.place_bid(registration=registration, amount=amount, key=f"b{steps}", actor=member)


def serious(page):
    found = Axe().run(page).response["violations"]
    return [(rule["id"], rule["nodes"][0]["html"]) for rule in found if rule["impact"] in ("serious", "critical")]


def test_pages_of_bidders_fit_and_pass_axe(opened, lot):
    one, two = bidder(lot), bidder(lot)
    bid(*one, 0)
    bid(*two, 1)
    number = [lot.number]
    room = reverse("auctions:lot_room", args=number)
    paths = [room, f"{room}?tab=rules", reverse("auctions:bid_check", args=number) + "?amount=1450000"]
    paths += [reverse("auctions:proxy", args=number), reverse("auctions:practice")]
    paths += [reverse("auctions:registration_list"), reverse("auctions:registration_detail", args=[one[0].pk])]
    paths += [reverse("auctions:register", args=[open_lot().number])]
    for place, (language, theme, width) in enumerate(LOOKS):
        page = opened(one[1], language=language, theme=theme, width=width)
        for path in paths[place::2] + paths[:1]:
            page.goto(path)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
            assert serious(page) == [], path


def test_without_a_stream_the_price_is_never_long_out_of_date(opened, lot):
    one, two = bidder(lot), bidder(lot)
    page = opened(one[1])
    page.goto(reverse("auctions:lot_room", args=[lot.number]))
    began = time.monotonic()
    bid(*two, 1)
    page.locator("[data-price]", has_text="1,250,000").wait_for()
    waited = time.monotonic() - began
    page.locator("#bid-quick[data-lowest='1,300,000']").wait_for()
    assert page.locator("[data-bid-amount]").input_value() == "1,300,000"  # an untouched field follows
    if "PYTEST_XDIST_WORKER" not in os.environ:
        assert waited < STALE + 2  # the machine of the tests has other work


def test_a_bid_needs_no_script_and_no_mouse(opened, lot):
    page = opened(bidder(lot)[1], scripts=False)
    page.goto(reverse("auctions:lot_room", args=[lot.number]))
    page.locator("[name=amount]").press("Enter")
    page.locator("[data-bid-confirm] button").press("Enter")
    page.wait_for_url("**?bid=1")
    assert Bid.objects.get().amount == START


def test_confirmation_changes_the_panel_and_leaves_the_page_where_it_is(opened, lot):
    page = opened(bidder(lot)[1], language="en")
    rival = bidder(lot)
    page.goto(reverse("auctions:bid_check", args=[lot.number]) + "?amount=1200000")
    page.evaluate("window.stayed = true")
    bid(*rival, 1)  # while the bidder looks at the whole cost
    page.evaluate("document.querySelector('[data-bid-confirm]').requestSubmit()")
    page.wait_for_url("**/room/")
    page.locator(".error-summary:focus").wait_for()
    assert page.title().startswith("Error: ")
    assert page.locator("[data-bid-amount]").input_value() == "1,300,000"
    assert page.evaluate("window.stayed")
    page.locator("#bid-panel form button").click()
    page.wait_for_url("**/room/check/**")
    page.evaluate("window.stayed = true")
    page.locator("[data-bid-confirm] button").click()
    page.wait_for_url("**/room/?bid=2")
    page.locator(".notice-success:focus").wait_for()
    assert "Error" not in page.title()
    assert page.evaluate("window.stayed")
    page.locator("#room-position.position-success").wait_for()
    assert serious(page) == []
    assert list(Bid.objects.order_by("seq").values_list("amount_fen", flat=True)) == [1_250_000_00, 1_300_000_00]


def test_who_was_signed_out_meanwhile_is_led_to_the_sign_in(opened, lot):
    page = opened(bidder(lot)[1])
    page.goto(reverse("auctions:bid_check", args=[lot.number]) + "?amount=1200000")
    page.context.clear_cookies(name="sessionid")
    page.locator("[data-bid-confirm] button").click()
    page.wait_for_url("**/user/login/**")
    assert not Bid.objects.exists()
