"""The fictional texts of the demo province: complete, valid, varied and free of real names."""

import csv
from collections import Counter
from datetime import date
from itertools import combinations

import pytest
from stdnum.cn import uscc

from local.demo import texts_read
from patents.classification import ipc_symbols, locarno_class
from patents.numbers import parse

LEAST_ABSTRACT = 120
MOST_IN_COMMON = 0.30
ORGANIZATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
PRAISE = [
    "国家级", "最高级", "最佳", "最好", "领先", "第一", "唯一", "独家", "顶级", "绝对", "首创", "best", "leading",
    "no.1", "number one", "unique", "world-class",
]  # fmt: skip
TEXT_COUNTS = {"pricing_explanation": 20, "other_matters": 15, "summary": 16, "intended_use": 25, "correction": 12}
KIND_COUNTS = {"invention": 260, "utility_model": 100, "design": 24, "pct_invention": 16}
ORGANIZATION_COUNTS = {"university": 7, "institute": 5, "enterprise": 57, "foreign_company": 3, "person": 4}


def texts():
    """The rows of the three files of form texts."""
    names = ("declaration_texts.csv", "uptake_texts.csv", "review_texts.csv")
    return [row for name in names for row in texts_read.rows(name)]


def repeated(values):
    """The values that occur more than once."""
    return [value for value, times in Counter(values).items() if times > 1]


def trigrams(text):
    """The set of three-character windows, capital letters made small."""
    small = text.lower()
    return {small[start : start + 3] for start in range(len(small) - 2)}


def share_in_common(a, b):
    """How much of the smaller set lies in the other."""
    return len(a & b) / min(len(a), len(b))


def organization_check(body):
    """The check character of the organization code inside a credit code (GB 11714)."""
    rest = 11 - sum(int(digit) * weight for digit, weight in zip(body, ORGANIZATION_WEIGHTS, strict=True)) % 11
    return {10: "X", 11: "0"}.get(rest, str(rest))


def test_every_kind_of_text_has_its_number():
    patents = texts_read.patents()
    assert Counter(row["kind"] for row in patents) == KIND_COUNTS
    assert Counter(row["kind"] for row in texts_read.organizations()) == ORGANIZATION_COUNTS
    assert Counter(row["use"] for row in texts()) == TEXT_COUNTS
    assert len(patents) == 400
    assert len(texts_read.people()) >= 80
    assert sum(1 for row in patents if row["co_holder"]) == 40


def test_keys_numbers_names_and_titles_are_unique():
    patents, organizations = texts_read.patents(), texts_read.organizations()
    for column in ("number", "serial", "title_zh", "title_en"):
        assert repeated(row[column] for row in patents) == []
    for column in ("key", "name_zh", "name_en"):
        assert repeated(row[column] for row in organizations) == []
    for column in ("key", "name_zh"):
        assert repeated(row[column] for row in texts_read.people()) == []
    assert repeated(row["key"] for row in texts()) == []
    assert repeated(row["text_zh"] for row in texts()) == []


@pytest.mark.parametrize("column", ["abstract_zh", "abstract_en"])
def test_abstracts_are_long_enough(column):
    short = [row["number"] for row in texts_read.patents() if len(row[column]) < LEAST_ABSTRACT]
    assert short == []


@pytest.mark.parametrize("column", ["abstract_zh", "abstract_en"])
def test_no_two_abstracts_share_more_than_thirty_percent_of_their_trigrams(column):
    sets = [(row["number"], trigrams(row[column])) for row in texts_read.patents()]
    alike = [(a, b) for (a, left), (b, right) in combinations(sets, 2) if share_in_common(left, right) > MOST_IN_COMMON]
    assert alike == []


def test_trigram_measure_finds_a_copied_abstract():
    text = texts_read.patents()[0]["abstract_zh"]
    assert share_in_common(trigrams(text), trigrams(text[:90] + "完全不同的结尾")) > MOST_IN_COMMON


def test_patent_numbers_pass_the_check_digit_and_say_the_kind_and_filing_year():
    for row in texts_read.patents():
        number = parse(row["number"])
        assert number.normalized == row["number"]
        assert str(number.kind) == row["kind"]
        assert row["number"][:4] == row["filing_date"][:4]
        assert row["number"][5:12] == row["serial"]
        assert row["serial"].startswith("99")


