"""The rows of a text table: encoding and separator are found out."""

import csv
import io
from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from foundation.jobs.tables.kinds import TableRefused

SEPARATORS = (",", ";", "\t", "|", "，", "；")
LONGEST_CELL = 2_000_000  # characters the reader takes in; longer ones refuse the file
HEADER_BYTES = 20_000

NOT_TEXT = _("The file holds characters that are no text. Save it as CSV in UTF-8.")
UNKNOWN_ENCODING = _("The encoding of the file is not known. Save it as CSV in UTF-8.")
MIXED_ENCODINGS = _("Line {line} is encoded differently from the rest of the file. Save the whole file in UTF-8.")
CELL_TOO_LONG = _("Near line {line} a cell does not end: a quotation mark is missing.")

csv.field_size_limit(LONGEST_CELL)


def decode(content: bytes) -> tuple[str, str]:
    """(text, name of the encoding): UTF-8 with and without mark, UTF-16 with mark, GB18030. Raises TableRefused."""
    for mark in (b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff"):
        if content.startswith(mark):
            raise TableRefused(UNKNOWN_ENCODING)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _strict(content, "utf-16"), "UTF-16"
    if b"\x00" in content:
        raise TableRefused(NOT_TEXT)
    if content.startswith(b"\xef\xbb\xbf"):
        return _utf8(content[3:]), "UTF-8 (BOM)"
    try:
        return content.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        _refuse_mixture(content)
        return _strict(content, "gb18030"), "GB18030"


def _utf8(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise TableRefused(MIXED_ENCODINGS, line=content.count(b"\n", 0, error.start) + 1) from error


def _strict(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise TableRefused(UNKNOWN_ENCODING) from error


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _refuse_mixture(content: bytes) -> None:
    """Lines with much Chinese that are UTF-8 beside lines that are not: two files were joined."""
    readable, other = [], []
    for number, line in enumerate(content.split(b"\n"), start=1):
        if not line.isascii():
            (readable if _is_utf8(line) else other).append((number, line))
    sure = [number for number, line in readable if sum(byte >= 0xE0 for byte in line) >= 4]  # noqa: PLR2004
    if sure and other:
        fewer = other if len(other) <= len(sure) else [(number, b"") for number in sure]
        raise TableRefused(MIXED_ENCODINGS, line=fewer[0][0])


def separator_of(text: str) -> str:
    """The separator that cuts most of the first lines into the same number of cells, and into many.

    Chinese texts are full of commas of their own: only their irregularity tells them from separators.
    """
    lines = [line for line in text[:HEADER_BYTES].splitlines()[:10] if line.strip()]
    return max(SEPARATORS, key=lambda mark: _regularity(lines, mark))


def _regularity(lines: list[str], mark: str) -> tuple[int, int]:
    widths = Counter(len(next(csv.reader([line], delimiter=mark), [])) for line in lines)
    return max(((often, width) for width, often in widths.items() if width > 1), default=(0, 0))


def rows(text: str, separator: str) -> Iterator[list[str]]:
    """The records in order; an empty line is an empty record. Raises TableRefused where a cell does not end."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        yield from reader
    except csv.Error as error:
        raise TableRefused(CELL_TOO_LONG, line=reader.line_num) from error
