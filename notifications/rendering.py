"""Words, made when they are read or sent, from the facts, in the reader's language."""

from dataclasses import dataclass
from urllib.parse import urljoin

from django.conf import settings
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.urls import reverse
from django.utils import translation

from foundation import audit
from notifications import catalog
from notifications.models import SavedSearch


@dataclass(frozen=True)
class Message:
    """A mail in words. ``headers`` are those of RFC 8058 where it can be unsubscribed."""

    subject: str
    text: str
    html: str
    headers: dict


def absolute(path):
    """A path as people outside can open it."""
    return urljoin(settings.KAIXU_PUBLIC_URL + "/", path.lstrip("/")) if path else ""


def filled(template, event):
    """A marked text in the language of now, with the event's facts in it."""
    return audit.phrases.fill(template, event) if template else ""


def title_of(event):
    """The sentence of a notice: its subject, else what the history says."""
    spec = catalog.find(event.name)
    return filled(spec.subject, event) if spec else audit.describe(event)


def address_of(event, user):
    """Where a notice leads its reader; empty where it leads nowhere."""
    spec = catalog.find(event.name)
    return spec.address(event, user) if spec else ""


def plain(template, context):
    """A text template with nothing escaped: it is read as text."""
    return get_template(template).template.render(Context(context, autoescape=False)).strip()


def notice_mail(dispatch):
    """The mail about an event, in the language of its reader."""
    event, user = dispatch.event, dispatch.user
    spec = catalog.find(event.name)
    language = user.language if user else dispatch.invitation.language
    with translation.override(language):
        address = absolute(address_of(event, user))
        if dispatch.invitation:
            address = absolute(reverse("accounts:invitation", args=[dispatch.invitation.token]))
        context = {
            "event": event,
            "facts": audit.phrases.facts_of(event),
            "number": event.subject_number,
            "reason": event.reason,
            "user": user,
            "invitation": dispatch.invitation,
            "url": address,
            "why": filled(dispatch.why, event),
        }
        subject = title_of(event)
        context["sentence"] = audit.describe(event) if audit.phrases.knows(event.name) else subject
        body = plain(spec.template, context) if spec and spec.template else audit.describe(event)
        return _mail(subject, body, context | {"name": getattr(user, "name", "")})


def digest_mail(user, groups):
    """New hits of saved searches: groups of (search, kind, params, objects), in the user's language."""
    with translation.override(user.language):
        parts = [
            {
                "search": search,
                "why": kind.describe(params),
                "list_url": absolute(kind.list_url(search.query)),
                "unsubscribe_url": unsubscribe_url([search]),
                "rows": [
                    {
                        "title": kind.title(one),
                        "detail": kind.detail(one),
                        "url": absolute(kind.url(one)),
                    }
                    for one in objects
                ],
            }
            for search, kind, params, objects in groups
        ]
        count = sum(len(part["rows"]) for part in parts)
        subject = translation.ngettext(
            "%(count)d new result for your searches",
            "%(count)d new results for your searches",
            count,
        ) % {"count": count}
        context = {
            "parts": parts,
            "count": count,
            "name": user.name,
            "subject": subject,
            "searches_url": absolute(reverse("notifications:searches")),
            "language": user.language,
        }
        searches = [search for search, *_rest in groups]
        return Message(
            subject=subject,
            text=plain("notices/digest.txt", context) + "\n",
            html=render_to_string("notices/digest.html", context),
            headers={
                "List-Unsubscribe": f"<{unsubscribe_url(searches)}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            },
        )


def feed_url(search):
    """The Atom feed of a saved search."""
    return absolute(reverse("notifications:feed", args=[search.key]))


def unsubscribe_url(searches):
    """One link that ends the mails of these searches."""
    token = SavedSearch.unsubscribe_token_for(searches)
    return absolute(reverse("notifications:unsubscribe", args=[token]))


def letter_mail(dispatch):
    """A letter as it was written; without an HTML part of its own it gets the plain frame."""
    if dispatch.html:
        return Message(dispatch.subject, dispatch.text, dispatch.html, {})
    language = dispatch.user.language if dispatch.user else translation.get_language()
    with translation.override(language):
        context = {"subject": dispatch.subject, "body": dispatch.text, "language": language}
        html = render_to_string("notices/frame.html", context)
    return Message(dispatch.subject, dispatch.text, html, {})


def _mail(subject, body, context):
    context = context | {
        "subject": subject,
        "body": body,
        "language": translation.get_language(),
        "preferences_url": absolute(reverse("notifications:preferences")),
    }
    return Message(
        subject=subject,
        text=plain("notices/frame.txt", context) + "\n",
        html=render_to_string("notices/frame.html", context),
        headers={},
    )
