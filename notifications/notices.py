"""Where apps say who is told: ``notices.register("licenses.license.effective", ...)`` in their wiring."""

from foundation.audit import subscriptions
from foundation.core.marks import Counted
from notifications import catalog, services

SUBSCRIBER = "notifications.notify"


def register(event_name, *, recipients, subject, template="", url=None, url_for=None) -> None:
    """Tell people about an event, on the site and by e-mail.

    ``recipients(event)`` yields (user id, why); both ``subject`` and ``why`` are marked texts with
    ``{number}``, ``{reason}`` and the event's facts. ``template`` ("notices/<app>/<name>.txt", the
    ending may be left out) is the body of the mail, rendered with event, facts, number, reason,
    user, url, sentence (of the history) and why; without one the subject is the message. ``url(event)`` is where it
    leads; where that depends on who reads it, ``url_for(event, user)``: it must be a page that this person may open.
    Each person is told once per event. Raises HandlerTaken for a second row of an event.
    """
    path = template if not template or template.endswith(".txt") else f"{template}.txt"
    text = subject if isinstance(subject, Counted) else str(subject)
    catalog.add(catalog.Spec(event_name, recipients, text, path, url, url_for))
    subscriptions.subscribe(event_name, SUBSCRIBER, services.notify)
