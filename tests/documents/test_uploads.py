"""What a file is, is judged by its content."""

import io

import pytest
from PIL import Image

from foundation.documents import uploads
from tests.documents.test_rendering import certificate_pdf


def png() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (4, 4)).save(buffer, "PNG")
    return buffer.getvalue()


def test_pdf_and_pictures_are_accepted_whatever_their_name():
    assert uploads.content_type_of(certificate_pdf()) == "application/pdf"
    assert uploads.content_type_of(png()) == "image/png"


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", uploads.FileEmpty),
        (b"plain text", uploads.FileRefused),
        (b"%PDF-1.7 and nothing else", uploads.FileRefused),
        (b"%PDF-1.7\n<html><script>alert(1)</script>", uploads.FileRefused),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", uploads.FileRefused),
        (b"PK\x03\x04" + b"\0" * 50, uploads.FileRefused),
        (b"\x89PNG\r\n\x1a\nbroken", uploads.FileRefused),
        (b"GIF89a" + b"\0" * 20, uploads.FileRefused),
    ],
    ids=["empty", "text", "cut pdf", "polyglot", "svg", "zip", "broken png", "gif"],
)
def test_everything_else_is_refused_with_a_sentence(content, error):
    with pytest.raises(error) as refusal:
        uploads.content_type_of(content)
    assert refusal.value.status == 400
    assert refusal.value.sentence


def test_file_above_the_limit_is_refused_with_the_limit(settings):
    settings.KAIXU_UPLOAD_MAX_BYTES = 2**20
    with pytest.raises(uploads.FileTooLarge) as refusal:
        uploads.content_type_of(b"x" * (2**20 + 1))
    assert "1" in refusal.value.sentence
