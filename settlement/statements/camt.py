"""Reading ISO 20022: camt.053 (statement) and camt.054 (notification), versions 2 to 13; camt.052 is only recognized.

Read with the standard library behind defusedxml: no document types, no entities, no network.
"""

import re
from datetime import date, datetime
from decimal import Decimal
from xml.etree.ElementTree import Element, ParseError

import defusedxml.ElementTree as safe
from defusedxml.common import DefusedXmlException
from django.utils.translation import gettext_lazy as _

from foundation.core.clock import LOCAL, local_date
from foundation.core.errors import Invalid
from foundation.core.money import LARGEST_FEN, Money
from foundation.core.text import clean_text
from settlement.statements.found import ReadLine, ReadStatement, StatementRefused

NAMESPACE = re.compile(r"\{urn:iso:std:iso:20022:tech:xsd:(camt\.05[234])\.001\.(0[2-9]|1[0-3])\}Document")
CONTENT = {"camt.053": ("BkToCstmrStmt", "Stmt"), "camt.054": ("BkToCstmrDbtCdtNtfctn", "Ntfctn")}
AMOUNT = re.compile(r"\d{1,15}(\.\d{1,5})?")
BOOKED, REVERSED = "BOOK", ("true", "1")
OPENING, CLOSING = ("OPBD", "PRCD"), ("CLBD",)

DTD = _("The file holds a document type or entities. Statements of banks have none; it is refused for safety.")
NOT_XML = _("The file is not well-formed XML (line {line}, column {column}). Ask the bank for it again.")
OTHER_XML = _("This XML file is not a bank statement (camt.053) or notification (camt.054).")
INTRADAY = _(
    "This is an account report of the running day (camt.052). It is provisional and is not booked; import the "
    "statement of the day (camt.053)."
)
NO_STATEMENT = _("The file says it is {kind} but holds no statement: the element {element} is missing.")
MISSING = _("Entry {entry}: the element {element} is missing or empty.")
NO_ACCOUNT = _("The statement names no account: the element Acct/Id is missing.")
BAD = _("Entry {entry}: “{text}” in {element} cannot be read.")
DECIMALS = _("Entry {entry}: {text} has more than two decimals.")


def read(content: bytes) -> list[ReadStatement]:
    """The statements of a camt file. Raises StatementRefused with a sentence."""
    try:
        root = safe.fromstring(content, forbid_dtd=True)
    except DefusedXmlException as error:
        raise StatementRefused(DTD) from error
    except ParseError as error:
        line, column = error.position
        raise StatementRefused(NOT_XML, line=line, column=column) from error
    except (ValueError, LookupError) as error:  # an encoding nobody knows
        raise StatementRefused(NOT_XML, line=1, column=0) from error
    named = NAMESPACE.fullmatch(root.tag)
    if named is None:
        raise StatementRefused(OTHER_XML)
    kind = named.group(1)
    if kind not in CONTENT:
        raise StatementRefused(INTRADAY)
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else "?"
    outer, inner = CONTENT[kind]
    found = root.findall(f"{outer}/{inner}")
    if not found:
        raise StatementRefused(NO_STATEMENT, kind=kind, element=f"{outer}/{inner}")
    return [_statement(kind, one) for one in found]


def _statement(kind: str, element: Element) -> ReadStatement:
    account = _text(element, "Acct/Id/IBAN") or _text(element, "Acct/Id/Othr/Id")
    if not account:
        raise StatementRefused(NO_ACCOUNT)
    lines: list[ReadLine] = []
    for entry in element.findall("Ntry"):
        if (_text(entry, "Sts/Cd") or _text(entry, "Sts")) in (BOOKED, ""):
            lines += _Entry(entry, len(lines) + 1).lines()
    days = [line.booked_on for line in lines]
    first = _moment(_text(element, "FrToDt/FrDtTm") or _text(element, "FrToDt/FrDt"))
    last = _moment(_text(element, "FrToDt/ToDtTm") or _text(element, "FrToDt/ToDt"))
    stated = [local_date(moment) for moment in (first, last) if moment]
    closed = _balance(element, CLOSING)
    days += [closed[1]] if closed and closed[1] else []
    if len(stated) > 1 and all(stated[0] <= day <= stated[-1] for day in days):
        days = stated
    opening = _balance(element, OPENING)
    return ReadStatement(
        format=kind,
        lines=lines,
        statement_id=_text(element, "Id")[:64],
        account=account[:64],
        first_day=min(days, default=None),
        last_day=max(days, default=None),
        opening=opening[0] if opening else None,
        closing=closed[0] if closed else None,
    )


def _balance(element: Element, codes: tuple[str, ...]) -> tuple[Money, date | None] | None:
    for code in codes:
        for balance in element.findall("Bal"):
            if _text(balance, "Tp/CdOrPrtry/Cd") == code:
                amount = _amount(balance, 0)
                sign = -1 if _text(balance, "CdtDbtInd") == "DBIT" else 1
                moment = _moment(_text(balance, "Dt/Dt") or _text(balance, "Dt/DtTm"))
                return Money(sign * amount.fen, amount.currency), moment and local_date(moment)
    return None


