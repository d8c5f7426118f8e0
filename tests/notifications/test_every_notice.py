"""Every row of every app's table of notices: its words are whole, and whoever it is told to can open its link."""

import re
from string import Formatter

import pytest
from django.test import Client
from django.utils import translation

from foundation import audit
from foundation.audit.models import Event
from foundation.core.actors import SYSTEM
from foundation.core.money import Money
from foundation.core.refs import Ref
from notifications import catalog, rendering, services
from notifications.models import Dispatch, Notice
from tests.factories.accounts import UserFactory
from tests.notifications.scenes import Scenes

pytestmark = pytest.mark.django_db
OK, FOUND = 200, 302
LANGUAGES = ["zh-hans", "en"]
APPS = "licenses|settlement|accounts|patents|jobs|auctions|challenges"
# A name of code (not the end of a sentence), or a moment as it is kept.
GARBLED = re.compile(rf"[{{}}]|'fen'|\bNone\b|\b(?:{APPS})\.[a-z]|\+00:00")
AMOUNT = Money(30_000_00)
AMOUNTS = {"amount", "owed", "royalty", "back", "base", "cost", "keeps", "shortfall", "returned", "left", "deposit",
           "platform", "price", "seller", "start", "bounty"}  # fmt: skip
# What the services record with their events, by name: an amount, a label as it is marked, a number, a count.
FACTS = {
    **dict.fromkeys(AMOUNTS, AMOUNT),
    **dict.fromkeys(("valid", "wrong", "written", "undone", "kept", "version", "days", "proposals"), 3),
    "account": "****6789",
    "about": "JSOB-2026-000001-4",
    "obligation": "JSOB-2026-000001-4",
    "license": "JSLI-2026-000001-4",
    "certificate": "JSCT-2026-000001-4",
    "transaction": "T1",
    "fact": "Pledge",
    "value": "none",
    "reference": "GZ-2026-12",
    **dict.fromkeys(("day", "until", "due", "before", "deadline"), "2026-04-30"),
    **dict.fromkeys(("report_by", "answer_by", "score_by", "filed_on", "registered_on"), "2026-04-30"),
    "paddle": "0417",
    "lot": "JSPA-2026S1-0031-4",
    **dict.fromkeys(("season", "session"), "2026S1"),
    "basis": "Co-owner",
    "challenge": "JSJB-2026A-0001-4",
    "sha256": "0" * 64,
    "answer": "Waived",
    **dict.fromkeys(("filing_number", "registration_number"), "2026000123"),
    "owner": "测试大学",
    "title": "一种测试装置",
}
KNOWN = {"number", "reason"}


def names_in(*templates):
    return {name for text in templates for _text, name, *_rest in Formatter().parse(str(text)) if name}


def event_of(name, subject=None, **facts):
    return audit.record(
        name, subject=subject or Ref("tests.thing", 1, "NO-1"), actor=SYSTEM, data=FACTS | facts, reason="核查。"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_every_notice_and_mail_are_whole(language, monkeypatch):
    monkeypatch.setattr(rendering, "address_of", lambda event, user: "/")
    wrong, unknown = [], set()
    phrases, reader = audit.phrases.registered(), UserFactory(language=language)
    for spec in catalog.everything():
        asked = names_in(spec.subject, phrases.get(spec.event_name, "")) - KNOWN
        unknown |= asked - FACTS.keys()
        event = event_of(spec.event_name)
        if spec.event_name == "accounts.invitation.sent":
            continue  # its mail is tested with a real invitation
        mail = rendering.notice_mail(Dispatch(event=event, user=reader, why=""))
        with translation.override(language):
            title = rendering.title_of(event)
        wrong += [words for words in (title, mail.subject, mail.text) if GARBLED.search(words)]
        wrong += [] if ("¥30,000.00" in title) == bool(AMOUNTS & names_in(spec.subject)) else [title]
        _greeting, body, *_rest = mail.text.split("\n\n")
        wrong += [mail.text] if not body.strip() or body.startswith(("http", "--")) else []
    assert (wrong, unknown) == ([], set())


def test_an_absent_fact_is_shown_as_nothing():
    event = event_of("settlement.obligation.released", amount=None)
    assert "None" not in rendering.filled("{amount} of payment {number} is payable to you", event)


def test_everybody_who_is_told_can_open_the_link_and_reads_whole_words(monkeypatch, settings):
    settings.KAIXU_SECOND_FACTOR_REQUIRED = False
    settings.KAIXU_SANDBOX_BANK = True
    scenes, wrong, untold, seen = Scenes(monkeypatch), [], [], {}
    for spec in catalog.everything():
        told = 0
        for subject, facts in scenes.of(spec.event_name):
            event = event_of(spec.event_name, subject, **facts)
            for notice in notices_of(event):
                told += 1
                found = opened(notice, seen)
                wrong += [] if found == OK else [f"{spec.event_name}, {subject}, {notice.why}: {found}"]
                assert not GARBLED.search(rendering.filled(notice.why, event)), spec.event_name
        untold += [] if told or spec.event_name == "accounts.invitation.sent" else [spec.event_name]
    assert (wrong, untold) == ([], [])
    names = [spec.event_name for spec in catalog.everything()]
    real = Event.objects.filter(name__in=names).exclude(actor_role="system")
    assert [title for title in map(rendering.title_of, real) if GARBLED.search(title)] == []


def notices_of(event):
    services.notify(event)
    return Notice.objects.filter(event=event).select_related("user", "event")


def opened(notice, seen):
    """What the person gets who clicks on the notice; a page that somebody saw is not asked for again."""
    client = Client(raise_request_exception=False)
    client.force_login(notice.user)
    first = client.get(f"/notifications/{notice.pk}/")
    if first.status_code != FOUND:
        return first.status_code
    visit = (notice.user_id, first["Location"])
    if visit not in seen:
        seen[visit] = client.get(first["Location"]).status_code
    return seen[visit]
