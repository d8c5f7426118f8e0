"""A PDF without what says who wrote it. Loads pyHanko: reach it through `blind`."""

import io
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer

# XMP, what the program that made it keeps, files inside the file, and who signed
NAMING = ("/Metadata", "/PieceInfo", "/EmbeddedFiles", "/AF", "/Collection")
SIGNED = ("/Contents", "/Cert", "/Name", "/Reason", "/Location", "/ContactInfo")
PDF_ERRORS = (PdfError, KeyError, ValueError, TypeError, RecursionError, NotImplementedError)


def stripped(content: bytes) -> bytes:
    """The pages alone: only what they need is copied, so earlier revisions go as well. Raises PDF_ERRORS."""
    writer = copy_into_new_writer(PdfFileReader(io.BytesIO(content), strict=False), {"info": None})
    for key, thing in list(writer.objects.items()):
        if isinstance(thing, generic.StreamObject) and thing.get("/Type") == "/Metadata":
            del writer.objects[key]
        else:
            _clean(thing)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _clean(thing: Any) -> None:
    """Take the naming entries out of an object and of those that stand directly in it."""
    if isinstance(thing, generic.DictionaryObject):
        signature = thing.get("/Type") in ("/Sig", "/DocTimeStamp")
        note = "/Subtype" in thing and "/Rect" in thing and "/FT" not in thing  # an annotation: /T is its author
        for name in (*NAMING, *(SIGNED if signature else ()), *(("/T",) if note else ())):
            thing.pop(generic.pdf_name(name), None)
        for name in list(thing):
            _clean(thing.raw_get(name))
    elif isinstance(thing, generic.ArrayObject):
        for one in thing:
            _clean(one)
