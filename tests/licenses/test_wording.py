"""Advertising words and contact details in texts that will be published."""

import pytest

from licenses import contents, wording


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("本技术国内领先，参照同类合同确定。", ["国内领先"]),
        ("唯一、独家的顶级技术", ["唯一", "独家", "顶级"]),
        ("良品率100%", ["100%"]),
        ("良品率１００％", ["１００％"]),
        ("The best and world-leading process", ["best", "world-leading"]),
        ("Best mode of carrying out the invention", []),
        ("详询13812345678或 www.example.com", ["13812345678", "www.example.com"]),
        ("按前期研发投入的八分之一计算。", []),
        ("", []),
    ],
)
def test_lint_names_every_word_that_reads_like_advertising(text, found):
    assert wording.words(text) == found


def test_positions_point_at_the_word():
    hit = wording.lint("采用最佳工艺")[0]
    assert (hit.start, hit.end) == (2, 4)


def test_canonical_text_does_not_depend_on_the_order_of_keys():
    assert contents.canonical({"b": 1, "a": "锂"}) == contents.canonical({"a": "锂", "b": 1}) == '{"a":"锂","b":1}'
    assert contents.digest('{"a":"锂","b":1}') != contents.digest('{"a":"锂","b":2}')