def test_dates_fit_the_kind():
    for row in texts_read.patents():
        filed, granted = date.fromisoformat(row["filing_date"]), date.fromisoformat(row["grant_date"])
        assert 2012 <= filed.year <= 2024
        assert filed < granted
        if row["kind"] in ("utility_model", "design"):
            assert filed.year >= 2017, "a shorter term must not be over"


def test_some_utility_models_expire_soon():
    last_year = [row for row in texts_read.patents() if row["kind"] == "utility_model" and row["filing_date"] < "2018"]
    assert 3 <= len(last_year) <= 10


def test_classes_are_read_by_the_register():
    for row in texts_read.patents():
        if row["kind"] == "design":
            assert row["ipc"] == ""
            assert locarno_class(row["locarno"]) == row["locarno"]
        else:
            assert row["locarno"] == ""
            assert ";".join(ipc_symbols(row["ipc"])) == row["ipc"]


def test_holders_and_inventors_are_known():
    organizations = {row["key"] for row in texts_read.organizations()}
    people = {row["name_zh"] for row in texts_read.people()}
    for row in texts_read.patents():
        assert row["holder"] in organizations
        assert row["co_holder"] in organizations | {""}
        assert row["holder"] != row["co_holder"]
        assert row["inventors"]
        assert set(row["inventors"].split(";")) <= people
    assert {row["organization"] for row in texts_read.people()} <= organizations | {""}


def test_keywords_come_in_threes_to_fives_in_both_languages():
    for row in texts_read.patents():
        counts = {len(row[column].split(";")) for column in ("keywords_zh", "keywords_en")}
        assert counts <= {3, 4, 5}


def test_credit_codes_pass_both_checks_and_name_the_city():
    for row in texts_read.organizations():
        if row["kind"] in ("foreign_company", "person"):
            assert row["uscc"] == ""
            continue
        code = row["uscc"]
        assert uscc.is_valid(code)
        assert code[:2] == ("91" if row["kind"] == "enterprise" else "12")
        assert code[2:8] == row["city"]
        assert code[8:10] == "99", "a range that is not given out"
        assert code[16] == organization_check(code[8:16])
    codes = [row["uscc"] for row in texts_read.organizations() if row["uscc"]]
    assert repeated(codes) == []


def test_those_without_a_credit_code_have_another_identity():
    for row in texts_read.organizations():
        assert bool(row["foreign_registration"]) == (row["kind"] == "foreign_company")
        assert bool(row["passport"]) == (row["kind"] == "person")
        assert (row["country"] == "CN") == (row["kind"] != "foreign_company")


def test_every_text_is_there_in_both_languages():
    for row in texts():
        assert any("一" <= character <= "鿿" for character in row["text_zh"])
        assert row["text_en"].isascii()
        assert min(len(row["text_zh"]), len(row["text_en"])) >= 15


@pytest.mark.parametrize("column", ["text_zh", "text_en"])
def test_declaration_texts_carry_no_words_of_praise(column):
    found = [(row["key"], word) for row in texts() for word in PRAISE if word in row[column].lower()]
    assert found == []


@pytest.mark.parametrize("words", ["石墨烯", "5G 基站", "LED 驱动", "SiC MOSFET", "电池"])
def test_words_that_searches_look_for_occur(words):
    hits = [row for row in texts_read.patents() if words in row["title_zh"] + row["abstract_zh"]]
    assert len(hits) >= 2


def real_names(folder):
    """Names of organizations in the folder of real sample data."""
    sources = {
        "orgs/assignees_from_patents.csv": "assignee",
        "orgs/uscc_codes.csv": "name_if_printed",
        "patents/cn_patents_bdci2022.csv": "assignee",
        "patents/cn_patents_cnki_materials_2018.csv": "applicant",
    }
    for name, column in sources.items():
        with (folder / name).open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                yield from (part.strip() for part in (row[column] or "").split(";"))


@pytest.mark.real_data
def test_no_real_institution_is_named(real_data):
    real = {name for name in real_names(real_data) if len(name) >= 5}
    assert len(real) > 1000
    ours = {row["name_zh"] for row in texts_read.organizations()}
    everything = "\n".join(
        value for row in [*texts_read.patents(), *texts(), *texts_read.organizations()] for value in row.values()
    )
    assert ours & real == set()
    assert [name for name in real if name in everything] == []


@pytest.mark.real_data
def test_no_real_credit_code_is_used(real_data):
    with (real_data / "orgs/uscc_codes.csv").open(encoding="utf-8-sig", newline="") as file:
        real = {row["code"] for row in csv.DictReader(file)}
    assert real & {row["uscc"] for row in texts_read.organizations()} == set()
