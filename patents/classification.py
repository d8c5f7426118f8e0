"""Symbols of the International Patent Classification and of Locarno, read and written in one way. Pure."""

import re

from patents.numbers import clean

IPC = re.compile(r"(?P<subclass>[A-H][0-9]{2}[A-Z])(?:[ \t]*(?P<group>[0-9]{1,4})/(?P<subgroup>[0-9]{2,6}))?")
LOCARNO = re.compile(r"(?:LOC ?\([0-9]+\) ?(?:CL\.)? ?)?([0-9]{1,2})-([0-9]{2})")
EDITION = re.compile(r"\(?(?:19|20)[0-9]{2}(?:\.[0-9]{2})?\)?[A-Z]?$")
SEPARATORS = re.compile(r"[;,、|\n]+")
MOST_SYMBOLS = 50


class SymbolInvalid(ValueError):
    """A text that is no symbol of the classification; the argument is that text."""


def ipc_symbol(text: str) -> str:
    """`H01M 10/0525` from any spelling (`h01m10/0525`, with edition `(2010.01)`); raises SymbolInvalid."""
    plain = EDITION.sub("", clean(text)).strip()
    shape = IPC.fullmatch(plain)
    if shape is None:
        raise SymbolInvalid(text)
    if shape["group"] is None:
        return shape["subclass"]
    return f"{shape['subclass']} {int(shape['group'])}/{shape['subgroup']}"


def ipc_symbols(text: str) -> list[str]:
    """All symbols of a cell, in order, without repeats; raises SymbolInvalid."""
    parts = [part for part in SEPARATORS.split(clean(text)) if part.strip()]
    if len(parts) > MOST_SYMBOLS:
        raise SymbolInvalid(text[:40])
    return list(dict.fromkeys(ipc_symbol(part) for part in parts))


def locarno_class(text: str) -> str:
    """`14-02` from any spelling; raises SymbolInvalid."""
    shape = LOCARNO.fullmatch(clean(text))
    if shape is None:
        raise SymbolInvalid(text)
    return f"{int(shape[1]):02d}-{shape[2]}"


def subclass_of(symbol: str) -> str:
    """The subclass of a symbol: `H01M`."""
    return symbol[:4]
