"""What a file is, judged by its content and never by its name."""

import io

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from PIL import Image, UnidentifiedImageError

from foundation.core.errors import DomainError
from foundation.documents import signing

HTML_MARKS = (b"<html", b"<script", b"<!doctype", b"<svg", b"<?xml")


class FileRefused(DomainError):
    """The upload is none of the accepted kinds."""

    code = "file_refused"
    status = 400
    field = "file"
    message = _("Use a PDF, PNG or JPEG file that opens without a password.")


class FileEmpty(FileRefused):
    """Zero bytes."""

    code = "file_empty"
    message = _("This file is empty. Choose another one.")


class FileTooLarge(FileRefused):
    """Above the limit of settings.KAIXU_UPLOAD_MAX_BYTES."""

    code = "file_too_large"
    message = _("This file is larger than {limit_mb} MB. Choose a smaller one.")


def content_type_of(content: bytes) -> str:
    """`application/pdf`, `image/png` or `image/jpeg`.

    Raises FileEmpty, FileTooLarge, FileRefused (wrong kind, encrypted, broken, or a mixture with HTML).
    """
    limit = settings.KAIXU_UPLOAD_MAX_BYTES
    if not content:
        raise FileEmpty
    if len(content) > limit:
        raise FileTooLarge(limit_mb=limit // 2**20)
    if any(mark in content[:1024].lower() for mark in HTML_MARKS):
        raise FileRefused
    if content.startswith(b"%PDF-"):
        return _pdf(content)
    return _image(content)


def _pdf(content: bytes) -> str:
    if not signing.is_readable_pdf(content):
        raise FileRefused
    return "application/pdf"


def _image(content: bytes) -> str:
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as image:
            image.verify()
            return f"image/{image.format.lower()}"
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise FileRefused from error
