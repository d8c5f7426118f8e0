"""Lots against declarations and licenses of the same patent: the table of domain 4.1, cell by cell."""

import pytest

from auctions import eligibility
from auctions.services import burdens, materials
from foundation.core.clock import database_now
from licenses.eligibility import check as check_declaration
from patents import encumbrances
from tests.factories import auctions as made
from tests.factories.licenses import drafted_declaration, published_declaration
from tests.factories.patents import basis, make_patent

pytestmark = pytest.mark.django_db
DRAFT, PUBLISHED, LICENSED = "declaration in draft", "declaration published", "licenses in force, no declaration"


def situation(name: str, by):
    """A patent of the seller in one of the columns of the table."""
    patent = make_patent(by.organization)
    if name == DRAFT:
        drafted_declaration(patent=patent, actor=by)
    if name == PUBLISHED:
        published_declaration(patent=patent, actor=by)
    if name == LICENSED:
        encumbrances.place(patent, "ordinary_license", basis=basis(), actor=by)
    return patent


@pytest.mark.parametrize(
    ("subject", "column", "allowed", "warns"),
    [
        ("assignment", DRAFT, True, False),
        ("assignment", PUBLISHED, True, True),
        ("assignment", LICENSED, True, True),
        ("exclusive_license", DRAFT, True, False),
        ("exclusive_license", PUBLISHED, False, False),
        ("exclusive_license", LICENSED, False, False),
        ("ordinary_license", DRAFT, True, False),
        ("ordinary_license", PUBLISHED, True, True),
        ("ordinary_license", LICENSED, True, False),
    ],
)
def test_a_lot_beside_a_declaration_or_licenses(subject, column, allowed, warns):
    by = made.seller()
    lot = made.proposed_lot(by=by, patents=[situation(column, by)], subject=subject)
    free = next(one for one in eligibility.check(lot, now=database_now()) if one.code == "A05")
    if not allowed:
        assert free.outcome == "fail"
        with pytest.raises(materials.NotEligible):
            materials.submit(lot=lot, actor=by)
        return
    assert free.outcome == ("warn" if warns else "pass")
    assert materials.submit(lot=lot, actor=by).state == "materials_check"
    assert bool(burdens.subject_to(lot)) is warns


@pytest.mark.parametrize(
    ("subject", "declarable"), [("assignment", False), ("exclusive_license", False), ("ordinary_license", True)]
)
def test_a_declaration_waits_for_the_lot_of_its_patent(subject, declarable):
    by = made.seller()
    patent = make_patent(by.organization)
    made.submitted_lot(by=by, patents=[patent], subject=subject)
    found = {one.code: one.outcome for one in check_declaration(patent, now=database_now())}
    assert found["E14"] == ("pass" if declarable else "fail")


@pytest.mark.parametrize("subject", ["assignment", "exclusive_license", "ordinary_license", "application_right"])
def test_a_patent_is_in_one_lot_at_a_time(subject):
    by = made.seller()
    patent = make_patent(by.organization)
    made.submitted_lot(by=by, patents=[patent])
    with pytest.raises(materials.NotEligible):
        made.submitted_lot(by=by, patents=[patent], subject=subject)


def test_a_lot_taken_off_its_patents_leaves_no_trace_in_the_way():
    by = made.seller()
    patent = make_patent(by.organization)
    lot = made.submitted_lot(by=by, patents=[patent])
    materials.take_back(lot=lot, actor=by)
    burdens.lift(lot, actor=by)  # a repeat changes nothing
    assert made.submitted_lot(by=by, patents=[patent]).state == "materials_check"
