"""Hands one message to the mail server."""

from smtplib import SMTPRecipientsRefused, SMTPResponseException
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

PERMANENT = range(500, 600)


class Refused(Exception):
    """The mail server will never take this message: trying again is of no use."""


def message_id(dispatch):
    """The Message-ID of a dispatch: the same in every try, so that a mail sent twice is seen once."""
    host = urlsplit(settings.KAIXU_PUBLIC_URL).hostname or "localhost"
    return f"<{dispatch.message_id}@{host}>"


def deliver(dispatch, message, connection):
    """Send. Raises Refused for what is permanent, OSError or SMTPException for what may pass."""
    mail = EmailMultiAlternatives(
        subject=" ".join(message.subject.split()),
        body=message.text,
        to=[dispatch.address],
        headers={
            "Message-ID": message_id(dispatch),
            "Auto-Submitted": "auto-generated",
            **message.headers,
        },
        connection=connection,
    )
    mail.attach_alternative(message.html, "text/html")
    try:
        mail.send()
    except SMTPRecipientsRefused as error:
        codes = [code for code, _text in error.recipients.values()]
        if codes and all(code in PERMANENT for code in codes):
            raise Refused(str(error)) from error
        raise
    except SMTPResponseException as error:
        if error.smtp_code in PERMANENT:
            raise Refused(str(error)) from error
        raise
    except ValueError as error:  # BadHeaderError: a line break in a header
        raise Refused(str(error)) from error
