"""A person at a browser: signs in through the page, goes on by links and buttons, and looks at every page closely."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.db import connections
from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import Browser, Locator, Page, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from accounts.models import Membership

ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
             "--disable-background-networking", "--disable-component-update", "--disable-sync"]  # fmt: skip
SHOTS = os.environ.get("KAIXU_SHOTS", "")  # a folder: keep a picture of every page
LOCALES = {"zh-hans": "zh-CN", "en": "en-US"}
NOISE = "Failed to load resource"  # the console's line for an answer of 4xx; the status is asserted where it matters
ON_THE_WAY = ("ERR_ABORTED", "interrupted by another navigation")  # the page left for another one in that moment
# No part of the page is being fetched. "networkidle" would wait for half a second without any request.
SETTLED = "html:not(:has(.htmx-request, .htmx-swapping, .htmx-settling))"
PATIENCE = 30_000  # milliseconds, on a machine that does other work too


@contextmanager
def chromium_at(path: str) -> Iterator[Browser]:
    """The browser. Playwright keeps an event loop in this thread, which Django must not mind.

    A connection opened on one side of the loop's life is not seen, and so not closed, on the other.
    """
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    connections.close_all()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
            yield browser
            browser.close()
            connections.close_all()
    finally:
        os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE")
        if before is not None:
            os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


@dataclass
class Person:
    """Somebody with a window of an own, in one language, on one width."""

    browser: Browser
    url: str
    language: str
    width: int = 1280
    scripts: bool = True
    seen: set[str] = field(default_factory=set)
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.context = self.browser.new_context(
            viewport={"width": self.width, "height": 900},
            locale=LOCALES[self.language],
            java_script_enabled=self.scripts,
        )
        self.context.set_default_timeout(PATIENCE)
        self.page: Page = self.context.new_page()
        self.page.on("console", lambda line: self.said.append(line.text) if line.type == "error" else None)
        self.page.on("pageerror", lambda error: self.said.append(str(error)))

    def words(self, text: str) -> str:
        """An English source text as this person reads it; Chinese must really be Chinese."""
        with translation.override(self.language):
            shown = gettext(text)
        assert self.language == "en" or shown != text, f"not translated: {text}"
        return shown

    def open(self, path: str) -> "Person":
        """Type an address."""
        address = path if path.startswith("http") else self.url + path
        answer = None
        for _ in range(3):  # the page may still be on its way to another one
            try:
                answer = self.page.goto(address)
            except PlaywrightError as error:
                if not any(words in str(error) for words in ON_THE_WAY):
                    raise
            if answer is not None:
                break
            self.settle()
        assert answer is not None
        assert answer.status == 200, (path, answer.status)
        return self.look()

    def look(self, *, without_axe: bool = False) -> "Person":
        """Every new page: right language, no sideways scroll, nothing wrong in the console, axe content."""
        self.settle()
        where = self.page.url.removeprefix(self.url)
        assert [line for line in self.said if NOISE not in line] == [], where
        expected = "en" if self.language == "en" else "zh-Hans"
        assert self.page.get_attribute("html", "lang") == expected, where
        self.said.clear()
        if SHOTS:
            name = "".join(c if c.isalnum() else "-" for c in where.partition("?")[0]).strip("-") or "home"
            self.page.screenshot(path=f"{SHOTS}/{self.language}-{self.width}-{name}.png", full_page=True)
        if not self.scripts:
            return self
        fits = self.stable(lambda: self.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
        assert fits, f"{where} is too wide"
        if not without_axe and (where, self.page.title()) not in self.seen:
            self.seen.add((where, self.page.title()))
            found = self.stable(lambda: Axe().run(self.page)).response["violations"]
            bad = [
                (rule["id"], rule["nodes"][0]["html"]) for rule in found if rule["impact"] in ("serious", "critical")
            ]
            assert bad == [], where
        return self

    def stable(self, ask: Callable[[], Any]) -> Any:
        """The answer of a page that may load itself again meanwhile, as one that waits for a payment does."""
        for last in (False, False, True):
            try:
                return ask()
            except PlaywrightError as error:
                if last or "context was destroyed" not in str(error):
                    raise
            self.settle()
        raise AssertionError("unreachable")

    def settle(self) -> None:
        """Wait until the page is whole."""
        self.page.wait_for_load_state("load")
        self.page.wait_for_selector(SETTLED, state="attached")

    def button(self, text: str, *, within: str = "main") -> Locator:
        """The first button of that (translated) name."""
        return self.page.locator(within).get_by_role("button", name=self.words(text), exact=True).first

    def press(self, text: str, *, within: str = "main") -> "Person":
        """Press the button and look at what comes."""
        self.button(text, within=within).click()
        return self.look()

    def follow(self, text: str, *, within: str = "main") -> "Person":
        """Follow the link of that (translated) name."""
        self.page.locator(within).get_by_role("link", name=self.words(text)).first.click()
        return self.look()

    def fill(self, **values: str | bool) -> "Person":
        """Fill fields by their names: text, choices and boxes."""
        for name, value in values.items():
            found = self.page.locator(f"main form [name={name}]:not([type=hidden])")
            kind = found.first.get_attribute("type")
            if kind == "radio":
                self.page.locator(f"main form [name={name}][value={value}]").check()
            elif kind == "checkbox":
                found.first.set_checked(bool(value))
            elif found.first.evaluate("element => element.tagName") == "SELECT":
                found.first.select_option(str(value))
            else:
                found.first.fill(str(value))
        return self

    def sign_in(self, email: str, password: str) -> "Person":
        """Through the sign-in page, then in this person's language by the switch of the bar."""
        self.open("/user/login/").fill(login=email, password=password)
        self.page.locator("form.form button[type=submit]").first.click()
        self.page.wait_for_url(lambda url: "/login/" not in url)
        if self.page.get_attribute("html", "lang") != ("en" if self.language == "en" else "zh-Hans"):
            switch = self.page.locator(f".language-switch button[value={self.language}]")
            if not switch.first.is_visible():  # on a phone it stands in the menu
                self.page.locator(".nav-menu > summary").click()
            switch.filter(visible=True).first.click()
        return self.look()

    def act_for(self, membership: Membership) -> "Person":
        """Change to another membership by the switch of the bar."""
        self.page.locator(".organization-switch > summary").click()
        self.page.locator(f".organization-switch button[value='{membership.pk}']").click()
        return self.look()

    def download(self, address: str) -> bytes:
        """What a link gives to keep."""
        answer = self.page.request.get(address if address.startswith("http") else self.url + address)
        assert answer.status == 200, (address, answer.status)
        assert "attachment" in answer.headers["content-disposition"], address
        return answer.body()

    def text(self, within: str = "main") -> str:
        """What can be read."""
        return self.page.locator(within).inner_text()

    def until(self, text: str, *, seconds: int = 60) -> "Person":
        """Load the page again until the words stand there."""
        for _ in range(seconds):
            if text in self.text():
                return self.look()
            self.page.wait_for_timeout(1000)
            self.page.reload()
        raise AssertionError(f"{text!r} never came on {self.page.url}:\n{self.text()[:2000]}")
