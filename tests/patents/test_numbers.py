"""Patent numbers: every notation people print, and every way to get one wrong."""

import csv

import pytest

from patents import numbers

YEAR = 2026

NOTATIONS = [
    ("ZL 2021 1 0123456.7", "202110123456.7"),
    ("ZL202110123456.7", "202110123456.7"),
    ("zl2021101234567", "202110123456.7"),
    ("CN202110123456.7", "202110123456.7"),
    ("2021101234567", "202110123456.7"),
    ("２０２１１０１２３４５６．７", "202110123456.7"),
    ("ＺＬ　２０２１　１　０１２３４５６。７", "202110123456.7"),
    (" 202110123456 . 7\n", "202110123456.7"),
    ("\u200fZL\u200b202110123456.7", "202110123456.7"),
    ("20181086 2228.x".replace(" ", ""), "201810862228.X"),
    ("201810862228x", "201810862228.X"),
    ("CN01112787.2", "01112787.2"),
    ("011127872", "01112787.2"),
    ("ZL 97 1 01765.4", "97101765.4"),
    ("95115608.X", "95115608.X"),
]


@pytest.mark.parametrize(("text", "normalized"), NOTATIONS)
def test_any_notation_is_read_as_one_number(text, normalized):
    assert numbers.parse(text, this_year=YEAR).normalized == normalized


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ZL 2021 1 0123456.7", "invention"),
        ("2022 2 0123456.7", "utility_model"),
        ("2023 3 0123456.7", "design"),
        ("2018 8 0012345.5", "pct_invention"),
    ],
)
def test_the_kind_comes_from_the_digit_after_the_year(text, kind):
    assert numbers.verdict(text)["kind"] == kind


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "malformed"),
        ("   ", "malformed"),
        ("ZL20211498897.1", "malformed"),
        ("CN202110123456A", "malformed"),
        ("CN113123456B", "malformed"),
        ("2021‑1‑0123456.7", "malformed"),
        ("\x00202110123456.7", "malformed"),
        ("٢٠٢١١٠١٢٣٤٥٦٧", "malformed"),
        ("20211012345678", "malformed"),
        ("2" * 1_000_000, "malformed"),
        ("ﷺ" * 60, "malformed"),
        ("2021 5 0123456.7", "bad_kind"),
        ("2021 0 0123456.7", "bad_kind"),
        ("1984 1 0123456.7", "bad_year"),
        ("2027 1 0123456.7", "bad_year"),
        ("04112787.2", "bad_year"),
        ("84112787.2", "bad_year"),
        ("2021 3 0567891.2", "check_digit"),
        ("2021 3 0001111.2", "check_digit"),
        ("2017 1 0601862.4", "check_digit"),
        ("202010123456.7", "check_digit"),
    ],
)
def test_a_wrong_number_is_refused_with_its_reason(text, reason):
    assert numbers.verdict(text, this_year=YEAR) == {
        "input": text, "valid": False, "normalized": None, "kind": None, "reason": reason,
    }  # fmt: skip


def test_the_display_form_is_that_of_the_certificate():
    assert numbers.parse("202110123456.7").display == "ZL 2021 1 0123456.7"
    assert numbers.parse("011127872").display == "ZL 01 1 12787.2"


def test_every_reason_has_a_sentence():
    assert set(numbers.REASONS) == {"malformed", "bad_kind", "bad_year", "check_digit"}


@pytest.mark.parametrize("place", range(12))
def test_a_single_mistyped_digit_is_always_found(place):
    body = "202110123456"
    for digit in "0123456789":
        changed = body[:place] + digit + body[place + 1 :]
        if changed != body:
            assert numbers.check_character(changed) != numbers.check_character(body)


@pytest.mark.real_data
@pytest.mark.parametrize("name", ["cn_application_numbers.csv", "cn_application_numbers_invented.csv"])
def test_every_sample_number_gets_the_verdict_it_has_in_the_table(real_data, name):
    with (real_data / "appno" / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    wrong = [row["as_printed"] for row in rows if numbers.verdict(row["as_printed"])["valid"] != (row["valid"] == "1")]
    assert (len(rows) > 9, wrong) == (True, [])
