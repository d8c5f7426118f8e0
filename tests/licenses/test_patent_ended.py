"""The word of the register that a patent ended, confirmed by an officer, ends the offer and its licenses."""

from datetime import timedelta

import pytest

from foundation import audit
from foundation.core import clock
from foundation.core.clock import database_now, local_date
from licenses.models import Declaration
from licenses.services.suspending import recheck
from patents import services as patents
from patents.registers import facts_for
from tests.factories import accounts
from tests.factories.licenses import published_declaration
from tests.factories.uptakes import paid_license
from tests.journeys.cast import paper
from tests.patents.portfolio import upload

pytestmark = pytest.mark.django_db


def confirmed(patent, value, *, actor, fact="status", on=None):
    """An extract about the patent that an officer found genuine."""
    extract = patents.submit_extract(
        patent=patent,
        fact=fact,
        value=value,
        extract_date=on or local_date(database_now()),
        upload=upload(paper(), "extract.png"),
        actor=actor,
    )
    return patents.confirm_extract(extract=extract, actor=accounts.officer())


def test_lapsed_patent_ends_its_offer_and_the_licenses():
    keeper = accounts.patentee()
    offer = published_declaration(actor=keeper)
    license = paid_license(offer)
    confirmed(offer.patent, "lapsed", actor=keeper)
    assert recheck(declaration=Declaration.objects.get()).state == "terminated"
    audit.deliver_pending(limit=1_000)
    license.refresh_from_db()
    offer.patent.refresh_from_db()
    assert (license.state, offer.patent.legal_status) == ("ended_patent", "lapsed")
    assert offer.patent.legal_events.first().kind == "lapsed"


def test_unconfirmed_extract_ends_nothing():
    keeper = accounts.patentee()
    offer = published_declaration(actor=keeper)
    day = local_date(database_now())
    patents.submit_extract(
        patent=offer.patent, fact="status", value="lapsed", extract_date=day, upload=upload(paper(), "e.png"),
        actor=keeper,
    )  # fmt: skip
    assert recheck(declaration=Declaration.objects.get()).state == "published"


def test_end_of_a_patent_does_not_grow_old_but_other_extracts_do():
    keeper = accounts.patentee()
    patent = published_declaration(actor=keeper).patent
    confirmed(patent, "pledged", actor=keeper, fact="pledge")
    confirmed(patent, "lapsed", actor=keeper)
    with clock.at(database_now() + timedelta(days=400)):
        facts = facts_for(patent)
    assert (facts["status"].value, facts["pledge"].value, facts["pledge"].known) == ("lapsed", None, False)


def test_patent_that_was_restored_is_in_force_again():
    keeper = accounts.patentee()
    patent = published_declaration(actor=keeper).patent
    day = local_date(database_now())
    confirmed(patent, "lapsed", actor=keeper, on=day - timedelta(days=2))
    confirmed(patent, "granted", actor=keeper, on=day)
    patent.refresh_from_db()
    assert (patent.legal_status, facts_for(patent)["status"].value) == ("granted", "granted")
