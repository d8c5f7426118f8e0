"""Papers of the register as the patentees of the demo hand them in; each says that it is fictional."""

import io
from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from accounts.models import Membership
from foundation.core.actors import SYSTEM
from foundation.core.clock import database_now, local_date
from patents import services as patents
from patents import terms
from patents.models import Patent, RegisterExtract

PAGE, MARGIN = (620, 300), 40
DELIVERED_EVERY = timedelta(days=150)  # the register's data reach the province before the facts grow old


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


def keep_fresh(patent: Patent) -> None:
    """The register's delivery of these days: what was known is still so. Nothing happens where the facts are fresh."""
    patent.refresh_from_db()
    today = local_date(database_now())
    newest = max((said["as_of"] for said in patent.register_facts.values()), default="")
    paid_for = (patent.annual_fee_year or 0) >= terms.patent_year(patent.filing_date, today)
    if paid_for and newest > (today - DELIVERED_EVERY).isoformat():
        return
    patents.update_facts(
        patent=patent,
        facts={name: said["value"] for name, said in patent.register_facts.items()},
        as_of=today,
        annual_fee_year=terms.patent_year(patent.filing_date, today),
        actor=SYSTEM,
    )
