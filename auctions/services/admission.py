"""Admission: a bidder whose deposit is held gets a random paddle."""

import secrets

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from auctions.models import Registration
from foundation import audit
from foundation.core.actors import SYSTEM
from foundation.core.clock import database_now
from foundation.core.errors import DomainError

PADDLES = range(1000, 10_000)  # four digits, none with a leading zero
TRIES = 40  # somebody may draw the same number at the same moment; the database lets one have it


class NoPaddleLeft(DomainError):
    """Every number is taken on this lot or was once the party's."""

    code = "no_paddle_left"
    message = _("No free paddle number is left for this lot.")


def draw(registration: Registration) -> str:
    """A random number that nobody has on this lot and this party never had. Raises NoPaddleLeft."""
    used = Registration.objects.filter(
        Q(lot=registration.lot_id) | Q(organization=registration.organization_id), ~Q(paddle="")
    )
    taken = set(used.values_list("paddle", flat=True))
    free = [number for number in map(str, PADDLES) if number not in taken]
    if not free:
        raise NoPaddleLeft
    return secrets.choice(free)


def admit(*, registration: Registration) -> Registration:
    """Admit a bidder whose deposit is held, once. The paddle stands in no event: who reads history must not learn it.

    Raises NoPaddleLeft, NotPossibleNow. Judicial rules Art. 18: bidder code, identities secret until the end.
    """
    now = database_now()
    for _try in range(TRIES):
        try:
            with transaction.atomic():
                return audit.advance(
                    registration,
                    "admit",
                    actor=SYSTEM,
                    now=now,
                    parties=[registration.organization_id],
                    set={"paddle": draw(registration), "admitted_at": now},
                    data={"lot": registration.lot.number},
                )
        except IntegrityError:
            continue
    raise NoPaddleLeft
