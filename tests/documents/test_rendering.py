"""PDFs: the same data gives the same bytes, the seal holds, the QR code leads to the page."""

import io
from datetime import UTC, datetime

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from foundation.documents import pades, rendering, signing

MADE_AT = datetime(2026, 9, 16, 1, 20, tzinfo=UTC)
FACT = {"zh": "专利", "en": "Patent", "value": "锂离子电池正极材料的低温水相制备方法", "value_en": "Coating"}
SHEET = {
    "site": "https://kaixu.example",
    "number": "JZ-2026-000871-0",
    "facts": [FACT, {**FACT, "value_en": ""}],
    "qr": rendering.qr_svg("https://kaixu.example/c/abc/"),
    "check_url": "https://kaixu.example/c/abc/",
    "code": "ABCD2345",
    "facts_sha256": "0" * 64,
    "issued_at": "2026-09-16 09:20:00 (UTC+8)",
    "demo": True,
}


def certificate_pdf() -> bytes:
    return rendering.render(template="licenses/certificate", data=SHEET, made_at=MADE_AT)


def test_the_same_data_gives_the_same_bytes():
    assert certificate_pdf() == certificate_pdf()


def test_certificate_is_one_page_and_embeds_its_fonts():
    reader = PdfFileReader(io.BytesIO(certificate_pdf()))
    assert reader.root["/Pages"]["/Count"] == 1
    assert b"FontFile" in certificate_pdf()


def test_sealed_pdf_is_intact_and_any_changed_byte_breaks_it():
    sealed = signing.seal(certificate_pdf(), reason="test")
    trust = ValidationContext(trust_roots=[pades._signer().signing_cert])
    signature = PdfFileReader(io.BytesIO(sealed)).embedded_signatures[0]
    status = validate_pdf_signature(signature, trust)
    assert (status.intact, status.valid, status.trusted) == (True, True, True)

    place = sealed.index(b"/Title")
    forged = sealed[:place] + b"/Tital" + sealed[place + 6 :]
    signature = PdfFileReader(io.BytesIO(forged)).embedded_signatures[0]
    assert not validate_pdf_signature(signature, trust).intact


@pytest.mark.parametrize("text", ["https://kaixu.example/c/abc/", "x" * 300])
def test_qr_code_is_drawable_svg(text):
    assert rendering.qr_svg(text).startswith("<svg")
