"""Statements as banks write them: camt.053 and camt.054, made by hand and not by the reader's own code."""

import itertools
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from xml.sax.saxutils import escape

serial = itertools.count(1)
NUMBER = "3201889900000012345"


@dataclass
class Row:
    """A movement: ``yuan`` is negative for money out."""

    yuan: str
    text: str = ""
    name: str = "远山材料有限公司"
    account: str = "6222000011112222"
    day: date | None = None
    reference: str | None = None
    end_to_end: str = ""
    reversal: bool = False
    currency: str = "CNY"


def _entry(row: Row, day: date) -> str:
    amount = Decimal(row.yuan)
    side, other = ("CRDT", "Dbtr") if amount > 0 else ("DBIT", "Cdtr")
    reference = f"BK{next(serial):010d}" if row.reference is None else row.reference
    refs = f"<EndToEndId>{escape(row.end_to_end)}</EndToEndId>" if row.end_to_end else ""
    mark = "<RvslInd>true</RvslInd>" if row.reversal else ""
    ours = f"<AcctSvcrRef>{reference}</AcctSvcrRef>" if reference else ""
    return f"""<Ntry><Amt Ccy="{row.currency}">{abs(amount)}</Amt><CdtDbtInd>{side}</CdtDbtInd>{mark}<Sts>BOOK</Sts>
<BookgDt><Dt>{row.day or day}</Dt></BookgDt><ValDt><Dt>{row.day or day}</Dt></ValDt>{ours}
<NtryDtls><TxDtls><Refs>{refs}</Refs><RltdPties><{other}><Nm>{escape(row.name)}</Nm></{other}>
<{other}Acct><Id><Othr><Id>{row.account}</Id></Othr></Id></{other}Acct></RltdPties>
<RmtInf><Ustrd>{escape(row.text)}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"""


def camt(
    rows, *, day=date(2026, 1, 2), number=NUMBER, opening="0.00", currency="CNY", kind="053", version="02"
) -> bytes:
    """A statement of a day with right balances."""
    closing = Decimal(opening) + sum((Decimal(row.yuan) for row in rows if row.currency == currency), Decimal(0))
    outer, inner = {"053": ("BkToCstmrStmt", "Stmt"), "054": ("BkToCstmrDbtCdtNtfctn", "Ntfctn")}[kind]
    balances = "".join(
        f'<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy="{currency}">{abs(Decimal(amount))}</Amt>'
        f"<CdtDbtInd>{'DBIT' if Decimal(amount) < 0 else 'CRDT'}</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>"
        for code, amount in (("OPBD", opening), ("CLBD", closing))
    )
    entries = "".join(_entry(row, day) for row in rows)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.{kind}.001.{version}"><{outer}><GrpHdr><MsgId>M1</MsgId></GrpHdr>
<{inner}><Id>S{next(serial)}</Id><Acct><Id><Othr><Id>{number}</Id></Othr></Id></Acct>
{balances if kind == "053" else ""}{entries}</{inner}></{outer}></Document>""".encode()
