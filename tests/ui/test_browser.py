"""The site's own pages in Chromium: they fit a phone, break no content policy, and pass axe in both themes."""

import os

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from licenses.services import declarations as services
from tests.factories import accounts
from tests.factories.licenses import published_declaration
from tests.factories.uptakes import paid_license
from tests.journeys.browser import chromium_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHOTS = os.environ.get("KAIXU_SHOTS", "")  # a folder: keep a picture of every page
PAGES = ["marketplace:home", "marketplace:bulletin", "marketplace:rules", "marketplace:guide_licensee", "account_login"]


@pytest.fixture(scope="module")
def browser(chromium):
    with chromium_at(chromium) as started:
        yield started


@pytest.fixture
def market():
    """Three offers, one suspended again, one taken: lists, badges and the recent license have something to show."""
    offers = [
        published_declaration(),
        published_declaration(method="free"),
        published_declaration(method="entry_plus_royalty"),
    ]
    services.suspend(declaration=offers[1], reason="court order", actor=accounts.officer())
    paid_license(offers[0])
    return offers


@pytest.fixture
def opened(browser, live_server):
    """Opens an address in a new window; collects what the console says."""
    contexts = []

    def open_page(path, *, width=1280, language="zh-CN", theme="light", cookies=(), scripts=True):
        context = browser.new_context(
            viewport={"width": width, "height": 900}, locale=language, color_scheme=theme, java_script_enabled=scripts
        )
        contexts.append(context)
        context.add_cookies([{**cookie, "url": live_server.url} for cookie in cookies])
        page = context.new_page()
        page.said = []
        page.on("console", lambda line: page.said.append(line.text) if line.type == "error" else None)
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.goto(live_server.url + path)
        return page

    yield open_page
    for context in contexts:
        context.close()


def keep(page, name):
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)


def serious(page):
    found = Axe().run(page).response["violations"]
    return [(rule["id"], rule["nodes"][0]["html"]) for rule in found if rule["impact"] in ("serious", "critical")]


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize(("language", "theme"), [("zh-CN", "light"), ("en-US", "dark")])
@pytest.mark.parametrize("width", [360, 1280])
def test_public_pages_fit_and_pass_axe(market, opened, width, language, theme):
    for name in PAGES:
        page = opened(reverse(name), width=width, language=language, theme=theme)
        keep(page, f"{name.replace(':', '-')}-{language[:2]}-{theme}-{width}")
        assert (name, page.said) == (name, [])
        assert (name, fits(page)) == (name, True)
        assert (name, serious(page)) == (name, [])


@pytest.mark.parametrize("width", [360, 1280])
def test_my_work_fits_and_passes_axe(market, opened, client, width):
    member = accounts.patentee()
    client.force_login(member.user)
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value}
    page = opened(reverse("marketplace:my_work"), width=width, cookies=[session])
    page.wait_for_load_state("networkidle")
    keep(page, f"my-work-{width}")
    assert page.said == []
    assert fits(page)
    assert serious(page) == []


def test_small_targets_are_large_enough_on_a_phone(market, opened):
    page = opened("/", width=360)
    small = page.evaluate(
        """() => [...document.querySelectorAll('button, summary, .btn, input:not([type=hidden])')]
        .filter(e => e.checkVisibility()).map(e => [e.getBoundingClientRect().height, e.outerHTML.slice(0, 80)])
        .filter(([height]) => height < 44)"""
    )
    assert small == []


def test_the_theme_switch_works_at_once_and_is_kept(market, opened):
    page = opened("/", theme="light")
    page.click(".topbar-tools > .theme-switch .to-dark")
    assert page.evaluate("document.documentElement.dataset.bsTheme") == "dark"
    page.wait_for_load_state("networkidle")
    page.reload()
    assert page.get_attribute("html", "data-bs-theme") == "dark"


def test_theme_and_language_work_without_scripts(market, opened):
    page = opened("/", scripts=False)
    page.click(".topbar-tools > .theme-switch .to-dark")
    assert page.get_attribute("html", "data-bs-theme") == "dark"
    page.click(".topbar-tools > .language-switch button[value=en]")
    assert page.get_attribute("html", "lang") == "en"


def test_the_error_summary_takes_the_focus(opened):
    page = opened(reverse("account_login"), language="en-US")
    page.click("form.form button[type=submit]")
    page.wait_for_selector(".error-summary")
    assert page.evaluate("document.activeElement.className") == "error-summary"
    assert page.title().startswith("Error: ")
    page.click(".error-summary a >> nth=0")
    assert page.evaluate("document.activeElement.id") == "id_login"


def test_the_keyboard_reaches_the_content_first(opened):
    page = opened("/about/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-link"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_the_page_to_try_the_api_shows_its_operations_and_offends_no_policy(opened):
    page = opened("/api/docs/")
    # The page draws what is in sight: the first nouns of the alphabet.
    operation = page.locator(".opblock", has_text="/api/v1/auction-registrations/").first
    operation.wait_for(timeout=30_000)
    assert operation.is_visible()
    page.wait_for_load_state("networkidle")
    assert page.said == []
