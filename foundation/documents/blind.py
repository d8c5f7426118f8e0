"""Files for readers who must not learn who made them: without author, camera, place and program."""

import io
from importlib import import_module

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from foundation.core.errors import DomainError

STRIPPED_PDF = "foundation.documents.stripped_pdf"  # half a second to load, and few need it
SUFFIXES = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}
KEPT = ("icc_profile", "transparency")  # what the picture looks like
QUALITY = 92


class MetadataStays(DomainError):
    """What says who made a file cannot be taken out of it."""

    code = "metadata_stays"
    message = _("This file cannot be shown without saying who made it. Tell the officer who conducts the panel.")


def without_metadata(content: bytes, content_type: str) -> bytes:
    """The same pages or picture; a PDF loses its signatures. Raises MetadataStays."""
    if content_type == "application/pdf":
        module = import_module(STRIPPED_PDF)
        try:
            return module.stripped(content)
        except module.PDF_ERRORS as error:
            raise MetadataStays() from error
    try:
        return _picture(content)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise MetadataStays() from error


def _picture(content: bytes) -> bytes:
    out = io.BytesIO()
    with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as image:
        turned = ImageOps.exif_transpose(image)
        turned.info = {name: value for name, value in turned.info.items() if name in KEPT}
        more = {"quality": QUALITY} if image.format == "JPEG" else {}
        turned.save(out, image.format, exif=b"", **more)
    return out.getvalue()
