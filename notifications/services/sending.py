"""Sending what waits. Rows are claimed by a lease, so that a killed worker's mails go out later."""

import logging
from datetime import timedelta
from smtplib import SMTPConnectError, SMTPException, SMTPServerDisconnected

from django.core.mail import get_connection
from django.db import transaction
from django.utils import translation

from accounts import queries as accounts
from foundation.core import clock
from notifications import rendering, searches
from notifications.channels import email
from notifications.models import Dispatch

CHUNK = 20
LEASE = timedelta(minutes=5)
MOST_ATTEMPTS = 30
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=10), timedelta(minutes=2)
log = logging.getLogger(__name__)


def send_waiting(*, limit=200):
    """Send what is due, oldest first, in chunks; stops when the mail server is away. Returns how many."""
    sent = 0
    while sent < limit:
        chunk = _claim()
        if not chunk:
            return sent
        done = _send(chunk)
        sent += done
        if done < len(chunk):
            return sent
    return sent


def _claim():
    """Take the next rows for the time of a lease: nobody else sends them meanwhile."""
    now = clock.machine_now()
    with transaction.atomic():
        rows = list(
            Dispatch.objects.select_for_update(skip_locked=True, of=("self",))
            .filter(state=Dispatch.State.WAITING, next_try_at__lte=now)
            .select_related("user", "event", "invitation__organization")
            .order_by("pk")[:CHUNK]
        )
        Dispatch.objects.filter(pk__in=[row.pk for row in rows]).update(next_try_at=now + LEASE)
    return rows


def _send(chunk):
    """Send a chunk over one connection; returns how many rows are settled."""
    connection = get_connection()
    try:
        for index, dispatch in enumerate(chunk):
            if not _send_one(dispatch, connection):
                _release(chunk[index + 1 :])
                return index
    finally:
        try:
            connection.close()
        except (OSError, SMTPException):
            log.debug("the mail server was gone before we left")
    return len(chunk)


def _send_one(dispatch, connection):
    """Whether to go on: False when the mail server is away."""
    try:
        message = written(dispatch)
        if message is None:
            _settle(dispatch, Dispatch.State.DEAD, "nothing left to tell")
            return True
        email.deliver(dispatch, message, connection)
    except email.Refused as error:
        _settle(dispatch, Dispatch.State.DEAD, str(error))
        return True
    except (OSError, SMTPException) as error:
        log.warning("mail %s waits: %s", dispatch.pk, error)
        _try_later(dispatch, error)
        return not is_away(error)
    except Exception as error:  # a text that cannot be rendered must not stop the others
        log.exception("mail %s cannot be written", dispatch.pk)
        _try_later(dispatch, error)
        return True
    _settle(dispatch, Dispatch.State.SENT, "")
    return True


def is_away(error):
    """Whether the mail server cannot be reached at all, so that no other mail could go either."""
    if isinstance(error, SMTPServerDisconnected | SMTPConnectError):
        return True
    return isinstance(error, OSError) and not isinstance(error, SMTPException)


def written(dispatch):
    """The words of a dispatch, in its reader's language; None when nothing is left to tell."""
    if dispatch.kind == Dispatch.Kind.LETTER:
        return rendering.letter_mail(dispatch)
    if dispatch.kind == Dispatch.Kind.NOTICE:
        return rendering.notice_mail(dispatch)
    groups = _groups(dispatch)
    return rendering.digest_mail(dispatch.user, groups) if groups else None


def _groups(dispatch):
    """The hits of a digest by search, without what is gone or hidden by now."""
    by_search = {}
    membership = accounts.memberships_of(dispatch.user).first()
    for hit in dispatch.hits.select_related("search").order_by("search_id", "pk"):
        by_search.setdefault(hit.search, []).append(hit.object_id)
    groups = []
    with translation.override(dispatch.user.language):
        for search, ids in by_search.items():
            kind = searches.find(search.kind)
            params = kind.parse(search.query)
            objects = list(kind.queryset(params, membership).filter(pk__in=ids))
            if objects:
                groups.append((search, kind, params, objects))
    return groups


def _settle(dispatch, state, error):
    """The end of a dispatch; a letter's text (links with keys) is erased."""
    now = clock.machine_now()
    Dispatch.objects.filter(pk=dispatch.pk).update(
        state=state,
        attempts=dispatch.attempts + 1,
        sent_at=now if state == Dispatch.State.SENT else None,
        last_error=error[:300],
        text="",
        html="",
    )


def _try_later(dispatch, error):
    attempts = dispatch.attempts + 1
    wait = min(FIRST_WAIT * 2 ** min(attempts - 1, 6), LONGEST_WAIT)
    # A mail server that is away is no fault of the mail: only what fails by itself is given up.
    gives_up = attempts >= MOST_ATTEMPTS and not is_away(error)
    Dispatch.objects.filter(pk=dispatch.pk).update(
        state=Dispatch.State.DEAD if gives_up else Dispatch.State.WAITING,
        attempts=attempts,
        next_try_at=clock.machine_now() + wait,
        last_error=f"{type(error).__name__}: {error}"[:300].replace("\x00", ""),
    )


def _release(rows):
    """Give back what was claimed and not tried."""
    Dispatch.objects.filter(pk__in=[row.pk for row in rows]).update(next_try_at=clock.machine_now() + FIRST_WAIT)
