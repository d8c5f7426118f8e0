"""What a file is by its content, never by its name, and why it is not accepted."""

import io
import re
import zipfile

from django.utils.translation import gettext_lazy as _

from foundation.core.errors import Invalid

MOST_BYTES = 20 * 2**20
MOST_UNPACKED = 100 * 2**20
MOST_PARTS = 2_000
PROLOGUE = 4_096  # bytes of an XML part looked at for a document type


class TableRefused(Invalid):
    """The file as a whole cannot be taken."""

    code, field = "file_refused", "file"
    message = _("This file cannot be read.")


EMPTY = _("The file is empty.")
TOO_LARGE = _("The file is larger than {limit} MB. Divide it into smaller files.")
OLD_OR_LOCKED = _("This is an old Excel file or it is protected by a password. Save it as .xlsx without a password.")
MACROS = _("The workbook holds macros. Save it as .xlsx, without macros.")
NOT_A_TABLE = _("This is not a table but {what}. Send a CSV or XLSX file.")
BROKEN_WORKBOOK = _("The workbook is damaged. Open it in a spreadsheet program and save it again as .xlsx.")
UNPACKS_TOO_LARGE = _("The workbook unpacks to more than {limit} MB. Delete empty rows and formatting, or send CSV.")

# first bytes: what it is
SIGNATURES = (
    (b"%PDF", _("a PDF file")),
    (b"\x89PNG", _("a picture")),
    (b"\xff\xd8\xff", _("a picture")),
    (b"GIF8", _("a picture")),
    (b"\x1f\x8b", _("a packed file")),
    (b"Rar!", _("a packed file")),
    (b"7z\xbc\xaf", _("a packed file")),
    (b"MZ", _("a program")),
    (b"\x7fELF", _("a program")),
)
MARKUP = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|svg|\?xml|script|head|body|table)", re.IGNORECASE)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"


def kind_of(content: bytes) -> str:
    """ "xlsx" or "text". Raises TableRefused for everything else."""
    if not content.strip(b"\x00 \t\r\n"):
        raise TableRefused(EMPTY)
    if len(content) > MOST_BYTES:
        raise TableRefused(TOO_LARGE, limit=MOST_BYTES // 2**20)
    if content.startswith(OLE):
        raise TableRefused(OLD_OR_LOCKED)
    for signature, what in SIGNATURES:
        if content.startswith(signature):
            raise TableRefused(NOT_A_TABLE, what=str(what))
    if MARKUP.match(content[:PROLOGUE]):
        raise TableRefused(NOT_A_TABLE, what=str(_("a web page or XML file")))
    if content.startswith(b"PK"):
        _check_workbook(content)
        return "xlsx"
    return "text"


def _check_workbook(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            if any(part.flag_bits & 1 for part in parts):
                raise TableRefused(OLD_OR_LOCKED)
            if any(
                name.lower().endswith(("vbaproject.bin", "xlmacrosheets")) or "macrosheets/" in name for name in names
            ):
                raise TableRefused(MACROS)
            if "xl/workbook.xml" not in names:
                raise TableRefused(NOT_A_TABLE, what=str(_("a packed file")))
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise TableRefused(UNPACKS_TOO_LARGE, limit=MOST_UNPACKED // 2**20)
            _check_parts(archive, parts)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError, ValueError) as error:
        raise TableRefused(BROKEN_WORKBOOK) from error


def _check_parts(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    """Macro workbooks say so in their content types; a document type is how entity bombs begin."""
    for part in parts:
        if not part.filename.endswith((".xml", ".rels")):
            continue
        with archive.open(part) as file:
            head = file.read(PROLOGUE)
        if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
            raise TableRefused(BROKEN_WORKBOOK)
        if part.filename == "[Content_Types].xml" and b"macroEnabled" in archive.read(part):
            raise TableRefused(MACROS)
