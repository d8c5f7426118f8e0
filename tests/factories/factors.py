"""Second factors as people have them: an app's secret, recovery codes, a security key."""

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.mfa.webauthn.internal.auth import WebAuthn
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import sha256, websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData

FLAGS = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.AT


def credential(name: bytes) -> dict:
    """What a browser sends when a security key is registered."""
    key = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    attested = AttestedCredentialData.create(Aaguid.NONE, name, key)
    data = AuthenticatorData.create(sha256(b"testserver"), FLAGS, 0, attested)
    response = {
        "clientDataJSON": websafe_encode(b'{"type":"webauthn.create","challenge":"","origin":"https://testserver"}'),
        "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
    }
    return {"id": websafe_encode(name), "rawId": websafe_encode(name), "type": "public-key", "response": response}


def equip(user) -> Authenticator:
    """An app, recovery codes and a security key; the key's row is returned."""
    TOTP.activate(user, generate_totp_secret())
    RecoveryCodes.activate(user)
    return WebAuthn.add(user, "key", credential(f"key-{user.pk}".encode())).instance
