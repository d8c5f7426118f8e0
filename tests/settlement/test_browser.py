"""The pages about money in Chromium: they fit a phone, pass axe, and paying works with and without scripts."""

import os

import pytest
from axe_playwright_python.sync_playwright import Axe

from foundation.core import handlers
from foundation.core.clock import database_now
from foundation.core.money import Money
from sandboxbank import sending, services
from sandboxbank.models import Message
from settlement.models import Case, JournalEntry, Payment
from tests.factories.accounts import finance, member
from tests.factories.settlement import open_obligation, paid_obligation, pay, started_payment
from tests.journeys.browser import chromium_at
from tests.settlement.browsing import browser as client_of
from tests.settlement.browsing import page_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHOTS = os.environ.get("KAIXU_SHOTS", "")  # a folder: keep a picture of every page
LOOKS = [("zh-hans", "light", 360), ("zh-hans", "light", 1280), ("en", "dark", 360), ("en", "light", 1280)]


@pytest.fixture(scope="module")
def chrome(chromium):
    with chromium_at(chromium) as started:
        yield started


@pytest.fixture
def opened(chrome, live_server, settings):
    """Opens an address as a member in a new window."""
    settings.KAIXU_SECOND_FACTOR_REQUIRED = False
    settings.KAIXU_PUBLIC_URL = settings.KAIXU_SANDBOX_BANK_URL = live_server.url
    contexts = []

    def open_page(path, who=None, *, language="zh-hans", theme="light", width=1280, scripts=True):
        context = chrome.new_context(
            viewport={"width": width, "height": 900},
            locale="en-US" if language == "en" else "zh-CN",
            color_scheme=theme,
            java_script_enabled=scripts,
        )
        contexts.append(context)
        if who is not None:
            cookies = client_of(who, language).cookies
            context.add_cookies([{"name": c.key, "value": c.value, "url": live_server.url} for c in cookies.values()])
        page = context.new_page()
        page.said = []
        page.on("console", lambda line: page.said.append(line.text) if line.type == "error" else None)
        page.goto(live_server.url + path)
        return page

    yield open_page
    for context in contexts:
        context.close()


def serious(page):
    found = Axe().run(page).response["violations"]
    return [(rule["id"], rule["nodes"][0]["html"]) for rule in found if rule["impact"] in ("serious", "critical")]


@pytest.fixture
def books():
    """Something of everything: held, due, unclear, refunded; the path of each page and who looks."""
    paid, due = paid_obligation(amount=Money(60_000_00)), open_obligation(amount=Money(12_345_67))
    pay(started_payment(), amount=Money(999_00))
    twice = started_payment()
    pay(twice)
    pay(twice)
    payer, payee = (member("licensing_user", organization=o.debtor) for o in (due, paid))
    university = member("ip_manager", organization=paid.creditor)
    order = services.create_order(
        order_id="KXabcdefgh",
        amount_fen=12_345_67,
        subject="JSOB-2026-000001-U 石墨烯散热膜",
        payer="江南测试有限公司",
        notify_url="http://127.0.0.1:9/",
        expires_at=due.due_at,
    )
    return [
        ("overview", "/finance/", payer),
        ("overview-payee", "/finance/", university),
        ("due", page_of(due), payer),
        ("held", page_of(paid), university),
        ("paid", page_of(paid), payee),
        ("turned-back", page_of(twice.obligation), finance()),
        ("desk", "/finance/desk/", finance()),
        ("account", "/finance/accounts/2002/", finance()),
        ("case", f"/finance/cases/{Case.objects.get().pk}/", finance()),
        ("entry", f"/finance/entries/{JournalEntry.objects.first().pk}/", finance()),
        ("bank", f"/sandbox-bank/orders/{order.order_id}/", None),
    ]


@pytest.mark.parametrize(("language", "theme", "width"), LOOKS)
def test_pages_about_money_fit_and_pass_axe(books, opened, language, theme, width):
    for name, path, who in books:
        page = opened(path, who, language=language, theme=theme, width=width)
        if SHOTS:
            page.screenshot(path=f"{SHOTS}/money-{name}-{language}-{width}.png", full_page=True)
        assert (name, page.said) == (name, [])
        assert (name, page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")) == (name, True)
        assert (name, serious(page)) == (name, [])


@pytest.mark.parametrize("scripts", [True, False])
def test_paying_through_the_pages(opened, monkeypatch, scripts):
    monkeypatch.setitem(handlers._owners, "obligation.paid:license.fee", lambda **facts: "accepted")
    obligation = open_obligation()
    page = opened(
        page_of(obligation), member("licensing_user", organization=obligation.debtor), language="en", scripts=scripts
    )
    page.get_by_role("button", name="Pay now").click()
    page.wait_for_url("**/sandbox-bank/orders/**")
    page.locator("button[value=normal]").click()
    page.wait_for_url("**/finance/payments/**")
    assert page.get_by_text("Waiting for the bank to confirm the payment").is_visible()
    Message.objects.update(next_try_at=database_now())
    assert sending.send_due() == 2
    page.wait_for_url(f"**{page_of(obligation)}")
    assert Payment.objects.get().state == "confirmed"
    assert page.get_by_text("The amount is held in escrow for the payee.").is_visible()
