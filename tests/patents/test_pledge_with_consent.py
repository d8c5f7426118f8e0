"""A pledged patent may be offered once an officer has confirmed that the pledgee consents (Rule 86(4))."""

import pytest

from foundation.core.clock import database_now, local_date
from licenses import eligibility
from licenses.models import Declaration
from licenses.services import declarations
from patents import registers
from patents import services as patents
from patents.models import RegisterExtract
from tests.factories import accounts
from tests.factories import licenses as make
from tests.factories.patents import CLEAN_FACTS, make_patent
from tests.factories.uptakes import notice
from tests.journeys.cast import paper
from tests.patents.portfolio import upload

pytestmark = pytest.mark.django_db


def pledge_check(subject):
    return next(result for result in eligibility.check(subject, now=database_now()) if result.code == "E05")


def test_a_pledged_patent_passes_once_the_consent_is_confirmed(client):
    keeper, officer = accounts.patentee(), accounts.officer()
    patent = make_patent(keeper.organization, facts={**CLEAN_FACTS, "pledge": "pledged"})
    assert str(pledge_check(patent).outcome) == "fail"
    client.force_login(keeper.user)
    said = {
        "statement": "pledge:pledged_with_consent",
        "extract_date": local_date(database_now()).isoformat(),
        "file": upload(paper(), "consent.png"),
    }
    assert client.post(f"/patents/{patent.number}/extracts/new/", said).status_code == 302
    extract = RegisterExtract.objects.get()
    assert str(pledge_check(patent).outcome) == "fail"  # nobody has confirmed it
    client.force_login(officer.user)
    client.post(f"/patents/extracts/{extract.pk}/confirmation/")
    fact = registers.facts_for(patent)["pledge"]
    assert (fact.value, fact.detail["consent"], fact.value_label) == ("pledged", True, "Pledged, the pledgee consents")
    assert str(pledge_check(patent).outcome) == "pass"
    offer = make.published_declaration(patent=patent, actor=keeper, officer=officer)
    assert declarations.recheck(declaration=Declaration.objects.get(pk=offer.pk)).state == "published"
    assert notice(offer).state == "awaiting_payment"


def test_a_newer_extract_without_the_consent_takes_it_back():
    keeper, officer = accounts.patentee(), accounts.officer()
    patent = make_patent(keeper.organization)
    for value in ("pledged_with_consent", "pledged"):
        extract = handed_in(patent, value, keeper)
        confirm(extract, officer)
    assert str(pledge_check(patent).outcome) == "fail"


def handed_in(patent, value, keeper):
    return patents.submit_extract(
        patent=patent, fact="pledge", value=value, extract_date=local_date(database_now()),
        upload=upload(paper(), "p.png"), actor=keeper,
    )  # fmt: skip


def confirm(extract, officer):
    return patents.confirm_extract(extract=extract, actor=officer)
