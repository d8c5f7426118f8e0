"""Fields that are encrypted at rest (identity numbers), and keyed digests to find them again."""

import base64
import hashlib
import hmac
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, AESSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

VERSION = "k1."
NONCE_BYTES = 12
KEY_BYTES = 32
NUMBER_BYTES = 8


class Unreadable(ValueError):
    """The stored text was not made with this key, or was changed."""


@lru_cache(maxsize=8)
def _key(secret: str, purpose: bytes) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=purpose).derive(secret.encode())


def encrypt(text: str) -> str:
    """AES-256-GCM with a fresh nonce under settings.KAIXU_FIELD_KEY; two calls never give the same text."""
    nonce = os.urandom(NONCE_BYTES)
    sealed = AESGCM(_key(settings.KAIXU_FIELD_KEY, b"kaixu field")).encrypt(nonce, text.encode(), VERSION.encode())
    return VERSION + base64.urlsafe_b64encode(nonce + sealed).decode()


def decrypt(stored: str) -> str:
    """The text that was encrypted. Raises Unreadable."""
    try:
        raw = base64.urlsafe_b64decode(stored.removeprefix(VERSION).encode())
        key = AESGCM(_key(settings.KAIXU_FIELD_KEY, b"kaixu field"))
        return key.decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], VERSION.encode()).decode()
    except (InvalidTag, ValueError) as error:
        raise Unreadable("this text cannot be decrypted with the present key") from error


def veiled(number: int) -> str:
    """A number below 2^63 as a text of 32 characters that tells neither it nor how far two are apart (AES-SIV).

    Equal numbers give equal texts.
    """
    raw = _siv().encrypt(number.to_bytes(NUMBER_BYTES), None)
    return base64.urlsafe_b64encode(raw).decode()


def unveiled(text: str) -> int:
    """The number of a `veiled` text. Raises Unreadable."""
    try:
        raw = base64.b64decode(text.encode("ascii"), altchars=b"-_", validate=True)
        return int.from_bytes(_siv().decrypt(raw, None))
    except (InvalidTag, ValueError) as error:
        raise Unreadable("this text is no veiled number") from error


def _siv() -> AESSIV:
    return AESSIV(b"".join(_key(settings.KAIXU_FIELD_KEY, purpose) for purpose in (b"kaixu number", b"kaixu siv")))


def keyed_digest(text: str) -> str:
    """HMAC-SHA256 in hex: equal texts are found again, and nobody without the key can try texts out."""
    return hmac.new(_key(settings.KAIXU_FIELD_KEY, b"kaixu digest"), text.encode(), hashlib.sha256).hexdigest()
