"""Publication: the terms come into force, the offer opens, the patent carries it."""

import logging
from datetime import timedelta

from django.db import transaction

from foundation import audit
from foundation.core.actors import CLOCK
from foundation.core.clock import database_now
from foundation.core.errors import DomainError
from foundation.core.locking import lock_rows
from foundation.core.refs import Ref
from licenses import eligibility
from licenses.lifecycle import TermsState
from licenses.models import TermsVersion
from licenses.services.listing import values_for
from licenses.services.suspending import keep_checks
from patents import encumbrances

RETRY = timedelta(hours=1)
log = logging.getLogger(__name__)


@transaction.atomic
def publish(*, terms: TermsVersion) -> TermsVersion:
    """Put approved terms into force: the first version opens the declaration, a later one replaces the old.

    Old and new change in one transaction, so that no uptake falls into a gap. The caller's clock is the database's.
    Raises EncumbranceConflict when something on the patent excludes an open offer by now.
    """
    declaration, terms = lock_rows(terms.declaration, terms)
    terms.declaration = declaration
    now = database_now()
    parties = {declaration.patentee_id, *declaration.patent.owner_ids()}
    first = not declaration.permits("show")
    if not first and declaration.current_terms is not None:
        audit.advance(
            declaration.current_terms,
            "supersede",
            actor=CLOCK,
            parties=parties,
            set={"superseded_at": now},
            now=now,
        )
    audit.advance(
        terms,
        "enact",
        actor=CLOCK,
        parties=parties,
        visibility="public",
        set={"enacted_at": now},
        data={"version": terms.version, "terms_sha256": terms.content_hash},
        now=now,
    )
    if first:
        _open(declaration, terms, parties, now)
    else:
        _replace(declaration, terms, parties, now)
    # The page shows what is kept; an extract may have been confirmed since the submission.
    opened = lock_rows(declaration)
    keep_checks(opened, eligibility.check(opened, now=now, at_uptake=True), now)
    return terms


def _shown(declaration, terms) -> dict:
    """Facts of a public event: no names of people."""
    return {
        "version": terms.version,
        "patent": declaration.patent.number,
        "title": declaration.patent.title_zh_hans,
        "title_en": declaration.patent.title_en,
        "holder": declaration.patentee.name,
        "method": terms.method,
        "price": terms.fixed_total,
        "royalty_bp": terms.royalty_bp,
    }


def _open(declaration, terms, parties, now) -> None:
    fields = values_for(declaration, terms, now) | {
        "current_terms_id": terms.pk,
        "published_at": now,
        "offer_until": terms.offer_until,
        "publish_due_at": None,
    }
    audit.advance(
        declaration,
        "publish",
        actor=CLOCK,
        name="licenses.declaration.published",
        parties=parties,
        visibility="public",
        set=fields,
        data=_shown(declaration, terms),
        now=now,
    )
    encumbrances.place(
        declaration.patent,
        "open_declaration",
        basis=Ref.of(declaration),
        actor=CLOCK,
        until=terms.offer_until,
        now=now,
    )


def _replace(declaration, terms, parties, now) -> None:
    fields = values_for(declaration, terms, now) | {
        "current_terms_id": terms.pk,
        "offer_until": terms.offer_until,
        "updated_at": now,
    }
    type(declaration).objects.filter(pk=declaration.pk).update(**fields)
    audit.record(
        "licenses.declaration.terms_changed",
        subject=declaration,
        actor=CLOCK,
        data=_shown(declaration, terms),
        parties=parties,
        visibility="public",
        now=now,
    )


def publish_due(*, limit: int = 100) -> int:
    """Publish what is approved and due; how many. What is refused is tried again in an hour and noted."""
    done = 0
    due = TermsVersion.objects.filter(state=TermsState.APPROVED, publish_due_at__lte=database_now())
    for terms in due.select_related("declaration").order_by("publish_due_at", "pk")[:limit]:
        try:
            publish(terms=terms)
            done += 1
        except DomainError as refusal:
            log.warning("terms %s were not published: %s", terms.pk, refusal)
            TermsVersion.objects.filter(pk=terms.pk).update(publish_due_at=database_now() + RETRY)
    return done
