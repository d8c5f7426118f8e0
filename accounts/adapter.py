"""What allauth does our way: mails through the outbox, the account in the language of the page."""

from allauth.account.adapter import DefaultAccountAdapter
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import get_language

from foundation.core import handlers


class Adapter(DefaultAccountAdapter):
    """Named by settings.ACCOUNT_ADAPTER."""

    def save_user(self, request, user, form, commit=True):
        """A new account reads the language in which it was opened."""
        user.language = "en" if (get_language() or "").startswith("en") else "zh-hans"
        return super().save_user(request, user, form, commit)

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
