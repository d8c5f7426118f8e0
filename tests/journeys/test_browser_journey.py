"""The main job through the pages only: demo accounts, a running site, Chromium (KAIXU_LONG: English too)."""

import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser

from local.demo_logins import DOMAIN, PASSWORD
from tests.harness import Site
from tests.journeys import walk
from tests.journeys.browser import Person, chromium_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LOOKS = [("zh-hans", 1280)] + ([("en", 360)] if os.environ.get("KAIXU_LONG") else [])


@pytest.fixture
def demo(transactional_db: None) -> None:
    """What `bin/dev` loads before the site answers."""
    call_command("load_demo", "--small")


@pytest.fixture
def browser(chromium: str, demo: None, site: Site) -> Iterator[Browser]:
    with chromium_at(chromium) as started:
        yield started


@pytest.mark.parametrize(("language", "width"), LOOKS)
def test_from_the_drawer_to_the_certificate(browser, site, tmp_path, language, width) -> None:
    journey(partial(Person, browser, site.url, language, width), 9_201_001, tmp_path)


def journey(person: partial, serial: int, folder: Path) -> None:
    """Everybody in a window of their own."""
    people = {name: person() for name in ("ip_manager", "provincial_officer", "licensing_user")}
    for name, one in people.items():
        one.sign_in(f"{name}@{DOMAIN}", PASSWORD)
    keeper, officer, firm = people.values()
    visitor = person()
    walk.import_portfolio(keeper, serial, folder)
    declaration = walk.declare(keeper, serial)
    walk.return_it(officer, serial)
    walk.correct(keeper, declaration, serial)
    walk.approve(officer, serial)
    public = walk.find(visitor, serial)
    license = walk.take_up(firm, public)
    check_page, papers = walk.papers(firm, license, folder)
    walk.check_papers(visitor, check_page, papers, folder)
    walk.see_the_money(keeper, license)
    firm.open("/notifications/").open("/work/").open("/settings/")
