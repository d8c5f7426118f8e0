"""One running site and one browser for all tests of a module: what they make stays until the module ends."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser

from accounts.models import Membership
from tests import kept
from tests.harness import Site
from tests.journeys.browser import Person, chromium_at


@dataclass
class Stage:
    """The site's address and the browser."""

    site: Site
    browser: Browser

    def enter(
        self,
        member: Membership,
        *,
        scripts: bool = True,
        language: str = "en",
        width: int = 1280,
        seen: set[str] | None = None,
    ) -> Person:
        """Somebody who is signed in already, in a window of their own. ``seen``: pages others looked at closely."""
        person = Person(self.browser, self.site.url, language, width, scripts, set() if seen is None else seen)
        client = Client(REMOTE_ADDR="127.0.0.1")
        client.force_login(member.user)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        cookies = {settings.SESSION_COOKIE_NAME: session, settings.LANGUAGE_COOKIE_NAME: language}
        person.context.add_cookies(
            [{"name": name, "value": value, "url": person.url} for name, value in cookies.items()]
        )
        return person


@pytest.fixture(scope="module")
def scenery(django_db_setup: None) -> None:
    """What stands on the stage before the site runs: nothing, unless a module says otherwise."""


@pytest.fixture(scope="module")
def stage(scenery: object, django_db_blocker, chromium: str) -> Iterator[Stage]:
    """Everything running; the module's tests use the database beside it, and commit."""
    with django_db_blocker.unblock():
        site = Site().prepare()
        try:
            site.start()
            site.wait_until_ready()
            with chromium_at(chromium) as browser:
                yield Stage(site, browser)
        finally:
            site.destroy()
            kept.fresh()
