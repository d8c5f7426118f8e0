"""Saved searches: two clicks, one digest a person, each object once, one click to end them."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.urls import reverse

from foundation.core import clock
from foundation.core.errors import Invalid
from notifications import services
from notifications.models import Dispatch, SavedSearch, SearchHit
from notifications.services.searches import LinkInvalid, TooManySearches, next_run
from tests.factories import accounts as cast
from tests.factories.notifications import KIND, search_kind

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 18, 4, tzinfo=UTC)  # Wednesday, 12:00 in Shanghai


@pytest.fixture(autouse=True)
def kind():
    with search_kind() as key:
        yield key


@pytest.fixture
def reader():
    return cast.member("licensing_user", user=cast.UserFactory(language="en", name="Reader")).user


def saved(user, query="q=石墨烯", frequency="instant"):
    return services.save_search(user=user, kind=KIND, query=query, frequency=frequency)


def published(name, moment):
    with clock.at(moment):
        return cast.OrganizationFactory(name=name)


def run(moment):
    """What beat does at a moment: look through the searches, send the mails."""
    with clock.at(moment):
        services.run_due_searches()
    return services.send_waiting()


def minutes(count):
    return NOON + timedelta(minutes=count)


def test_a_mail_comes_within_15_minutes_of_publication_and_never_again(reader):
    with clock.at(NOON):
        saved(reader)
    published("江苏石墨烯有限公司", minutes(1))
    sent = [run(minutes(minute)) for minute in range(2, 61)]
    assert sum(sent) == 1
    assert sent.index(1) + 2 <= 1 + 15
    (message,) = mail.outbox
    assert message.subject == "1 new result for your searches"
    assert "江苏石墨烯有限公司" in message.body
    assert "Why you got this: you saved the search “石墨烯”." in message.body


def test_what_was_there_before_is_not_news(reader):
    published("旧石墨烯公司", NOON - timedelta(minutes=5))
    with clock.at(NOON):
        saved(reader)
    assert run(minutes(10)) == 0
    assert not SearchHit.objects.exists()


def test_all_searches_of_a_person_come_in_one_digest(reader):
    with clock.at(NOON):
        saved(reader), saved(reader, "q=电池"), saved(reader, "q=无")
    for name in ("石墨烯甲", "石墨烯乙", "电池丙", "别的"):
        published(name, minutes(1))
    assert run(minutes(6)) == 1
    (message,) = mail.outbox
    assert message.subject == "3 new results for your searches"
    assert message.body.count("Why you got this") == 2
    assert "别的" not in message.body


def test_what_is_too_much_for_one_digest_comes_in_the_next(reader, monkeypatch):
    monkeypatch.setattr("notifications.services.running.MOST_HITS", 2)
    with clock.at(NOON):
        saved(reader, frequency="daily")
    for name in ("石墨烯甲", "石墨烯乙", "石墨烯丙"):
        published(name, minutes(1))
    assert [run(NOON + timedelta(days=days)) for days in (1, 2, 3)] == [1, 1, 0]
    assert SearchHit.objects.count() == 3


def test_an_object_that_two_searches_find_is_told_once_to_each(reader):
    with clock.at(NOON):
        saved(reader), saved(reader, "q=石")
    published("石墨烯甲", minutes(1))
    run(minutes(6))
    assert run(minutes(12)) == 0
    assert SearchHit.objects.count() == 2 and len(mail.outbox) == 1


@pytest.mark.parametrize(
    ("frequency", "expected"),
    [
        ("instant", NOON + timedelta(minutes=5)),
        ("daily", datetime(2026, 11, 19, 0, tzinfo=UTC)),
        ("weekly", datetime(2026, 11, 23, 0, tzinfo=UTC)),
    ],
)
def test_each_rhythm_has_its_hour_in_shanghai(frequency, expected):
    assert next_run(frequency, NOON) == expected
    assert next_run(frequency, expected - timedelta(seconds=1)) <= expected + timedelta(minutes=5)
    assert next_run(frequency, expected) > expected


def test_a_daily_search_waits_for_the_morning(reader):
    with clock.at(NOON):
        saved(reader, frequency="daily")
    published("石墨烯甲", minutes(1))
    assert run(minutes(60)) == 0
    assert run(datetime(2026, 11, 19, 0, 0, 1, tzinfo=UTC)) == 1
    assert run(datetime(2026, 11, 20, 0, 0, 1, tzinfo=UTC)) == 0


def test_the_same_search_is_saved_once(reader):
    assert saved(reader) == saved(reader) == saved(reader, "?q=石墨烯")
    assert SavedSearch.objects.count() == 1


@pytest.mark.parametrize(
    "wrong", [{"kind": "no.kind"}, {"kind": ""}, {"query": "broken"}, {"query": "q" * 2001}, {"frequency": "hourly"}]
)
def test_what_cannot_be_read_is_not_saved(reader, wrong):
    values = {"kind": KIND, "query": "", "frequency": "daily"} | wrong
    with pytest.raises(Invalid):
        services.save_search(user=reader, **values)
    assert not SavedSearch.objects.exists()


def test_there_is_a_limit(reader):
    for number in range(50):
        saved(reader, f"q={number}")
    with pytest.raises(TooManySearches):
        saved(reader, "q=51")


def test_a_search_that_broke_stops_no_other(reader):
    with clock.at(NOON):
        first = saved(reader)
        saved(reader, "q=电池")
    SavedSearch.objects.filter(pk=first.pk).update(query="broken")
    published("电池甲", minutes(1))
    assert run(minutes(6)) == 1


def test_switching_the_topic_off_stops_the_mails(reader):
    with clock.at(NOON):
        saved(reader)
    services.set_preferences(user=reader, wanted={("searches", "inbox")})
    published("石墨烯甲", minutes(1))
    assert run(minutes(6)) == 0
    assert not Dispatch.objects.exists()


def unsubscribe_path(message):
    return urlsplit(message.extra_headers["List-Unsubscribe"].strip("<>")).path


def test_one_click_ends_the_mails_without_signing_in(client, reader):
    with clock.at(NOON):
        saved(reader)
    published("石墨烯甲", minutes(1))
    run(minutes(6))
    (message,) = mail.outbox
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = unsubscribe_path(message)
    client.handler.enforce_csrf_checks = True
    assert client.get(path).status_code == 200
    assert SavedSearch.objects.get().frequency == "instant"
    for _again in range(2):
        assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert SavedSearch.objects.get().frequency == "never"
    published("石墨烯乙", minutes(7))
    assert run(minutes(30)) == 0


@pytest.mark.parametrize("token", ["x", "a:b:c", "../../", "%00"])
def test_a_broken_unsubscribe_link_is_not_found(client, token):
    assert client.get(reverse("notifications:unsubscribe", args=["x"]).replace("/x/", f"/{token}/")).status_code == 404


def test_the_link_of_a_deleted_search_says_so(reader):
    search = saved(reader)
    token = SavedSearch.unsubscribe_token_for([search])
    services.delete_search(search=search)
    with pytest.raises(LinkInvalid):
        services.unsubscribe(token=token)


def test_the_feed_shows_what_the_search_finds(client, reader):
    with clock.at(NOON):
        search = saved(reader)
    published("石墨烯甲", minutes(1))
    answer = client.get(reverse("notifications:feed", args=[search.key]))
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("application/atom+xml")
    assert "石墨烯甲" in answer.content.decode()
    assert client.get(reverse("notifications:feed", args=["guess"])).status_code == 404


def test_two_clicks_save_a_search_and_the_page_lists_changes_and_deletes_it(client, reader):
    client.force_login(reader)
    answer = client.post(
        reverse("notifications:save_search"),
        {"kind": KIND, "query": "q=石墨烯", "frequency": "fortnightly"},
        follow=True,
    )
    assert SavedSearch.objects.count() == 0
    answer = client.post(reverse("notifications:save_search"), {"kind": KIND, "query": "q=石墨烯"}, follow=True)
    assert "The search is saved" in answer.content.decode()
    search = SavedSearch.objects.get()
    assert (search.user, search.frequency, search.name) == (reader, "instant", "石墨烯")
    edit = reverse("notifications:search", args=[search.pk])
    assert client.get(edit).status_code == 200
    assert client.post(edit, {"name": "Graphene", "frequency": "weekly"}).status_code == 302
    assert client.post(edit, {"name": "", "frequency": "hourly"}).status_code == 422
    search.refresh_from_db()
    assert (search.name, search.frequency) == ("Graphene", "weekly")
    client.force_login(cast.UserFactory())
    assert client.get(edit).status_code == 404
    assert client.post(reverse("notifications:delete_search", args=[search.pk])).status_code == 404
    client.force_login(reader)
    assert client.post(reverse("notifications:delete_search", args=[search.pk])).status_code == 302
    assert not SavedSearch.objects.exists()
