"""Unified social credit codes, resident identity numbers, passports: normal form, and what is wrong."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts import identifiers
from tests.factories.accounts import make_uscc


@pytest.mark.parametrize(
    "text",
    [
        "913205007200000174",
        "92321100MA20ABCD85",
        "52320200500000015L",
        "91110000600037341L",
        " 9132 0500 7200 0001 74 ",
        "９１３２０５００７２０００００１７４",
        "91320500-72000001-74",
        "92321100ma20abcd85",
        "91320500\u200b7200000174",
        "91320500\u20117200000174",
    ],
)
def test_a_valid_code_is_accepted_in_any_notation(text):
    code = identifiers.parse_uscc(text)
    assert len(code) == 18
    assert identifiers.parse_uscc(code) == code


@pytest.mark.parametrize("letter", "IOSVZ")
def test_the_letters_that_are_never_used_are_named(letter):
    with pytest.raises(identifiers.UsccLetter) as refused:
        identifiers.parse_uscc(f"9132050072000001{letter}4")
    assert f"“{letter}”" in refused.value.sentence
    assert refused.value.field == "uscc"


@pytest.mark.parametrize("text", ["", "9132050072000001", "9132050072000001744", "   "])
def test_a_code_of_another_length_is_refused_with_its_length(text):
    with pytest.raises(identifiers.UsccLength) as refused:
        identifiers.parse_uscc(text)
    assert str(len(text.strip())) in refused.value.sentence


def test_a_wrong_last_character_is_refused():
    with pytest.raises(identifiers.UsccCheck):
        identifiers.parse_uscc("913205007200000175")


def test_a_wrong_organization_code_inside_is_refused_with_the_right_character():
    # outer check right, inner wrong: 72000001 needs 7
    outer = identifiers.uscc.calc_check_digit("91320500720000015")
    with pytest.raises(identifiers.UsccOrganizationCode) as refused:
        identifiers.parse_uscc("91320500720000015" + outer)
    assert "“7”" in refused.value.sentence


@pytest.mark.parametrize("text", ["<script>", "壹贰叁", "{{7*7}}", "' OR 1=1 --", "🙂" * 18])
def test_nonsense_is_refused_with_a_sentence(text):
    with pytest.raises(identifiers.UsccInvalid) as refused:
        identifiers.parse_uscc(text)
    assert refused.value.sentence


@given(st.text(max_size=40))
def test_no_text_breaks_the_check(text):
    try:
        code = identifiers.parse_uscc(text)
    except identifiers.UsccInvalid as error:
        assert error.sentence
    else:
        assert len(code) == 18


@given(st.integers(0, 999_999))
def test_codes_made_for_the_tests_are_valid(number):
    assert identifiers.parse_uscc(make_uscc(number)) == make_uscc(number)


@pytest.mark.real_data
def test_real_codes_are_accepted_and_false_ones_refused(real_data):
    with (real_data / "orgs" / "uscc_codes.csv").open(encoding="utf-8-sig") as source:
        rows = list(csv.DictReader(source))
    verdicts = {}
    for row in rows:
        try:
            identifiers.parse_uscc(row["code"])
            verdicts[row["code"]] = "1"
        except identifiers.UsccInvalid as error:
            verdicts[row["code"]] = "0"
            assert error.sentence
    assert rows and verdicts == {row["code"]: row["valid_by_python_stdnum"] for row in rows}


@pytest.mark.parametrize("text", ["11010519491231002X", "１１０１０５１９４９１２３１００２ｘ", "110105 19491231 002x"])
def test_a_resident_number_is_accepted_in_any_notation(text):
    assert identifiers.parse_resident_id(text) == "11010519491231002X"


@pytest.mark.parametrize("text", ["110105194912310021", "11010519490230002X", "1101051949123100", "abc", "", "壹" * 18])
def test_a_wrong_resident_number_is_refused(text):
    with pytest.raises(identifiers.ResidentIdInvalid) as refused:
        identifiers.parse_resident_id(text)
    assert refused.value.field == "document_number"


@pytest.mark.parametrize("text", ["e12345678", "Ｅ１２３４５６７８", " E1234 5678 "])
def test_a_passport_number_is_accepted_in_any_notation(text):
    assert identifiers.parse_passport(text) == "E12345678"


@pytest.mark.parametrize("text", ["", "12345", "护照123456", "E" * 13, "<b>E1234567</b>"])
def test_a_wrong_passport_number_is_refused(text):
    with pytest.raises(identifiers.PassportInvalid):
        identifiers.parse_passport(text)


def test_a_number_is_masked_but_for_its_ends():
    assert identifiers.mask("11010519491231002X") == "110***********002X"
    assert identifiers.mask("E12345") == "E***45"
