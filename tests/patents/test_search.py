"""Search in Chinese, English and both; by number in any notation; ranking and counting that stay cheap."""

import pytest
from django.http import QueryDict

from patents import listing, search
from patents.models import Patent
from tests.factories.accounts import UniversityFactory
from tests.factories.patents import make_number, make_patent


@pytest.fixture
def graphene(db):
    return make_patent(
        UniversityFactory(name="江南测试大学"),
        number=make_number(7),
        title_zh_hans="一种石墨烯散热膜的制备方法",
        title_en="Method for preparing graphene heat-dissipation films",
        abstract_zh_hans="本发明公开了一种用于锂离子电池热管理的磁悬浮轴承装置。",
        ipc=["C01B 32/184"],
        main_ipc_subclass="C01B",
    )


@pytest.fixture
def robot(db):
    return make_patent("别的公司", title_zh_hans="机械手抓取控制方法", title_en="Gripper control", ipc=["B25J 9/16"])


@pytest.mark.parametrize(
    "text",
    ["石墨烯", "散热", "散热膜", "墨烯", "石墨烯 散热", "graphene", "Graphene FILM", "石墨烯 graphene", "graphene石墨烯膜", "锂离子电池", "电池",  # noqa: E501
     "悬浮", "江南测试大学", "C01B", "c01b 32/184", "C01B 石墨烯", "ＧＲＡＰＨＥＮＥ", "石墨烯的制备方法"],
)  # fmt: skip
def test_words_in_both_languages_find_the_patent(graphene, robot, text):
    assert list(search.query(text).filter(Patent.objects.all())) == [graphene]


@pytest.mark.parametrize(
    "text", ["量子", "graphene 量子", "H01M", "zzz", "。，！", "'; DROP TABLE", "😀", "石墨烯 机械手"]
)
def test_words_that_are_not_there_find_nothing(graphene, robot, text):
    assert list(search.query(text).filter(Patent.objects.all())) == []


@pytest.mark.parametrize("text", ["{n}", "ZL{n}", "CN{n}", "ZL 2021 1 {n7}", "{n13}", "20211000", "zl2021 1000"])
def test_a_number_in_any_notation_finds_its_patent(graphene, text):
    number = graphene.number
    asked = text.format(n=number, n7=number[5:], n13=number.replace(".", ""))
    assert list(search.query(asked).filter(Patent.objects.all())) == [graphene]


def test_a_publication_number_finds_its_patent(robot):
    found = make_patent("甲", publication_number="CN113123456B")
    assert list(search.query("CN 113123456 B").filter(Patent.objects.all())) == [found]
    assert list(search.query("cn113123456").filter(Patent.objects.all())) == [found]


def test_an_empty_question_finds_everything(graphene, robot):
    assert search.query("  ").filter(Patent.objects.all()).count() == 2


def test_a_word_in_the_title_ranks_above_the_same_word_in_the_abstract(db):
    below = make_patent("甲", abstract_zh_hans="涉及激光雷达。", title_zh_hans="某种装置")
    above = make_patent("甲", title_zh_hans="激光雷达")
    found, capped = search.best_first(search.query("激光雷达").filter(Patent.objects.all()), search.query("激光雷达"))
    assert (list(found), capped) == ([above, below], False)


def test_above_the_limit_only_the_newest_are_ranked(graphene, robot, monkeypatch):
    monkeypatch.setattr(search, "RANK_ALL_UP_TO", 0)
    monkeypatch.setattr(search, "RANK_NEWEST", 1)
    newest = make_patent("甲", number=make_number(8, year=2023), title_zh_hans="石墨烯涂层")
    asked = search.query("石墨烯")
    found, capped = search.best_first(asked.filter(Patent.objects.all()), asked)
    assert (list(found), capped) == ([newest], True)


def test_counting_stops_at_the_limit(graphene, robot):
    assert search.capped_count(Patent.objects.all(), limit=1) == (1, False)
    assert search.capped_count(Patent.objects.all(), limit=2) == (2, True)


def test_the_address_of_a_question_is_read_back_as_the_same_question():
    params = listing.Params(
        q="石墨烯", holder="大学", kind=("design", "invention"), section=("A", "H"), city=("320100",), status=("granted",),  # noqa: E501
        order="expiry", size=50,
    )  # fmt: skip
    from_address = listing.parse(QueryDict(params.query_string))
    assert from_address == params


def test_facets_count_the_rows_of_the_question(graphene, robot):
    total, counts = listing.facet_counts(Patent.objects.all())
    assert (total, sorted(row[::3] for row in counts["section"])) == (2, [("C", 1), ("H", 1)])
