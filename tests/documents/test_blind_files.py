"""Files for a blind panel carry nothing that says who made them."""

import io

import pytest
from PIL import Image, PngImagePlugin
from pyhanko.pdf_utils import generic, writer

from foundation.documents import blind
from foundation.documents.uploads import content_type_of

MARK = "NANJING-CANARY"


def pdf() -> bytes:
    """One page with an author, XMP and a note by somebody."""
    name, text = generic.pdf_name, generic.pdf_string
    made = writer.PdfFileWriter(info=generic.DictionaryObject({name("/Author"): text(MARK)}), stream_xrefs=False)
    contents = made.add_object(generic.StreamObject(stream_data=b"q 0 0 10 10 re f Q"))
    page = writer.PageObject(contents=contents, media_box=(0, 0, 100, 100))
    note = {"/Type": name("/Annot"), "/Subtype": name("/Text"), "/T": text(MARK), "/Contents": text("note")}
    note["/Rect"] = generic.ArrayObject([generic.NumberObject(n) for n in (1, 1, 9, 9)])
    made_note = generic.DictionaryObject({name(key): value for key, value in note.items()})
    page[name("/Annots")] = generic.ArrayObject([made.add_object(made_note)])
    made.insert_page(page)
    xmp = generic.StreamObject({name("/Type"): name("/Metadata")}, stream_data=f"<x>{MARK}</x>".encode())
    made.root[name("/Metadata")] = made.add_object(xmp)
    out = io.BytesIO()
    made.write(out)
    return out.getvalue()


def picture(kind: str) -> bytes:
    """With everything a camera or a program writes beside the pixels."""
    out, image = io.BytesIO(), Image.new("RGB", (8, 4), "red")
    exif = Image.Exif()
    exif[0x013B], exif[0x0112] = MARK, 6  # the artist; turned by 90 degrees
    told = PngImagePlugin.PngInfo()
    told.add_text("Author", MARK)
    image.save(out, kind, exif=exif, **({"pnginfo": told} if kind == "PNG" else {"comment": MARK.encode()}))
    return out.getvalue()


@pytest.mark.parametrize("content", [pdf(), picture("PNG"), picture("JPEG")], ids=["PDF", "PNG", "JPEG"])
def test_a_blind_file_names_nobody_and_is_still_the_same_kind(content):
    kind = content_type_of(content)
    assert MARK.encode() in content
    plain = blind.without_metadata(content, kind)
    assert MARK.encode() not in plain and content_type_of(plain) == kind
    if kind == "application/pdf":
        assert b"0 0 10 10 re f" in plain and b"note" in plain
    else:
        with Image.open(io.BytesIO(plain)) as image:
            assert image.size == (4, 8) and not image.getexif()  # as it was turned


def test_a_file_that_cannot_be_cleaned_is_not_shown():
    for kind in ("application/pdf", "image/png"):
        with pytest.raises(blind.MetadataStays):
            blind.without_metadata(b"%PDF-1.7 nothing", kind)
