"""Keys of the API. Who asks is checked before, in `accounts.authentication`."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from knox.models import get_token_model

from foundation import audit
from foundation.core.actors import Actor
from foundation.core.clock import machine_now


@transaction.atomic
def issue_token(*, user):
    """A new token that ends after settings.KAIXU_TOKEN_HOURS; returns (stored row, token text).

    The person's tokens that have ended are swept away here, not with each request.
    """
    get_token_model().objects.filter(user=user, expiry__lt=machine_now()).delete()
    stored, text = get_token_model().objects.create(user=user, expiry=timedelta(hours=settings.KAIXU_TOKEN_HOURS))
    _note("accounts.token.issued", user)
    return stored, text


@transaction.atomic
def revoke_token(*, token):
    """End a token at once."""
    user = token.user
    token.delete()
    _note("accounts.token.revoked", user)


def _note(name, user):
    audit.record(name, subject=user, actor=Actor(user_id=user.pk, role="user"), visibility="private")
