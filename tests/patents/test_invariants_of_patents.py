"""I31 and I32: each promise about patents finds the row that breaks it, put past every guard."""

import pytest
from django.db import connection

from foundation.audit import invariants
from foundation.core.actors import SYSTEM
from patents import encumbrances
from tests.factories.accounts import UniversityFactory
from tests.factories.patents import basis, make_patent

pytestmark = pytest.mark.django_db
BREAKING = {
    "ends before it was filed": ("I31", "UPDATE patents_patent SET expiry_date = filing_date - 1"),
    "nobody owns it": ("I31", "UPDATE patents_ownership SET until_date = current_date"),
    "an exclusive license under an open offer": (
        "I32", "INSERT INTO patents_encumbrance (patent_id, kind, basis_kind, basis_id, basis_number, since_at, "
        "consent, data, source, as_of) SELECT patent_id, 'exclusive_license', 'tests.thing', 77, '', since_at, "
        "false, data, source, as_of FROM patents_encumbrance"),
}  # fmt: skip


@pytest.mark.parametrize(("id", "statement"), BREAKING.values(), ids=BREAKING)
def test_broken_row_is_found(id, statement):
    patent = make_patent(UniversityFactory())
    encumbrances.place(patent, "open_declaration", basis=basis(), actor=SYSTEM)
    assert invariants.check({"I31", "I32"}) == []
    with connection.cursor() as cursor:
        cursor.execute(statement)
    assert {finding.invariant.id for finding in invariants.check({"I31", "I32"})} == {id}
