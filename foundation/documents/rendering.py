"""PDF by typst: the same data gives the same bytes."""

import io
import json
from datetime import datetime
from pathlib import Path

import segno
import typst
from django.conf import settings

TEMPLATES = Path(settings.BASE_DIR) / "templates" / "typst"
FONTS = Path(settings.KAIXU_FONTS_DIR)


def qr_svg(text: str) -> str:
    """The QR code of a text as SVG, error correction M."""
    buffer = io.BytesIO()
    segno.make(text, error="m", micro=False).save(buffer, kind="svg", border=0, xmldecl=False)
    return buffer.getvalue().decode()


def render(*, template: str, data: dict, made_at: datetime) -> bytes:
    """Compile `templates/typst/<template>.typ` with `data` into PDF/A-2b.

    `made_at` (aware) becomes the document's date, so a second rendering gives equal bytes.
    """
    return typst.compile(
        str(TEMPLATES / f"{template}.typ"),
        root=str(TEMPLATES),
        font_paths=[str(FONTS)],
        sys_inputs={"data": json.dumps(data, ensure_ascii=False, default=str)},
        timestamp=made_at.replace(microsecond=0),
        pdf_standards=["a-2b"],
    )
