"""Terms of protection, annual fees, publication numbers and classification symbols."""

from datetime import date

import pytest

from patents import classification, publications, terms
from patents.numbers import Kind


@pytest.mark.parametrize(
    ("kind", "filed", "last_day"),
    [
        (Kind.INVENTION, date(2021, 1, 15), date(2041, 1, 14)),
        (Kind.PCT_INVENTION, date(2021, 1, 1), date(2040, 12, 31)),
        (Kind.UTILITY_MODEL, date(2022, 3, 1), date(2032, 2, 29)),
        (Kind.DESIGN, date(2021, 5, 31), date(2031, 5, 30)),
        (Kind.DESIGN, date(2021, 6, 1), date(2036, 5, 31)),
        (Kind.INVENTION, date(2004, 2, 29), date(2024, 2, 28)),
        (Kind.UTILITY_MODEL, date(2004, 2, 29), date(2014, 2, 28)),
        (Kind.UTILITY_MODEL, date(2005, 3, 1), date(2015, 2, 28)),
    ],
)
def test_a_patent_lasts_until_the_eve_of_the_anniversary(kind, filed, last_day):
    assert terms.expiry(kind, filed) == last_day


def test_a_term_compensation_is_added_in_days():
    assert terms.expiry(Kind.INVENTION, date(2021, 1, 15), 30) == date(2041, 2, 13)


@pytest.mark.parametrize(
    ("on", "year"),
    [(date(2020, 5, 10), 1), (date(2021, 5, 9), 1), (date(2021, 5, 10), 2), (date(2024, 12, 31), 5)],
)
def test_the_year_of_a_patent_begins_on_the_filing_anniversary(on, year):
    assert terms.patent_year(date(2020, 5, 10), on) == year


def test_the_year_of_a_patent_filed_on_a_leap_day_begins_on_the_first_of_march():
    assert terms.patent_year(date(2020, 2, 29), date(2021, 2, 28)) == 1
    assert terms.patent_year(date(2020, 2, 29), date(2021, 3, 1)) == 2


@pytest.mark.parametrize(
    ("paid", "on", "status"),
    [
        (4, date(2024, 5, 9), "paid"),
        (4, date(2024, 5, 10), "grace"),
        (4, date(2024, 11, 9), "grace"),
        (4, date(2024, 11, 10), "unpaid"),
        (None, date(2024, 5, 9), "unknown"),
    ],
)
def test_the_fee_is_paid_in_grace_or_unpaid(paid, on, status):
    assert terms.fee_status(date(2020, 5, 10), paid, on) == status


@pytest.mark.parametrize(
    ("kind", "year", "fen"),
    [(Kind.INVENTION, 1, 90_000), (Kind.INVENTION, 20, 800_000), (Kind.INVENTION, 21, 800_000),
     (Kind.UTILITY_MODEL, 10, 200_000), (Kind.DESIGN, 11, 300_000)],
)  # fmt: skip
def test_the_annual_fee_follows_the_table(kind, year, fen):
    assert terms.annual_fee(kind, year) == fen


@pytest.mark.parametrize(
    ("text", "normalized"),
    [("CN 113123456 B", "CN113123456B"), ("cn110941994b", "CN110941994B"), ("CN213123456U", "CN213123456U"),
     ("CN313123456S", "CN313123456S"), ("CN113123456C2", "CN113123456C2")],
)  # fmt: skip
def test_publication_numbers_are_read(text, normalized):
    assert publications.parse(text).normalized == normalized


@pytest.mark.parametrize("text", ["CN213123456B", "113123456B", "CN113123456", "", "CN113123456Z", "C" * 500])
def test_what_is_no_publication_number_is_not_read(text):
    assert publications.parse(text) is None


@pytest.mark.parametrize(
    ("text", "symbols"),
    [
        ("H01M 10/0525", ["H01M 10/0525"]),
        ("h01m10/0525; C08L5/02；G06F", ["H01M 10/0525", "C08L 5/02", "G06F"]),
        ("H01M 10/0525(2010.01)I、H01M 10/0525", ["H01M 10/0525"]),
        ("Ｇ０６Ｆ１７／３０", ["G06F 17/30"]),
        ("", []),
    ],
)
def test_ipc_symbols_are_read_in_any_spelling(text, symbols):
    assert classification.ipc_symbols(text) == symbols


@pytest.mark.parametrize("text", ["X01M 10/0525", "H01", "H01M10", "1.23E+17", "H01M 10/0525 and more"])
def test_what_is_no_ipc_symbol_is_refused(text):
    with pytest.raises(classification.SymbolInvalid):
        classification.ipc_symbols(text)


def test_locarno_classes_are_read():
    assert classification.locarno_class("LOC(13) Cl. 14-02") == "14-02"
    assert classification.locarno_class("6-01") == "06-01"
