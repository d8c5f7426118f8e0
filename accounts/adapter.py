"""What allauth does our way: mails through the outbox, the account in the language of the page."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language

from accounts.services.sign_ins import note_new_device
from foundation.core import handlers

DEVICE_COOKIE = "kaixu_devices"  # signed: who signed in with this browser before
DEVICE_KEPT = 365 * 24 * 3600  # seconds
MOST_PEOPLE = 10  # remembered by one browser


class Adapter(DefaultAccountAdapter):
    """Named by settings.ACCOUNT_ADAPTER."""

    def save_user(self, request, user, form, commit=True):
        """A new account reads the language in which it was opened."""
        user.language = "en" if (get_language() or "").startswith("en") else "zh-hans"
        return super().save_user(request, user, form, commit)

    def post_login(self, request, user, **more):
        """Tell the person about a browser that was not used for the account before; not when it was just opened."""
        response = super().post_login(request, user, **more)
        known = request.get_signed_cookie(DEVICE_COOKIE, default="", max_age=DEVICE_KEPT).split(".")
        mark = salted_hmac(DEVICE_COOKIE, str(user.pk)).hexdigest()[:16]
        if mark not in known and not more.get("signup"):
            note_new_device(user=user)
        kept = [mark, *(other for other in known if other and other != mark)][:MOST_PEOPLE]
        secure = settings.SESSION_COOKIE_SECURE
        response.set_signed_cookie(
            DEVICE_COOKIE, ".".join(kept), max_age=DEVICE_KEPT, httponly=True, secure=secure, samesite="Lax"
        )
        return response

    def send_mail(self, template_prefix, email, context):
        """Leave the mail with the outbox: a mail server that is down stops nobody."""
        user = context.get("user")
        language = getattr(user, "language", None) or get_language()
        with translation.override(language):
            subject = " ".join(render_to_string(f"{template_prefix}_subject.txt", context).split())
            text = render_to_string(f"{template_prefix}_message.txt", context)
            try:
                html = render_to_string(f"{template_prefix}_message.html", context)
            except TemplateDoesNotExist:
                html = ""
        handlers.call(
            "mail.post",
            address=email,
            subject=subject,
            text=text,
            html=html,
            user_id=getattr(user, "pk", None),
        )
