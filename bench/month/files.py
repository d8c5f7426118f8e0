"""What a bank sends about a month: ISO 20022 for the first days, the export of a Chinese bank for the rest."""

import random
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from xml.sax.saxutils import escape

from bench.month.story import Month, Movement

TYPED = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
WORDS = ("专利许可使用费", "付款", "费用", "许可费 合同款", "保证金", "货款")
CAMT_DAYS = 20
NAMES_ORIGINAL = 0.5  # reversals that carry the bank's reference of what they take back


def write_texts(month: Month, seed: int = 7) -> None:
    """Give every movement the words its payer chose. The debts have their codes by now."""
    dice = random.Random(seed)
    for number, one in enumerate(month.movements):
        one.reference = f"B{month.first:%y%m}{number:08d}"
        if one.reverses is not None and dice.random() < NAMES_ORIGINAL:
            one.reference = one.reverses.reference
        one.text, one.end_to_end = _words(one, dice)


def _words(one: Movement, dice: random.Random) -> tuple[str, str]:
    word = dice.choice(WORDS)
    if one.kind == "reversal":
        return "冲正 原交易退回", ""
    if one.kind in ("nameless", "doubtful", "third_party", "unknown"):
        return word, ""
    codes = [debt.code for debt in one.debts]
    if one.kind == "mistyped":
        return f"{word} {slip(codes[0], dice)}", ""
    if one.kind == "garbled":
        return f"{word} {garble(codes[0], dice)}", ""
    if one.kind == "three_mistyped":
        codes[-1] = slip(codes[-1], dice)
    if one.kind in ("foreign", "short"):
        return f"/ROC/ LICENSE FEE INV {dice.randrange(10_000)} {codes[0]}", codes[0]
    return f"{word} {(' ', '、', ' / ')[dice.randrange(3)].join(written(code, dice) for code in codes)}", ""


def written(code: str, dice: random.Random) -> str:
    """A right reference as people write it."""
    ways = [code, code, code, code.lower(), f"{code[:2]} {code[2:6]} {code[6:]}", f"{code[:2]}-{code[2:6]}-{code[6:]}",
            f"参考号{code}号"]  # fmt: skip
    return dice.choice(ways)


def slip(code: str, dice: random.Random) -> str:
    """One slip of the finger: a character wrong, missing, added, or two neighbors swapped."""
    place = dice.randrange(2, len(code) - 1)
    kind = dice.choice(("wrong", "wrong", "missing", "added", "swapped"))
    if kind == "swapped" and code[place] != code[place + 1]:
        return code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    if kind == "missing":
        return code[:place] + code[place + 1 :]
    other = dice.choice([one for one in TYPED if one != code[place]])
    return code[:place] + other + code[place + (kind != "added") :]


def garble(code: str, dice: random.Random) -> str:
    """Three characters wrong."""
    letters = list(code)
    for place in dice.sample(range(2, len(code)), 3):
        letters[place] = dice.choice([one for one in TYPED if one != letters[place]])
    return "".join(letters)


def halves(month: Month) -> tuple[list[Movement], list[Movement]]:
    """The movements of either file."""
    border = month.first + timedelta(days=CAMT_DAYS)
    return [one for one in month.movements if one.day < border], [one for one in month.movements if one.day >= border]


def yuan(fen: int) -> Decimal:
    """Fen as the bank prints them."""
    return Decimal(fen).scaleb(-2)


def camt053(month: Month, number: str) -> bytes:
    """The first days: one statement a day, with balances."""
    rows, _rest = halves(month)
    balance, parts = 0, []
    for offset in range(CAMT_DAYS):
        day = month.first + timedelta(days=offset)
        mine = [one for one in rows if one.day == day]
        closing = balance + sum(one.fen for one in mine)
        parts.append(_statement(day, number, mine, balance, closing))
        balance = closing
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">'
        f"<BkToCstmrStmt><GrpHdr><MsgId>{month.first:%Y%m}</MsgId></GrpHdr>{''.join(parts)}</BkToCstmrStmt></Document>"
    ).encode()


def _statement(day: date, number: str, rows: Iterable[Movement], opening: int, closing: int) -> str:
    balances = "".join(
        f'<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy="CNY">{yuan(abs(fen))}</Amt>'
        f"<CdtDbtInd>{'DBIT' if fen < 0 else 'CRDT'}</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>"
        for code, fen in (("OPBD", opening), ("CLBD", closing))
    )
    return (
        f"<Stmt><Id>S{day:%Y%m%d}</Id><Acct><Id><Othr><Id>{number}</Id></Othr></Id><Ccy>CNY</Ccy></Acct>"
        f"{balances}{''.join(map(_entry, rows))}</Stmt>"
    )


def _entry(one: Movement) -> str:
    side, other = ("CRDT", "Dbtr") if one.fen > 0 else ("DBIT", "Cdtr")
    mark = "<RvslInd>true</RvslInd>" if one.kind == "reversal" else ""
    refs = f"<EndToEndId>{escape(one.end_to_end)}</EndToEndId>" if one.end_to_end else ""
    return (
        f'<Ntry><Amt Ccy="CNY">{yuan(abs(one.fen))}</Amt><CdtDbtInd>{side}</CdtDbtInd>{mark}<Sts><Cd>BOOK</Cd></Sts>'
        f"<BookgDt><Dt>{one.day}</Dt></BookgDt><ValDt><Dt>{one.day}</Dt></ValDt>"
        f"<AcctSvcrRef>{one.reference}</AcctSvcrRef><NtryDtls><TxDtls><Refs>{refs}</Refs><RltdPties>"
        f"<{other}><Pty><Nm>{escape(one.payer.name)}</Nm></Pty></{other}><{other}Acct><Id><Othr><Id>{one.payer.account}"
        f"</Id></Othr></Id></{other}Acct></RltdPties><RmtInf><Ustrd>{escape(one.text)}</Ustrd></RmtInf></TxDtls>"
        "</NtryDtls></Ntry>"
    )


def bank_table(month: Month) -> bytes:
    """The rest of the month as the Bank of Communications exports it, in GB18030."""
    first, rows = halves(month)
    balance = sum(one.fen for one in first)
    lines = [
        f"查询起止日期,{month.first + timedelta(days=CAMT_DAYS)},至,{month.last}",
        "序号,交易日期,交易时间,交易类型,借贷,交易金额,余额,对方账号,对方户名,交易地点,摘要",
    ]
    for number, one in enumerate(rows, 1):
        balance += one.fen
        text = f"{one.text} {one.end_to_end}".strip().replace(",", "，")
        clock = f"{8 + number % 9:02d}:{number % 60:02d}:00"
        lines.append(
            f"{number},{one.day},{clock},转账,{'贷 Cr' if one.fen > 0 else '借 Dr'},{yuan(abs(one.fen))},"
            f"{yuan(balance)},{one.payer.account},{one.payer.name},网银,{text}"
        )
    return ("\n".join(lines) + "\n").encode("gb18030")
