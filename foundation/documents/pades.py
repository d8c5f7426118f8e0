"""The platform's electronic seal on a PDF (PAdES, by pyHanko).

Production names a PKCS#12 file from a licensed certification authority (Electronic Signature Law
Art. 13); elsewhere a self-signed seal is made once in the data folder and says so in its name.
"""

import fcntl
import io
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from django.conf import settings
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers

SELF_SIGNED_NAME = "Kaixu development seal (not a qualified certificate)"


def seal(pdf: bytes, *, reason: str) -> bytes:
    """The PDF with the platform's signature appended; the original bytes stay a prefix of it."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    metadata = signers.PdfSignatureMetadata(field_name="Seal", reason=reason, name="Kaixu")
    return signers.sign_pdf(writer, metadata, signer=_signer()).getvalue()


def is_readable_pdf(content: bytes) -> bool:
    """Whether the bytes are a PDF with pages that opens without a password."""
    try:
        reader = PdfFileReader(io.BytesIO(content), strict=False)
        return not reader.encrypted and reader.root["/Pages"]["/Count"] > 0
    except (PdfError, KeyError, ValueError, TypeError, RecursionError):
        return False


@cache
def _signer() -> signers.SimpleSigner:
    path = Path(settings.KAIXU_SEAL_PKCS12)
    password = settings.KAIXU_SEAL_PASSWORD.encode()
    if not path.exists() and settings.KAIXU_SEAL_SELF_SIGNED:
        _make_self_signed(path, password)
    return signers.SimpleSigner.load_pkcs12_data(path.read_bytes(), other_certs=[], passphrase=password or None)


def _make_self_signed(path: Path, password: bytes) -> None:
    """Make the seal once, however many processes ask for it at the same time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if path.exists():
            return
        draft = path.with_suffix(".draft")
        draft.write_bytes(_self_signed(password))
        draft.chmod(0o600)
        draft.replace(path)


def _self_signed(password: bytes) -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, SELF_SIGNED_NAME)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=3650))
        .add_extension(
            x509.KeyUsage(True, True, False, False, False, False, False, False, False),
            critical=True,
        )
        .sign(key, hashes.SHA256())
    )
    encryption = serialization.BestAvailableEncryption(password) if password else serialization.NoEncryption()
    return pkcs12.serialize_key_and_certificates(b"seal", key, certificate, None, encryption)
