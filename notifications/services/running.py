"""Looking through the saved searches that are due: one digest a person, each object once."""

import logging
from datetime import timedelta

from django.db import transaction

from accounts import queries as accounts
from foundation.core import clock
from foundation.core.errors import DomainError
from notifications import queries, searches
from notifications.models import Dispatch, SavedSearch, SearchHit
from notifications.models.messages import Channel
from notifications.services.searches import next_run

# What was published before a long transaction committed is found by looking back a little;
# the unique pair (search, object) keeps it from being told twice.
LOOK_BACK = timedelta(hours=1)
MOST_HITS = 50
log = logging.getLogger(__name__)


def run_due_searches(*, limit=200):
    """Look through what is due, person by person; returns how many digests were made."""
    due = (
        SavedSearch.objects.filter(next_run_at__lte=clock.database_now())
        .exclude(frequency=SavedSearch.Frequency.NEVER)
        .order_by("user_id")
        .values_list("user_id", flat=True)
        .distinct()[:limit]
    )
    return sum(_run_for(user_id) for user_id in list(due))


@transaction.atomic
def _run_for(user_id):
    """One person's due searches in one transaction; another worker skips what is locked."""
    now = clock.database_now()
    mine = list(
        SavedSearch.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("user")
        .filter(user_id=user_id, next_run_at__lte=now)
        .exclude(frequency=SavedSearch.Frequency.NEVER)
    )
    if not mine:
        return 0
    user = mine[0].user
    membership = accounts.memberships_of(user).first()
    hits = [hit for search in mine for hit in _look(search, membership, now)]
    if not hits or not user.is_active:
        return 0
    if queries.switched_off([user_id], "searches", Channel.EMAIL):
        return 0
    digest = Dispatch.objects.create(kind=Dispatch.Kind.DIGEST, user=user, address=user.email)
    SearchHit.objects.filter(pk__in=[hit.pk for hit in hits]).update(dispatch=digest)
    return 1


def _look(search, membership, now):
    """Store what is new for one search; returns the hits. A search that breaks stops no other."""
    since = max(search.begins_at, search.since - LOOK_BACK)
    search.next_run_at = next_run(search.frequency, now)
    found = []
    if searches.known(search.kind):
        kind = searches.find(search.kind)
        try:
            with transaction.atomic():
                visible = kind.queryset(kind.parse(search.query), membership)
                told = search.hits.values("object_id")
                fresh = kind.newest(visible, since).exclude(pk__in=told)
                found = list(fresh.values_list("pk", flat=True)[:MOST_HITS])
            if len(found) < MOST_HITS:  # else the next run looks at the same time again, for the rest
                search.since = now
        except DomainError as error:
            log.warning("saved search %s: %s", search.pk, error)
    search.save(update_fields=["since", "next_run_at"])
    return SearchHit.objects.bulk_create([SearchHit(search=search, object_id=pk) for pk in found])
