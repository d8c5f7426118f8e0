"""Papers of the register as the patentees of the demo hand them in; each says that it is fictional."""

import io
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from accounts.models import Membership
from patents import services as patents
from patents.models import Patent, RegisterExtract

PAGE, MARGIN = (620, 300), 40


def paper(lines: list[str]) -> SimpleUploadedFile:
    """A scanned page with these lines."""
    page = Image.new("RGB", PAGE, "white")
    ImageDraw.Draw(page).multiline_text((MARGIN, MARGIN), "\n\n".join(lines), fill="black")
    content = io.BytesIO()
    page.save(content, "PNG")
    return SimpleUploadedFile("register-extract.png", content.getvalue(), "image/png")


def hand_in_lapse(patent: Patent, *, on: date, actor: Membership) -> RegisterExtract:
    """The extract that says the right ended early because the annual fee was not paid."""
    scan = paper(["EXTRACT OF THE PATENT REGISTER (DEMO, FICTIONAL)", f"ZL {patent.number}", f"Lapsed, {on:%Y-%m-%d}"])
    return patents.submit_extract(
        patent=patent, fact="status", value="lapsed", extract_date=on, upload=scan, actor=actor
    )
