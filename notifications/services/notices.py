"""Telling people about an event: once each, on the site and by e-mail."""

from django.db import transaction

from accounts.models import Invitation, User
from foundation.core.clock import database_now
from notifications import catalog, queries
from notifications.models import Dispatch, Notice
from notifications.models.messages import Channel


@transaction.atomic
def notify(event):
    """Make the notices and mails of an event; a repeat makes none. For the outbox."""
    spec = catalog.find(event.name)
    if spec is None:
        return 0
    why = {}
    for user_id, reason in spec.recipients(event):
        why.setdefault(user_id, str(reason))
    users = {user.pk: user for user in User.objects.filter(pk__in=why, is_active=True)}
    quiet = queries.switched_off(users, spec.topic, Channel.INBOX)
    Notice.objects.bulk_create(
        [Notice(user=user, event=event, name=event.name, why=why[pk]) for pk, user in users.items() if pk not in quiet],
        ignore_conflicts=True,
    )
    unwanted = queries.switched_off(users, spec.topic, Channel.EMAIL)
    Dispatch.objects.bulk_create(
        [
            Dispatch(
                kind=Dispatch.Kind.NOTICE,
                user=user,
                event=event,
                address=user.email,
                why=why[pk],
            )
            for pk, user in users.items()
            if pk not in unwanted
        ],
        ignore_conflicts=True,
    )
    return len(users)


def send_invitation(event):
    """The mail of an invitation, to whoever is invited; a repeat makes none. For the outbox."""
    invitation = Invitation.objects.filter(pk=event.facts.get("invitation")).first()
    if invitation is None:
        return
    Dispatch.objects.bulk_create(
        [
            Dispatch(
                kind=Dispatch.Kind.NOTICE,
                invitation=invitation,
                event=event,
                address=invitation.email,
            )
        ],
        ignore_conflicts=True,
    )


def mark_read(*, notice):
    """Note when a notice was first read."""
    if notice.read_at is None:
        notice.read_at = database_now()
        notice.save(update_fields=["read_at"])
    return notice


def mark_all_read(*, user):
    """Note that everything so far was read; returns how many were not."""
    return queries.notices.unread(user).update(read_at=database_now())