class _Entry:
    """One entry; a batch whose parts are stated and add up becomes one line a part."""

    def __init__(self, element: Element, place: int):
        self.element, self.place = element, place

    def lines(self) -> list[ReadLine]:
        """The lines of this entry. Raises StatementRefused naming the entry."""
        try:
            return self._lines()
        except Invalid as error:
            if isinstance(error, StatementRefused):
                raise
            raise StatementRefused(BAD, entry=self.place, element="Ntry", text=error.sentence) from error

    def _lines(self) -> list[ReadLine]:
        direction = self._required("CdtDbtInd")
        if direction not in ("CRDT", "DBIT"):
            raise StatementRefused(BAD, entry=self.place, element="CdtDbtInd", text=direction[:20])
        whole = _amount(self.element, self.place)
        details = self.element.findall("NtryDtls/TxDtls")
        parts = self._parts(details, whole)
        sign = 1 if direction == "CRDT" else -1
        if parts is None:
            return [self._line(details[0] if len(details) == 1 else None, sign, whole, "", 0)]
        return [
            self._line(one, sign, amount, f"/{place}" if len(parts) > 1 else "", place)
            for place, (one, amount) in enumerate(zip(details, parts, strict=True))
        ]

    def _parts(self, details: list[Element], whole: Money) -> list[Money] | None:
        if len(details) < 2:  # noqa: PLR2004
            return None
        amounts = []
        for one in details:
            stated = next(
                (found for found in map(one.find, ("Amt", "AmtDtls/TxAmt/Amt")) if found is not None),
                None,
            )
            if stated is None or stated.get("Ccy") != whole.currency:
                return None
            amounts.append(_parse(stated, self.place))
        return amounts if sum(one.fen for one in amounts) == whole.fen and min(amounts).fen > 0 else None

    def _line(self, detail: Element | None, sign: int, amount: Money, suffix: str, place: int) -> ReadLine:
        entry = self.element
        booked, valued = (
            _moment(_text(entry, f"{name}/DtTm") or _text(entry, f"{name}/Dt")) for name in ("BookgDt", "ValDt")
        )
        if booked is None and valued is None:
            raise StatementRefused(MISSING, entry=self.place, element="BookgDt")
        reference = _text(entry, "AcctSvcrRef") or _text(detail, "Refs/AcctSvcrRef") or _text(detail, "Refs/TxId")
        side = "Dbtr" if sign > 0 else "Cdtr"
        name, account = _party(detail, side)
        end_to_end = _text(detail, "Refs/EndToEndId")
        return ReadLine(
            place=self.place + place,
            booked_on=local_date(booked or valued),
            value_date=local_date(valued or booked),
            booked_at=booked if _text(entry, "BookgDt/DtTm") else None,
            amount=Money(sign * amount.fen, amount.currency),
            transaction_id=f"{reference}{suffix}"[:128] if reference else "",
            end_to_end_id="" if end_to_end == "NOTPROVIDED" else end_to_end[:128],
            name=name[:200],
            account=account[:64],
            text=_remittance(entry, detail)[:500],
            is_reversal=_text(entry, "RvslInd") in REVERSED,
        )

    def _required(self, path: str) -> str:
        text = _text(self.element, path)
        if not text:
            raise StatementRefused(MISSING, entry=self.place, element=path)
        return text


def _party(detail: Element | None, side: str) -> tuple[str, str]:
    """Name and account of whoever stands on the other side, as each version of the standard places them."""
    parties = f"RltdPties/{side}"
    name = _text(detail, f"{parties}/Pty/Nm") or _text(detail, f"{parties}/Nm") or _text(detail, f"{parties}/Agt/Nm")
    account = _text(detail, f"{parties}Acct/Id/IBAN") or _text(detail, f"{parties}Acct/Id/Othr/Id")
    return name, account


def _remittance(entry: Element, detail: Element | None) -> str:
    texts = [] if detail is None else [
        *(_clean(one) for one in detail.findall("RmtInf/Ustrd")),
        *(_clean(one) for one in detail.findall("RmtInf/Strd/CdtrRefInf/Ref")),
        *(_clean(one) for one in detail.findall("RmtInf/Strd/AddtlRmtInf")),
        _text(detail, "AddtlTxInf"),
    ]  # fmt: skip
    return " ".join(filter(None, [*texts, _text(entry, "AddtlNtryInf")]))


def _clean(element: Element) -> str:
    return clean_text((element.text or "").replace("\n", " "))


def _text(element: Element | None, path: str) -> str:
    found = element.find(path) if element is not None else None
    return "" if found is None else _clean(found)


def _amount(element: Element, place: int) -> Money:
    stated = element.find("Amt")
    if stated is None or not (stated.text or "").strip():
        raise StatementRefused(MISSING, entry=place, element="Amt")
    return _parse(stated, place)


def _parse(stated: Element, place: int) -> Money:
    text, currency = (stated.text or "").strip(), stated.get("Ccy") or ""
    if not AMOUNT.fullmatch(text) or not text.isascii() or not re.fullmatch(r"[A-Z]{3}", currency):
        raise StatementRefused(BAD, entry=place, element="Amt", text=f"{text} {currency}"[:40])
    hundredths = Decimal(text) * 100
    if hundredths != int(hundredths):
        raise StatementRefused(DECIMALS, entry=place, text=text)
    if hundredths > LARGEST_FEN:
        raise StatementRefused(BAD, entry=place, element="Amt", text=text)
    return Money(int(hundredths), currency)


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text[:-6] if re.fullmatch(r"\d{4}-\d\d-\d\d[+-]\d\d:\d\d", text) else text)
    except ValueError as error:
        raise StatementRefused(BAD, entry=0, element="Dt", text=text[:40]) from error
    return moment.replace(tzinfo=LOCAL) if moment.tzinfo is None else moment
