"""Reading the exports of Chinese banks and wallets, and sentences for files that are none."""

from datetime import date

import pytest

from foundation.core.money import Money
from settlement import statements
from settlement.statements import StatementRefused

ALIPAY = """导出信息：
起始时间：[2026-02-10 00:00:00]    终止时间：[2026-02-13 23:59:59]
----------支付宝----------
交易时间,交易分类,交易对方,对方账号,商品说明,收/支,金额,收/付款方式,交易状态,交易订单号,商家订单号,备注,
2026-02-12 21:32:14 ,转账,甲,a@b.cn,许可费,收入,49.74,余额,交易成功,20260212001	,M1	,,
2026-02-12 08:00:00 ,退款,乙,/,退款,不计收支,16.03,余额,退款成功,20260212002	,/,,
2026-02-11 08:00:00 ,日用,丙,/,物品,支出,20.00,余额,交易关闭,20260212003	,/,,
2026-02-10 08:00:00 ,理财,丁,/,转入,不计收支,5.00,余额,交易成功,20260212004	,/,,
"""
BOCOM = """序号,交易日期,交易时间,交易类型,借贷,交易金额,余额,对方账号,对方户名,交易地点,摘要
1,2026-01-02,09:00:00,转账,贷 Cr,10.00,110.00,6222,甲公司,网银,许可费
2,2026-01-03,10:00:00,转账,借 Dr,4.00,106.00,6333,乙公司,网银,退款
"""
CMB = """记账日期,货币,交易金额,联机余额,交易摘要,对手信息,客户摘要
2026-01-02,CNY,"1,234.00","1,271.66",转账汇款,甲公司 6222888899990000,许可费
2026-01-02,美元,"-1.00","1,270.66",转账汇款,,
"""
ICBC = """明细查询文件下载
卡号: 1234****9876,x
交易日期,摘要,交易场所,交易国家或地区简称,钞/汇,交易金额(收入),交易金额(支出),交易币种,记账金额(收入),记账金额(支出),记账币种,余额,对方户名
2026-04-22\t,"汇入 ",,,钞,,,,"1,234.56 ",,人民币,"xx",甲公司
人民币合计,,,,,,,,"1,234.56",,
"""


def refusal(content: bytes) -> str:
    with pytest.raises(StatementRefused) as refused:
        statements.read(content)
    return refused.value.sentence


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_alipay_is_read_in_every_encoding_it_comes_in(encoding):
    [found] = statements.read(ALIPAY.encode(encoding))
    assert (found.format, found.first_day, found.last_day) == ("alipay", date(2026, 2, 10), date(2026, 2, 13))
    assert [(line.amount.fen, line.counts) for line in found.lines] == [
        (4974, True), (1603, True), (-2000, False), (500, False)
    ]  # fmt: skip
    assert (found.lines[0].transaction_id, found.lines[0].account) == ("20260212001", "a@b.cn")


def test_balances_are_taken_where_they_follow_from_the_lines():
    [found] = statements.read(BOCOM.encode())
    assert (found.opening, found.closing, found.difference) == (Money(100_00), Money(106_00), Money(0))
    [broken] = statements.read(BOCOM.replace("106.00", "105.00").encode())
    assert (broken.opening, len(broken.warnings)) == (None, 1)
    head, first, second, _end = BOCOM.split("\n")
    [turned] = statements.read(f"{head}\n{second}\n{first}\n".encode())
    assert (turned.opening, turned.closing) == (Money(100_00), Money(106_00))


def test_counterparty_currency_and_thousands_are_read():
    [found] = statements.read(CMB.encode())
    assert (found.lines[0].name, found.lines[0].account) == ("甲公司", "6222888899990000")
    assert [line.amount for line in found.lines] == [Money(123400), Money(-100, "USD")]


def test_totals_are_no_lines_and_the_masked_account_is_named():
    [found] = statements.read(ICBC.encode())
    assert (len(found.lines), found.account, found.lines[0].amount) == (1, "1234****9876", Money(123456))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x00",
        b"%PDF-1.7 ...",
        b"PK\x03\x04 broken",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 broken",
        b"<html><body>404</body></html>",
        "日期,金额\n2026-01-01,1".encode(),
        CMB.split("\n", maxsplit=1)[0].encode(),
        CMB.replace("2026-01-02", "gestern").encode(),
        CMB.replace("1,234.00", "1,234.005").encode(),
        BOCOM.replace("10.00", "zehn").encode(),
        CMB.encode("utf-8") + "2026-01-02,CNY,1.00,1.00,转账汇款转账,甲公司".encode("gb18030"),
        "\ufeff" .encode("utf-32"),
    ],
)  # fmt: skip
def test_what_is_no_statement_is_refused_with_a_sentence(content):
    assert len(refusal(content)) > 5


def test_a_file_of_a_hundred_megabytes_is_refused_before_it_is_read():
    assert "20" in refusal(b"x" * (statements.MOST_BYTES + 1))


def test_the_row_that_cannot_be_read_is_named():
    assert "2" in refusal(CMB.replace("1,234.00", "1,234.005").encode())


def test_equal_lines_have_keys_of_their_own_and_the_same_keys_again():
    row = BOCOM.split("\n")[1]
    twice = BOCOM.split("\n", maxsplit=1)[0] + f"\n{row}\n{row}\n"
    [found] = statements.read(twice.encode())
    keys = statements.line_keys(found.lines)
    assert len(set(keys)) == 2
    assert keys == statements.line_keys(statements.read(twice.encode())[0].lines)


@pytest.mark.real_data
def test_all_samples_are_read(real_data):
    counts = {}
    for path in sorted((real_data / "payments" / "cn_statements").iterdir()):
        [found] = statements.read(path.read_bytes())
        counts[found.format] = len(found.lines)
        assert len(set(statements.line_keys(found.lines))) == len(found.lines)
    assert counts == {"alipay": 10, "boc": 17, "bocom": 6, "cmb": 5, "icbc": 11, "spdb": 4, "wechat": 27}
