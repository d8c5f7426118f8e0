"""A notice in preparation: begun, filled in by several people of one organization, dropped."""

from django.db import transaction

from foundation.core.clock import database_now
from foundation.core.errors import StateChanged
from foundation.core.locking import lock_rows
from licenses.lifecycle import LicenseState
from licenses.models import License
from licenses.services.may_take import check_may_take


@transaction.atomic
def start_notice(*, declaration, actor) -> License:
    """A notice in preparation for the actor's organization; the one that exists is returned.

    Raises what `check_may_take` raises.
    """
    licensee = actor.organization
    check_may_take(declaration=declaration, licensee=licensee, now=database_now())
    license, _created = License.objects.get_or_create(
        declaration=declaration,
        licensee=licensee,
        state=LicenseState.NOTICE_DRAFT,
        defaults={
            "terms_version": declaration.current_terms,
            "patent": declaration.patent,
            "licensor": declaration.patentee,
            "contact_email": actor.user.email,
        },
    )
    return license


def save_notice(*, license, actor, intended_use, place_of_use, contact_email) -> License:
    """Keep the answers of a notice in preparation. Raises StateChanged once it was sent."""
    changed = License.objects.filter(pk=license.pk, state=LicenseState.NOTICE_DRAFT).update(
        intended_use=intended_use, place_of_use=place_of_use, contact_email=contact_email
    )
    if not changed:
        raise StateChanged
    license.refresh_from_db()
    return license


def discard_notice(*, license, actor) -> None:
    """Drop a notice that was never sent. Raises StateChanged once it was sent."""
    with transaction.atomic():
        license = lock_rows(license)
        if license.state != LicenseState.NOTICE_DRAFT:
            raise StateChanged
        license.delete()
