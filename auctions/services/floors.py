"""The one way to lock a lot."""

from auctions.models import Floor, Lot
from foundation.audit import recording
from foundation.core import locking


def lock(lot: Lot) -> tuple[Lot, Floor | None]:
    """Lock a lot against bids, opening, pausing and closing until the transaction ends; both rows re-read.

    First the history of the lot, where bids queue, then the rows. Take it before any other lock about the lot (its
    registrations, its patents). The floor is None before the lot is announced. Raises Busy after 3 s.
    """
    if not locking.switched_off():
        recording.lock_history(lot)
    floor = Floor.objects.filter(pk=lot.pk).first()
    if floor is None:
        return locking.lock_rows(lot), None
    floor, lot = locking.lock_rows(floor, lot)
    return lot, floor
