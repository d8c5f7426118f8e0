"""What lies on a patent: the matrix, placing, lifting, and two who place at once."""

import contextlib
import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import translation

from foundation.core import locking
from foundation.core.actors import SYSTEM
from patents import conflicts, encumbrances
from patents.encumbrances import EncumbranceConflict, EncumbranceMissing
from patents.models import Encumbrance
from tests.factories.accounts import UniversityFactory
from tests.factories.patents import basis, make_patent


@pytest.fixture(autouse=True)
def english():
    """The sentences compared here are the source texts."""
    with translation.override("en"):
        yield


REFUSED = [
    ("open_declaration", "exclusive_license", {}),
    ("open_declaration", "sole_license", {}),
    ("open_declaration", "ownership_dispute", {}),
    ("open_declaration", "preservation", {}),
    ("open_declaration", "pledge", {}),
    ("open_declaration", "open_declaration", {}),
    ("open_declaration", "secrecy", {}),
    ("open_declaration", "auction_lot", {"subject": "assignment"}),
    ("open_declaration", "auction_lot", {"subject": "exclusive_license"}),
    ("exclusive_license", "open_declaration", {}),
    ("sole_license", "open_declaration", {}),
    ("exclusive_license", "ordinary_license", {}),
    ("exclusive_license", "exclusive_license", {}),
    ("ordinary_license", "exclusive_license", {}),
    ("ordinary_license", "sole_license", {}),
]
ALLOWED = [
    ("open_declaration", "ordinary_license", {}),
    ("open_declaration", "invalidation_request", {}),
    ("open_declaration", "export_control", {}),
    ("open_declaration", "auction_lot", {"subject": "ordinary_license"}),
    ("ordinary_license", "open_declaration", {}),
    ("ordinary_license", "ordinary_license", {}),
    ("preservation", "open_declaration", {}),
    ("pledge", "open_declaration", {}),
]


@pytest.fixture
def patent(db):
    return make_patent(UniversityFactory())


@pytest.mark.parametrize(("wanted", "present", "data"), REFUSED)
def test_what_the_matrix_excludes_is_refused_with_the_reason(patent, wanted, present, data):
    encumbrances.place(patent, present, basis=basis(), actor=SYSTEM, data=data)
    with pytest.raises(EncumbranceConflict) as refusal:
        encumbrances.place(patent, wanted, basis=basis(), actor=SYSTEM)
    row = conflicts.row_for(wanted, present, data)
    assert refusal.value.sentence == f"{row.sentence} ({row.rule})"
    assert Encumbrance.objects.filter(patent=patent).count() == 1


@pytest.mark.parametrize(("wanted", "present", "data"), ALLOWED)
def test_what_the_matrix_allows_is_placed(patent, wanted, present, data):
    encumbrances.place(patent, present, basis=basis(), actor=SYSTEM, data=data)
    assert encumbrances.place(patent, wanted, basis=basis(), actor=SYSTEM).until_at is None


@pytest.mark.parametrize(
    ("subject", "present", "refused"),
    [
        ("assignment", "open_declaration", False),
        ("assignment", "ordinary_license", False),
        ("exclusive_license", "open_declaration", True),
        ("exclusive_license", "ordinary_license", True),
        ("ordinary_license", "open_declaration", False),
        ("ordinary_license", "ordinary_license", False),
    ],
)
def test_a_lot_meets_declarations_and_licenses_as_the_table_says(patent, subject, present, refused):
    encumbrances.place(patent, present, basis=basis(), actor=SYSTEM)
    found = encumbrances.conflicts(patent, "auction_lot", data={"subject": subject})
    assert any(conflict.blocking for conflict in found) is refused


def test_a_pledge_with_the_pledgees_consent_does_not_stand_in_the_way(patent):
    encumbrances.place(patent, "pledge", basis=basis(), actor=SYSTEM, consent=True)
    (conflict,) = encumbrances.conflicts(patent, for_="open_declaration")
    assert (conflict.row.outcome, conflict.blocking) == ("consent", False)


def test_placing_twice_for_one_basis_has_one_effect(patent):
    offer = basis()
    first = encumbrances.place(patent, "open_declaration", basis=offer, actor=SYSTEM)
    assert encumbrances.place(patent, "open_declaration", basis=offer, actor=SYSTEM) == first


def test_after_lifting_the_way_is_free(patent):
    offer = basis()
    encumbrances.place(patent, "open_declaration", basis=offer, actor=SYSTEM)
    encumbrances.lift(patent, basis=offer, actor=SYSTEM)
    assert encumbrances.place(patent, "exclusive_license", basis=basis(), actor=SYSTEM).kind == "exclusive_license"


def test_lifting_what_is_not_there_is_refused(patent):
    with pytest.raises(EncumbranceMissing):
        encumbrances.lift(patent, "pledge", basis=basis(), actor=SYSTEM)


def test_the_database_refuses_a_second_live_declaration_whoever_writes(patent):
    place = {"patent": patent, "kind": "open_declaration", "basis_kind": "t.t", "since_at": patent.created_at,
             "as_of": patent.created_at, "source": "x"}  # fmt: skip
    Encumbrance.objects.create(basis_id=1, **place)
    with pytest.raises(IntegrityError), transaction.atomic():
        Encumbrance.objects.create(basis_id=2, **place)


def _race(patent, monkeypatch) -> list[str]:
    """A declaration and an exclusive license are placed at the same time; who got through.

    Each waits a second for the other after it has looked and before it writes.
    """
    both_looked = threading.Barrier(2)
    placed, look = [], encumbrances.conflicts

    def look_and_wait(*args, **kwargs):
        found = look(*args, **kwargs)
        with contextlib.suppress(threading.BrokenBarrierError):
            both_looked.wait(timeout=1)
        return found

    def place(kind):
        try:
            placed.append(encumbrances.place(patent, kind, basis=basis(), actor=SYSTEM).kind)
        except EncumbranceConflict:
            pass
        finally:
            connection.close()

    monkeypatch.setattr(encumbrances, "conflicts", look_and_wait)
    threads = [threading.Thread(target=place, args=[kind]) for kind in ("open_declaration", "exclusive_license")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return placed


@pytest.mark.django_db(transaction=True)
def test_of_a_declaration_and_an_exclusive_license_at_once_one_gets_through(monkeypatch):
    assert len(_race(make_patent(UniversityFactory()), monkeypatch)) == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_both_would_get_through(monkeypatch):
    with locking.without_locks():
        assert len(_race(make_patent(UniversityFactory()), monkeypatch)) == 2
