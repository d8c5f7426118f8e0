"""The bidder agreement follows the legal form of the season, says when the deposit is forfeited, and is pinned."""

import hashlib
import json

import pytest
from django.utils.translation import override

from auctions import agreement, agreement_texts
from auctions.agreement_texts import HOUSE, PLATFORM
from auctions.services import seasons
from foundation.core.errors import InvalidMany
from tests.factories import accounts
from tests.factories import auctions as made

HOUSE_FACTS = {
    "legal_form": "house", "house_name": "江海拍卖行", "house_license": "苏拍01", "auctioneer_name": "王一",
}  # fmt: skip
BOTH = [PLATFORM, HOUSE]


def texts(season):
    return season.agreement_zh_hans, season.agreement_en


@pytest.mark.django_db
def test_each_legal_form_has_its_own_text_in_both_languages():
    assert texts(made.draft_season()) == (PLATFORM.zh_hans, PLATFORM.en)
    house = made.draft_season(code="2027S1", **HOUSE_FACTS)
    assert texts(house) == (HOUSE.zh_hans, HOUSE.en)
    with override("en"):
        assert agreement.text_of(house) == HOUSE.en
    with override("zh-hans"):
        assert agreement.text_of(house) == HOUSE.zh_hans


@pytest.mark.django_db
def test_the_standard_text_changes_with_the_form_of_a_draft_and_own_words_stay():
    officer = accounts.officer()
    season = made.draft_season(officer=officer)
    as_typed = {"agreement_zh_hans": PLATFORM.zh_hans.replace("\n", "\r\n"), "agreement_en": PLATFORM.en}
    season = seasons.edit_season(season=season, actor=officer, **HOUSE_FACTS, **as_typed)
    assert texts(season) == (HOUSE.zh_hans, HOUSE.en)
    own = "Our own agreement."
    season = seasons.edit_season(season=season, actor=officer, agreement_en=own)
    season = seasons.edit_season(season=season, actor=officer, legal_form="platform")
    season.refresh_from_db()
    assert texts(season) == (PLATFORM.zh_hans, own)
    with pytest.raises(InvalidMany) as refused:
        seasons.edit_season(season=season, actor=officer, agreement_en="")
    assert list(refused.value.errors) == ["agreement_en"]


@pytest.mark.django_db
def test_what_is_pinned_are_both_texts_of_the_season():
    platform, house = made.draft_season(), made.draft_season(code="2027S1", **HOUSE_FACTS)
    pinned = {"season": "2027S1", "zh-hans": HOUSE.zh_hans, "en": HOUSE.en}
    canonical = json.dumps(pinned, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert agreement.sha256_of(house) == hashlib.sha256(canonical.encode()).hexdigest()
    before = agreement.sha256_of(platform)
    changed = seasons.edit_season(season=platform, actor=accounts.officer(), **HOUSE_FACTS)
    assert agreement.sha256_of(changed) != before


@pytest.mark.parametrize("text", BOTH, ids=list(agreement_texts.STANDARD))
def test_the_deposit_is_security_and_its_forfeiture_is_stated(text):
    clauses = [line.partition("、")[0] for line in text.zh_hans.splitlines()]
    assert clauses == list("一二三四五六七八")
    assert [line.partition(". ")[0] for line in text.en.splitlines()] == [str(n) for n in range(1, 9)]
    third, sixth = text.zh_hans.splitlines()[2], text.zh_hans.splitlines()[5]
    assert "履约担保，不是定金" in third and "二十四小时内原路退还" in third
    assert sixth.startswith("六、保证金的没收：") and "保证金不予退还" in sixth
    assert "差额由" in sixth and "以后各轮" in sixth
    assert "security, not earnest money" in text.en and "6. Forfeiture of the deposit: " in text.en


def test_roles_are_those_of_the_form():
    assert "没有拍卖人和拍卖师" in PLATFORM.zh_hans and "系统确认" in PLATFORM.zh_hans
    assert PLATFORM.zh_hans.replace("没有拍卖人和拍卖师", "").count("拍卖师") == 0
    assert "委托人" in HOUSE.zh_hans and "卖方" not in HOUSE.zh_hans
    assert "落槌" in HOUSE.zh_hans and "第三十九条" in HOUSE.zh_hans and "佣金" in HOUSE.zh_hans
    assert "auctioneer knocks" in HOUSE.en and "auctioneer" not in PLATFORM.en.partition("no auctioneer")[2]
