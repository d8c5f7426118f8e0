"""The site's own pages: they exist, are complete in both languages, and behave without JavaScript."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.template.loader import render_to_string
from django.test import override_settings
from django.urls import reverse
from django.utils import translation

from foundation.core import handlers
from foundation.core.work import WorkItem
from marketplace import navigation, work
from tests.factories.accounts import member

pytestmark = pytest.mark.django_db
TEXTS = ["home", "bulletin", "about", "rules", "accessibility", "guide_licensee", "guide_patentee"]
CJK = re.compile(r"[\u4e00-\u9fff]")
NOW = datetime(2026, 11, 24, 2, 24, tzinfo=UTC)  # Tuesday, 10:24 in Shanghai


def visible_text(html):
    html = re.sub(r"<(script|svg|head)\b.*?</\1>", " ", html, flags=re.DOTALL)
    html = re.sub(r'<(\w+)[^>]*\blang="zh-Hans"[^>]*>[^<]*</\1>', " ", html)
    return re.sub(r"<[^>]*>", " ", html[html.index("<body") :])


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_public_page_answers_in_the_language_of_its_address(client, name, language):
    answer = client.get(reverse(f"marketplace:{name}"), {"lang": language})
    html = answer.content.decode()
    assert answer.status_code == 200
    assert f'<html lang="{"en" if language == "en" else "zh-Hans"}"' in html
    assert bool(CJK.search(visible_text(html))) == (language == "zh-hans")
    assert 'hreflang="en"' in html
    assert 'hreflang="zh-Hans"' in html
    assert len(re.findall(r"<h1\b", html)) == 1
    assert '<meta name="description" content="' in html


@pytest.mark.parametrize("name", TEXTS)
def test_every_link_of_the_bars_and_the_foot_leads_somewhere(client, name):
    html = client.get(reverse(f"marketplace:{name}")).content.decode()
    assert re.findall(r'href="(?:#|)"', html) == []


def test_addresses_that_do_not_exist_are_left_out_of_the_navigation():
    rows = (navigation.Row("nowhere:at_all", "Nowhere"), navigation.Row("marketplace:about", "About"))
    assert [entry["label"] for entry in navigation.entries(rows)] == ["About"]


def test_the_home_page_hides_what_does_not_exist_yet(client):
    html = client.get("/").content.decode()
    assert "recent-license" not in html
    assert "<strong>0</strong>" in html


def test_the_theme_is_kept_by_the_server(client):
    answer = client.post(reverse("marketplace:set_theme"), {"theme": "dark", "next": "/about/"})
    assert (answer.status_code, answer["Location"]) == (302, "/about/")
    assert 'data-bs-theme="dark"' in client.get("/about/").content.decode()


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_the_theme_form_leads_nowhere_else(client, target):
    assert client.post(reverse("marketplace:set_theme"), {"theme": "dark", "next": target})["Location"] == "/"


def test_an_unknown_theme_is_not_kept(client):
    answer = client.post(reverse("marketplace:set_theme"), {"theme": '"><script>'})
    assert "kaixu_theme" not in answer.cookies


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999999999999999", "\x00"])
def test_a_wrong_page_number_of_the_bulletin_is_no_error(client, page):
    assert client.get(reverse("marketplace:bulletin"), {"page": page, "kind": page}).status_code == 200


def test_the_bulletin_feed_is_atom(client):
    answer = client.get(reverse("marketplace:bulletin_feed"))
    assert answer["Content-Type"].startswith("application/atom+xml")
    assert b'xmlns="http://www.w3.org/2005/Atom"' in answer.content


@override_settings(DEBUG=False)
def test_what_is_not_there_is_said_in_words(client):
    with translation.override("en"):
        answer = client.get("/no/such/page/", headers={"accept-language": "en"})
    assert answer.status_code == 404
    assert "This page does not exist" in answer.content.decode()


def test_the_page_for_our_own_errors_needs_nothing():
    with translation.override("en"):
        assert "Something went wrong on our side" in render_to_string("500.html")


def test_my_work_is_for_members(client):
    assert client.get(reverse("marketplace:my_work")).status_code == 302


@pytest.fixture
def waiting(monkeypatch):
    """Two things wait for everybody; no app is asked."""
    items = [
        WorkItem("Fee", "Later thing", "detail", "/later/", None, "Look"),
        WorkItem(
            "Review", "Urgent <b>thing</b>", "detail", "/urgent/", datetime.now(UTC) - timedelta(hours=1), "Do it"
        ),
    ]
    owners = {"my_work:test": lambda membership: items, "notices.unread": lambda user: 0}
    monkeypatch.setattr(handlers, "_owners", owners)
    return items


def test_my_work_lists_the_nearest_deadline_first(client, waiting):
    client.force_login(member("owner").user)
    html = client.get(reverse("marketplace:my_work"), {"lang": "en"}).content.decode()
    assert html.index("Urgent &lt;b&gt;thing") < html.index("Later thing")
    assert "<b>thing" not in html
    assert "2 things to do" in html


def test_my_work_can_be_narrowed_to_a_kind(client, waiting):
    client.force_login(member("owner").user)
    html = client.get(reverse("marketplace:my_work"), {"kind": "Fee"}).content.decode()
    assert "Later thing" in html
    assert "Urgent" not in html


def test_the_counts_are_made_by_the_fragment_and_only_read_by_pages(client, waiting):
    client.force_login(member("owner").user)
    assert 'hx-trigger="load, every 60s"' in client.get("/about/").content.decode()
    fragment = client.get(reverse("marketplace:my_work_badges")).content.decode()
    assert 'data-count="work"' in fragment
    assert ">2</span>" in fragment
    assert 'hx-trigger="every 60s"' in client.get("/about/").content.decode()


def test_the_bars_ask_the_database_nothing(client, django_assert_max_num_queries):
    client.force_login(member("owner").user)
    cache.clear()
    with django_assert_max_num_queries(4):  # session, user, memberships; the text pages have no query of their own
        client.get("/about/")


@pytest.mark.parametrize(
    ("due", "span"),
    [
        (datetime(2026, 11, 24, 16, 0, tzinfo=UTC), work.TODAY),  # the bound of today
        (datetime(2026, 11, 20, tzinfo=UTC), work.TODAY),
        (datetime(2026, 11, 24, 16, 1, tzinfo=UTC), work.WEEK),
        (datetime(2026, 11, 29, 16, 0, tzinfo=UTC), work.WEEK),  # the end of Sunday
        (datetime(2026, 11, 29, 16, 1, tzinfo=UTC), work.LATER),
        (None, work.LATER),
    ],
)
def test_work_is_grouped_by_the_calendar_of_shanghai(due, span):
    assert work.span_of(due, NOW) == span
