"""Saving, changing and ending saved searches."""

from datetime import timedelta

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation.core import clock
from foundation.core.errors import DomainError, Invalid
from notifications import queries, searches
from notifications.models import SavedSearch
from notifications.models.searches import UNSUBSCRIBE

MOST_SEARCHES = 50
LONGEST_QUERY = 2000
INSTANT_EVERY = timedelta(minutes=5)
MORNING = timedelta(hours=8)
WEEK = 7


class TooManySearches(DomainError):
    """Nobody reads that many digests."""

    code = "too_many_searches"
    message = _("You already have {limit} saved searches. Delete one first.")


class LinkInvalid(DomainError):
    """The link of a mail is broken, or its search was deleted."""

    code = "link_invalid"
    status = 404
    message = _("This link is not valid any more.")


def next_run(frequency, now):
    """When a search is due next: in 5 minutes, at 08:00 Shanghai, or on Monday at 08:00."""
    if frequency == SavedSearch.Frequency.INSTANT:
        return now + INSTANT_EVERY
    today = clock.local_date(now)
    due = clock.start_of_local_day(today) + MORNING
    if frequency == SavedSearch.Frequency.WEEKLY:
        due += timedelta(days=-today.weekday())
        return due if due > now else due + timedelta(days=WEEK)
    return due if due > now else due + timedelta(days=1)


@transaction.atomic
def save_search(*, user, kind, query="", name="", frequency="instant"):
    """Save a search from now on, told at once unless said otherwise; the same search again returns the first one.

    Raises Invalid (unknown kind, query the kind cannot read), TooManySearches.
    """
    owner = searches.find(kind)
    query = query.strip().lstrip("?")
    if len(query) > LONGEST_QUERY:
        raise Invalid(_("This search is too long to be saved."), field="query")
    params = owner.parse(query)
    if frequency not in SavedSearch.Frequency.values:
        raise Invalid(field="frequency")
    mine = SavedSearch.objects.filter(user=user)
    if found := mine.filter(kind=kind, query=query).first():
        return found
    if mine.count() >= MOST_SEARCHES:
        raise TooManySearches(limit=MOST_SEARCHES)
    now = clock.database_now()
    search, _made = SavedSearch.objects.get_or_create(
        user=user,
        kind=kind,
        query=query,
        defaults={
            "name": (name or str(owner.describe(params)))[:120],
            "frequency": frequency,
            "begins_at": now,
            "since": now,
            "next_run_at": next_run(frequency, now),
        },
    )
    return search


def change_search(*, search, frequency=None, name=None):
    """Another name or rhythm. Raises Invalid for a rhythm that does not exist."""
    if frequency is not None:
        if frequency not in SavedSearch.Frequency.values:
            raise Invalid(field="frequency")
        search.frequency = frequency
        search.next_run_at = next_run(frequency, clock.database_now())
    if name is not None:
        search.name = name
    search.save(update_fields=["frequency", "next_run_at", "name"])
    return search


def delete_search(*, search):
    """Forget a search, its feed and what it found."""
    search.delete()


def searches_of(token):
    """The searches an unsubscribe link names. Raises LinkInvalid."""
    try:
        keys = signing.loads(token, salt=UNSUBSCRIBE)
    except signing.BadSignature as error:
        raise LinkInvalid() from error
    found = list(queries.searches.by_keys(keys))
    if not found:
        raise LinkInvalid()
    return found


def unsubscribe(*, token):
    """End the mails of the searches a link names; feeds go on. A repeat changes nothing."""
    found = searches_of(token)
    for search in found:
        change_search(search=search, frequency=SavedSearch.Frequency.NEVER)
    return found
