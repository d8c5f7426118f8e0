"""Reading camt.053 and camt.054: what stands in them, and sentences for what cannot be read."""

import pytest

from foundation.core.money import Money
from settlement import statements
from settlement.statements import StatementRefused
from tests.factories.camt import Row, camt

ROWS = [
    Row("12.50", "许可费 VR2345", "甲公司", "6222", reference="A1", end_to_end="E1"),
    Row("-3.00", "退款", "乙公司"),
]
BOMB = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;&b;">]><Document>&c;</Document>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><Document>&b;</Document>"""


def refusal(content: bytes) -> str:
    with pytest.raises(StatementRefused) as refused:
        statements.read(content)
    return refused.value.sentence


@pytest.mark.parametrize("version", ["02", "04", "08"])
def test_a_statement_is_read_with_its_balances_and_lines(version):
    [found] = statements.read(camt(ROWS, opening="100.00", version=version))
    first, second = found.lines
    assert (found.format, found.opening, found.closing) == ("camt.053", Money(100_00), Money(109_50))
    assert found.difference == Money(0)
    assert (first.amount, first.name, first.account, first.text) == (Money(12_50), "甲公司", "6222", "许可费 VR2345")
    assert (first.transaction_id, first.end_to_end_id, first.is_reversal) == ("A1", "E1", False)
    assert (second.amount, second.name) == (Money(-3_00), "乙公司")


def test_a_notification_is_read_without_balances():
    [found] = statements.read(camt(ROWS, kind="054"))
    assert (found.format, found.opening, len(found.lines)) == ("camt.054", None, 2)


def test_a_report_of_the_running_day_is_recognized_and_not_booked():
    content = camt(ROWS).replace(b"camt.053", b"camt.052").replace(b"BkToCstmrStmt", b"BkToCstmrAcctRpt")
    assert "camt.052" in refusal(content)


def test_a_file_without_a_statement_is_refused_with_what_is_missing():
    content = camt(ROWS)
    start, end = content.index(b"<Stmt>"), content.index(b"</Stmt>") + len(b"</Stmt>")
    assert "BkToCstmrStmt/Stmt" in refusal(content[:start] + content[end:])


@pytest.mark.parametrize("content", [BOMB, OUTSIDE])
def test_document_types_and_entities_are_refused(content):
    assert "实体" in refusal(content) or "entities" in refusal(content)


@pytest.mark.parametrize(
    "old, new",
    [
        (b">12.50<", b">12.505<"),
        (b">12.50<", b">1e3<"),
        (b">12.50<", b"><"),
        (b"<CdtDbtInd>DBIT</CdtDbtInd><Sts>", b"<CdtDbtInd>BOTH</CdtDbtInd><Sts>"),
        (b"BookgDt><Dt>", b"BookgDt><Dt>2026-13-"),
        (b"</Document>", b""),
        (b"<Acct><Id><Othr><Id>", b"<Acct><Id><Othr><No>"),
        (b"camt.053.001.02", b"camt.999.001.02"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(old, new):
    content = camt(ROWS)
    assert old in content
    assert len(refusal(content.replace(old, new))) > 10


def test_parts_of_a_batch_that_add_up_become_lines_of_their_own():
    content = camt([Row("10.00", "a", reference="B1")]).decode()
    part = content[content.index("<TxDtls>") : content.index("</TxDtls>") + len("</TxDtls>")]
    two = part.replace("<Refs>", '<Refs><EndToEndId>x</EndToEndId>').replace(
        "</Refs>", '</Refs><Amt Ccy="CNY">4.00</Amt>'
    ) + part.replace("</Refs>", '</Refs><Amt Ccy="CNY">6.00</Amt>')  # fmt: skip
    [found] = statements.read(content.replace(part, two).encode())
    assert [line.amount for line in found.lines] == [Money(4_00), Money(6_00)]
    assert [line.transaction_id for line in found.lines] == ["B1/0", "B1/1"]
    [whole] = statements.read(content.replace(part, two.replace("6.00", "5.00")).encode())
    assert [line.amount for line in whole.lines] == [Money(10_00)]


@pytest.mark.real_data
def test_all_samples_are_read_and_the_broken_one_is_refused(real_data):
    found, refused = {}, {}
    for path in sorted((real_data / "payments" / "camt").iterdir()):
        try:
            found[path.name] = [len(one.lines) for one in statements.read(path.read_bytes())]
        except StatementRefused as error:
            refused[path.name] = error.sentence
    assert set(refused) == {"camt052.v8.xml", "camt053.v2.wrong.xml"}
    assert len(found) == 7
    assert found["camt053.v2.multi.statement.xml"] == [1, 1]
    assert all(sum(lines) >= 1 for lines in found.values())
