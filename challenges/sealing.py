"""Sealed means sealed: what is here reads nothing without the shares of two openers.

Every copy has a random key of its own (XSalsa20-Poly1305). For each ordered pair of openers that key lies in two sealed
boxes (Curve25519), one inside the other, so both private halves are needed: whoever comes first takes the outer box
off, whoever comes second the inner one, and neither share is ever kept. The platform has public halves only; a private
half is handed to its holder once, itself encrypted under a passphrase (Argon2id). With three openers any two suffice: a
lost share loses nothing (docs/operations/opening.md).

All of it is PyNaCl's; nothing is invented here. Pure: no database.
"""

import hashlib
import hmac
import itertools
import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from nacl import pwhash
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.secret import SecretBox
from nacl.utils import random

SHARE_KIND = "kaixu opener share 1"
# What a new share's passphrase costs to try; each share says its own, so that it is read after these were raised.
OPERATIONS, MEMORY = pwhash.argon2id.OPSLIMIT_INTERACTIVE, pwhash.argon2id.MEMLIMIT_INTERACTIVE
MOST_OPERATIONS, MOST_MEMORY = pwhash.argon2id.OPSLIMIT_SENSITIVE, pwhash.argon2id.MEMLIMIT_MODERATE
LEAST_OPENERS = 2
PASSPHRASE_LENGTH = 12


class Sealed(ValueError):
    """These shares do not open this copy, or it was changed."""


class ShareUnreadable(ValueError):
    """Not a share, or another passphrase."""


@dataclass(frozen=True, slots=True)
class Copy:
    """What is stored of a submission, and the receipt, which is not."""

    ciphertext: bytes
    boxes: list[dict]
    sha256: str  # of the ciphertext
    content_sha256: str  # keyed by the receipt
    receipt: str


def new_share(passphrase: str) -> tuple[str, str]:
    """A new opener's public key (base64) and private half, encrypted under the passphrase, as a file's text."""
    key, salt = PrivateKey.generate(), random(pwhash.argon2id.SALTBYTES)
    box = SecretBox(_stretched(passphrase, salt, OPERATIONS, MEMORY))
    share = {
        "kind": SHARE_KIND,
        "operations": OPERATIONS,
        "memory": MEMORY,
        "fingerprint": fingerprint(b64(bytes(key.public_key))),
        "salt": b64(salt),
        "sealed": b64(bytes(box.encrypt(bytes(key)))),
    }
    return b64(bytes(key.public_key)), json.dumps(share, indent=1)


def read_share(text: str, passphrase: str) -> PrivateKey:
    """The private half in a share file. Raises ShareUnreadable."""
    try:
        share = json.loads(text)
        if share["kind"] != SHARE_KIND:
            raise ShareUnreadable("not a share")
        cost = min(share["operations"], MOST_OPERATIONS), min(share["memory"], MOST_MEMORY)
        stretched = _stretched(passphrase, b64decode(share["salt"]), *cost)
        key = PrivateKey(SecretBox(stretched).decrypt(b64decode(share["sealed"])))
    except (CryptoError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise ShareUnreadable("not a share, or another passphrase") from error
    return key


def fingerprint(public_key: str) -> str:
    """SHA-256 of a public key, hex: what people compare."""
    return hashlib.sha256(b64decode(public_key)).hexdigest()


def of(key: PrivateKey) -> str:
    """The fingerprint of a private half's public key."""
    return fingerprint(b64(bytes(key.public_key)))


def new_receipt() -> str:
    """A key for one copy (base64): made beforehand, a repeated submission can be known by it."""
    return b64(random(SecretBox.KEY_SIZE))


def seal(content: bytes, public_keys: Iterable[str], receipt: str = "") -> Copy:
    """Seal content so that any two of these openers can open it together, under ``receipt`` or a new one.

    Raises ValueError for fewer than two openers or what is no receipt.
    """
    keys = {fingerprint(one): PublicKey(b64decode(one)) for one in public_keys}
    if len(keys) < LEAST_OPENERS:
        raise ValueError("two openers at least")
    secret = b64decode(receipt or new_receipt(), validate=True)
    ciphertext = bytes(SecretBox(secret).encrypt(content))
    boxed = {name: SealedBox(key).encrypt(secret) for name, key in keys.items()}
    boxes = [
        {"outer": outer, "inner": inner, "box": b64(SealedBox(keys[outer]).encrypt(boxed[inner]))}
        for outer, inner in itertools.permutations(sorted(keys), LEAST_OPENERS)
    ]
    return Copy(ciphertext, boxes, hashlib.sha256(ciphertext).hexdigest(), keyed(content, secret), b64(secret))


def take_outer(boxes: Iterable[Mapping], key: PrivateKey) -> list[dict]:
    """What is left when the first opener took the outer boxes off: each needs another opener. Raises Sealed."""
    mine = [row for row in boxes if row["outer"] == of(key)]
    if not mine:
        raise Sealed("this copy was not sealed for this opener")
    return [{"inner": row["inner"], "box": b64(_opened(row["box"], key))} for row in mine]


def take_inner(ciphertext: bytes, boxes: Iterable[Mapping], key: PrivateKey) -> bytes:
    """The content, by the second opener's key, from what `take_outer` left. Raises Sealed."""
    for row in boxes:
        if row["inner"] == of(key):
            try:
                return _decrypt(ciphertext, _opened(row["box"], key))
            except (CryptoError, ValueError) as error:
                raise Sealed("this copy was changed") from error
    raise Sealed("it takes the shares of two of its openers")


def _opened(box: str, key: PrivateKey) -> bytes:
    try:
        return SealedBox(key).decrypt(b64decode(box))
    except (CryptoError, ValueError) as error:
        raise Sealed("this copy was changed") from error


def reread(ciphertext: bytes, receipt: str) -> bytes:
    """The content, by the receipt the team was given when it submitted. Raises Sealed."""
    try:
        return _decrypt(ciphertext, b64decode(receipt, validate=True))
    except (CryptoError, ValueError, TypeError) as error:
        raise Sealed("not the receipt of this copy") from error


def fits(ciphertext: bytes, receipt: str) -> bool:
    """Whether this is the receipt of the copy."""
    try:
        reread(ciphertext, receipt)
    except Sealed:
        return False
    return True


def keyed(content: bytes, secret: bytes) -> str:
    """HMAC of the content under the copy's key: proves it later, and lets nobody try out what it might say."""
    return hmac.new(secret, content, hashlib.sha256).hexdigest()


def b64(raw: bytes) -> str:
    return b64encode(raw).decode()


def _decrypt(ciphertext: bytes, secret: bytes) -> bytes:
    return SecretBox(secret).decrypt(ciphertext)


def _stretched(passphrase: str, salt: bytes, operations: int, memory: int) -> bytes:
    return pwhash.argon2id.kdf(
        SecretBox.KEY_SIZE, passphrase.encode(), salt, opslimit=operations, memlimit=memory
    )  # fmt: skip
