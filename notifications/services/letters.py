"""Letters of the account itself: confirm an address, reset a password."""

from notifications.models import Dispatch


def post_letter(*, address, subject, text, html="", user_id=None):
    """Leave a letter with the outbox; it is sent within seconds, or when the mail server is back."""
    return Dispatch.objects.create(
        kind=Dispatch.Kind.LETTER,
        address=address,
        subject=subject[:300],
        text=text,
        html=html,
        user_id=user_id,
    )
