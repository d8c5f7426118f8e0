"""Numbers and moments as people read them, in both languages."""

from datetime import UTC, datetime, timedelta

import pytest
from django.template import Context, Template
from django.utils import translation

from foundation.core import display, icons
from foundation.core.money import Money

NOON = datetime(2026, 11, 24, 1, 41, 18, tzinfo=UTC)  # 09:41:18 in Shanghai


@pytest.fixture(params=["zh-hans", "en"])
def language(request):
    with translation.override(request.param):
        yield request.param


def shown(source, **context):
    return Template("{% load kaixu %}" + source).render(Context(context))


def test_a_moment_is_told_in_shanghai_with_its_zone():
    with translation.override("en"):
        assert shown("{{ at|datetime_cn }}", at=NOON) == "24 Nov 2026, 09:41 (China time, UTC+8)"
        assert shown('{{ at|datetime_cn:"short" }}', at=NOON) == "24 Nov 2026, 09:41"
    with translation.override("zh-hans"):
        assert shown("{{ at|datetime_cn }}", at=NOON) == "2026-11-24 09:41（北京时间）"
        assert shown('{{ at|datetime_cn:"seconds" }}', at=NOON) == "2026-11-24 09:41:18（北京时间）"


def test_a_bound_at_midnight_reads_as_the_end_of_the_day_before():
    midnight = datetime(2026, 12, 9, 16, 0, tzinfo=UTC)  # 00:00 of 10 December in Shanghai
    with translation.override("en"):
        assert shown("{{ at|deadline }}", at=midnight) == "end of 9 Dec 2026 (China time, UTC+8)"
    with translation.override("zh-hans"):
        assert shown("{{ at|deadline }}", at=midnight) == "2026-12-09 24:00 前（北京时间）"


@pytest.mark.parametrize(
    ("gap", "words", "tone"),
    [
        (timedelta(minutes=18), "18 minutes left", "danger"),
        (timedelta(hours=7), "7 hours left", "danger"),
        (timedelta(days=3), "3 days left", "warning"),
        (timedelta(days=12), "12 days left", "plain"),
        (timedelta(days=-2), "2 days overdue", "danger"),
        (timedelta(0), "1 minute overdue", "danger"),
    ],
)
def test_what_is_left_has_words_and_a_tone(gap, words, tone):
    with translation.override("en"):
        assert display.remaining(NOON + gap, NOON) == (words, tone)


def test_a_term_that_ends_with_today_is_due_today():
    end_of_today = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)
    assert display.remaining(end_of_today, NOON)[1] == "danger"
    assert display.remaining(end_of_today + timedelta(seconds=1), NOON)[1] == "warning"


@pytest.mark.parametrize(
    ("fen", "full"), [(0, "¥0.00"), (1, "¥0.01"), (123_456, "¥1,234.56"), (-100, "-¥1.00"), (None, "—")]
)
def test_amounts_are_shown_in_full(fen, full, language):
    assert display.money(fen) == full


def test_amounts_are_said_as_people_say_them():
    with translation.override("zh-hans"):
        assert display.money_short(Money(386_400_000)) == "¥386.40万"
        assert display.money_short(999_999) == "¥9,999.99"
    with translation.override("en"):
        assert display.money_short(Money(386_400_000)) == "¥3.86M"


@pytest.mark.parametrize(
    ("number", "written"),
    [
        ("202110123456.7", "ZL 2021 1 0123456.7"),
        ("01112787.2", "ZL 01 1 12787.2"),
        ("20201234567X", "20201234567X"),
        ("", ""),
        (None, ""),
    ],
)
def test_patent_numbers_are_grouped(number, written):
    assert display.patent_number(number) == written


def test_basis_points_read_as_percent():
    assert [shown("{{ bp|bp }}", bp=bp) for bp in (250, 2000, 5, 0)] == ["2.5%", "20%", "0.05%", "0%"]


def test_an_icon_is_hidden_from_screen_readers_unless_it_has_a_label():
    assert 'aria-hidden="true"' in shown('{% icon "check" %}')
    labelled = shown('{% icon "check" "sm" label %}', label="<done>")
    assert 'aria-label="&lt;done&gt;"' in labelled
    assert "aria-hidden" not in labelled


@pytest.mark.parametrize("name", ["no-such-icon", "../../secret", ""])
def test_a_missing_icon_shows_a_ring_and_breaks_nothing(name):
    assert icons.shapes(name) == icons.FALLBACK
