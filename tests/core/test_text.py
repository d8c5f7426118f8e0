import pytest
from django import forms as django_forms
from django.utils.translation import override

from foundation.core import forms, serializers
from foundation.core.text import TextInvalid, clean_text


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("  石墨烯 \t 电池 ", "石墨烯 电池"),
        ("𡃁🙂", "𡃁🙂"),
        ("a\u200bb\u202ec\ufeff", "abc"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("{{7*7}} ' OR 1=1 --", "{{7*7}} ' OR 1=1 --"),
        ("e\u0301", "é"),
    ],
)
def test_text_keeps_what_people_mean(sent, kept):
    assert clean_text(sent) == kept


def test_an_identifier_is_written_in_plain_characters():
    assert clean_text("ＺＬ２０２３\u20111", identifier=True) == "ZL2023-1"


def test_lines_end_in_one_way_where_lines_are_allowed():
    assert clean_text("a\r\nb\rc\u2028d", multiline=True) == "a\nb\nc\nd"


@pytest.mark.parametrize(
    ("sent", "limit"),
    [("a\x00b", None), ("\ud800", None), ("\x1b[31m", None), ("a\r\nBcc: x", None), ("abcd", 3), (7, 9)],
)
def test_what_cannot_be_stored_is_refused(sent, limit):
    with pytest.raises(TextInvalid) as refusal:
        clean_text(sent, limit)
    assert refusal.value.status == 400


def test_the_sentence_names_the_length_in_the_language_of_the_page():
    with pytest.raises(TextInvalid) as refusal:
        clean_text("abcd", 3)
    with override("en"):
        assert refusal.value.sentence == "This text has 4 characters; at most 3 are possible."
    with override("zh-hans"):
        assert refusal.value.sentence == "已填写 4 个字，最多 3 个字。"


class Sheet(django_forms.Form):
    title = forms.TextField(max_length=5)
    fee = forms.MoneyField(required=False, minimum=100)


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        ({"title": " \u200b "}, "title"),
        ({"title": "\x00"}, "title"),
        ({"title": "x" * 1_000_000}, "title"),
        ({"title": "ok", "fee": "1e309"}, "fee"),
        ({"title": "ok", "fee": "0.99"}, "fee"),
    ],
)
def test_a_form_shows_the_fault_beside_its_field(data, wrong):
    sheet = Sheet(data)
    assert list(sheet.errors) == [wrong]


def test_a_form_gives_clean_text_and_money():
    sheet = Sheet({"title": " a\u200b ", "fee": "１,２００"})
    assert sheet.is_valid()
    assert (sheet.cleaned_data["title"], sheet.cleaned_data["fee"].fen) == ("a", 120000)


class Body(serializers.Serializer):
    title = serializers.TextField(max_length=5)
    fee = serializers.MoneyField(required=False)
    number = serializers.TextField(read_only=True)


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        ({"title": "a", "is_staff": True}, "is_staff"),
        ({"title": "a", "number": "1"}, "number"),
        ({"title": ["a"]}, "title"),
        ({"title": "a\x00"}, "title"),
        ({"title": "a", "fee": 1.5}, "fee"),
        ({"title": "a", "fee": "0.001"}, "fee"),
        ({"title": "a", "fee": True}, "fee"),
    ],
)
def test_a_body_is_refused_by_field(data, wrong):
    body = Body(data=data)
    assert not body.is_valid()
    assert list(body.errors) == [wrong]


def test_money_in_a_body_is_yuan_as_text():
    body = Body(data={"title": "a", "fee": "12.30"})
    assert body.is_valid(), body.errors
    assert body.validated_data["fee"].fen == 1230
    assert Body({"title": "a", "fee": 1230, "number": "1"}).data == {"title": "a", "fee": "12.30", "number": "1"}
