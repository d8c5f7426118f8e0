"""A sign-in from a browser that was not used for the account before: its owner is told, whatever they switched off."""

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from foundation import audit
from foundation.core import handlers
from foundation.core.actors import Actor
from foundation.core.clock import database_now
from foundation.core.display import moment

TEMPLATES = "account/email/new_device"


@transaction.atomic
def note_new_device(*, user) -> None:
    """Record the sign-in and leave a mail to the account's address with the outbox. No address of a machine is kept."""
    actor = Actor(user_id=user.pk, role="user")
    audit.record("accounts.user.new_device", subject=user, actor=actor, visibility="private")
    with translation.override(user.language):
        context = {
            "user": user,
            "at": moment(database_now()),
            "sessions_url": settings.KAIXU_PUBLIC_URL + reverse("usersessions_list"),
            "password_url": settings.KAIXU_PUBLIC_URL + reverse("account_reset_password"),
        }
        subject = " ".join(render_to_string(f"{TEMPLATES}_subject.txt", context).split())
        text = render_to_string(f"{TEMPLATES}_message.txt", context)
    handlers.call("mail.post", address=user.email, subject=subject, text=text, html="", user_id=user.pk)
