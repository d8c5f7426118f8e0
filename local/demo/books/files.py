"""Files as the demo's bank gives them: camt.053 for the supervised account, an export of rows for the operating one."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

HOME = "CNY"
COLUMNS = ["交易日期", "摘要", "记账金额(收入)", "记账金额(支出)", "记账币种", "余额", "对方户名"]


@dataclass(frozen=True, slots=True)
class Row:
    """A movement on an account: ``fen`` is negative for money out, ``reference`` the bank's own id."""

    day: date
    fen: int
    text: str
    name: str
    account: str = ""
    reference: str = ""
    currency: str = HOME


def yuan(fen: int) -> str:
    """An amount as banks print it, without a sign."""
    return f"{abs(fen) // 100}.{abs(fen) % 100:02d}"


def closing_of(opening_fen: int, rows: Iterable[Row]) -> int:
    """The balance after these rows; money in other currencies does not count."""
    return opening_fen + sum(row.fen for row in rows if row.currency == HOME)


def camt(number: str, name: str, span: tuple[date, date], opening_fen: int, rows: list[Row]) -> bytes:
    """A camt.053 statement of an account with its opening and closing balance."""
    first, last = span
    entries = "\n".join(_entry(row) for row in rows)
    balances = _balance("OPBD", opening_fen, first) + _balance("CLBD", closing_of(opening_fen, rows), last)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt>
<GrpHdr><MsgId>{name}</MsgId><CreDtTm>{last}T23:59:00+08:00</CreDtTm></GrpHdr>
<Stmt><Id>{name}</Id><FrToDt><FrDtTm>{first}T00:00:00+08:00</FrDtTm><ToDtTm>{last}T23:59:00+08:00</ToDtTm></FrToDt>
<Acct><Id><Othr><Id>{number}</Id></Othr></Id></Acct>
{balances}
{entries}
</Stmt></BkToCstmrStmt></Document>""".encode()


def _balance(code: str, fen: int, day: date) -> str:
    side = "DBIT" if fen < 0 else "CRDT"
    return (
        f'<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy="{HOME}">{yuan(fen)}</Amt>'
        f"<CdtDbtInd>{side}</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>"
    )


def _entry(row: Row) -> str:
    side, other = ("CRDT", "Dbtr") if row.fen > 0 else ("DBIT", "Cdtr")
    known = f"<{other}Acct><Id><Othr><Id>{escape(row.account)}</Id></Othr></Id></{other}Acct>" if row.account else ""
    return f"""<Ntry><Amt Ccy="{row.currency}">{yuan(row.fen)}</Amt><CdtDbtInd>{side}</CdtDbtInd><Sts>BOOK</Sts>
<BookgDt><Dt>{row.day}</Dt></BookgDt><ValDt><Dt>{row.day}</Dt></ValDt><AcctSvcrRef>{row.reference}</AcctSvcrRef>
<NtryDtls><TxDtls><RltdPties><{other}><Nm>{escape(row.name)}</Nm></{other}>{known}</RltdPties>
<RmtInf><Ustrd>{escape(row.text)}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"""


def export(number: str, span: tuple[date, date], opening_fen: int, rows: list[Row]) -> bytes:
    """The same as the rows that a bank's web page exports (Industrial and Commercial Bank of China)."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([f"卡号: {number}"])
    writer.writerow([f"起始日期: {span[0]}", f"截止日期: {span[1]}"])
    writer.writerow(COLUMNS)
    balance = opening_fen
    for row in rows:
        balance += row.fen
        sides = [yuan(row.fen), ""] if row.fen > 0 else ["", yuan(row.fen)]
        writer.writerow([row.day, row.text, *sides, "人民币", yuan(balance), row.name])
    return text.getvalue().encode("utf-8-sig")
