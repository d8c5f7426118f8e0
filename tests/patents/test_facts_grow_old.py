"""Good news from a file holds for a while only; then nobody knows, and nothing passes on it."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from foundation.core import clock
from foundation.core.actors import SYSTEM
from foundation.core.clock import database_now, local_date
from foundation.core.errors import Invalid
from licenses import eligibility
from licenses.models import Declaration
from licenses.services import declarations
from licenses.services.may_take import NotEligibleNow
from patents import registers, services
from tests.factories.licenses import published_declaration
from tests.factories.patents import CLEAN_FACTS, make_patent
from tests.factories.uptakes import notice

pytestmark = pytest.mark.django_db


def known(patent, **later) -> dict:
    """{fact: value} as it stands some days later; None is unknown."""
    facts = registers.facts_for(patent, database_now() + timedelta(**later))
    return {name: fact.value if fact.known else None for name, fact in facts.items() if name != "owners"}


def outcome(subject, code, **later) -> str:
    results = eligibility.check(subject, now=database_now() + timedelta(**later))
    return str(next(result.outcome for result in results if result.code == code))


@pytest.fixture
def patent(settings):
    settings.KAIXU_REGISTER_FACT_DAYS = 180
    return make_patent("某大学", annual_fee_year=None)


def test_a_fee_that_was_paid_thirteen_months_ago_is_unknown(patent):
    assert (outcome(patent, "E02"), outcome(patent, "E02", days=396)) == ("pass", "unknown")


def test_a_paid_fee_holds_to_the_end_of_the_year_it_was_paid_for(patent):
    today = local_date(database_now())
    patent.filing_date = today - timedelta(days=3 * 365 + 1)  # the fourth year has just begun
    assert (known(patent, days=300)["annual_fee"], known(patent, days=380)["annual_fee"]) == ("paid", None)
    patent.annual_fee_year = 5
    assert known(patent, days=380)["annual_fee"] == "paid"


def test_the_other_facts_hold_for_the_days_of_the_setting(patent):
    others = {name: value for name, value in CLEAN_FACTS.items() if name != "annual_fee"}
    then, after = known(patent, days=180), known(patent, days=181)
    assert {name: then[name] for name in others} == others
    assert {after[name] for name in others} == {None}


def test_bad_news_does_not_grow_old():
    patent = make_patent("某大学", facts={**CLEAN_FACTS, "suspension": "preservation", "annual_fee": "unpaid"})
    later = known(patent, days=900)
    assert (later["suspension"], later["annual_fee"]) == ("preservation", "unpaid")


def test_facts_say_that_they_come_from_the_patentee(patent, client):
    fact = registers.facts_for(patent)["pledge"]
    assert (fact.source, fact.source_label) == ("imported", "专利权人导入")
    assert "专利权人导入" in client.get(patent.get_absolute_url()).content.decode()
    english = client.get(patent.get_absolute_url(), headers={"accept-language": "en"}).content.decode()
    assert "Patentee&#x27;s import" in english


def test_an_open_offer_stays_open_when_facts_grow_old_but_takes_no_notice_until_they_are_renewed():
    offer = published_declaration()
    with clock.at(database_now() + timedelta(days=200)):
        offer = declarations.recheck(declaration=Declaration.objects.get(pk=offer.pk))
        assert offer.state == "published"
        with pytest.raises(NotEligibleNow):
            notice(offer)
        services.update_facts(patent=offer.patent, facts=CLEAN_FACTS, as_of=local_date(database_now()), actor=SYSTEM)
        assert notice(Declaration.objects.get(pk=offer.pk)).state == "awaiting_payment"


def test_register_data_replace_what_is_older_and_nothing_newer(patent):
    today = local_date(database_now())
    services.update_facts(patent=patent, facts={"pledge": "pledged"}, as_of=today, actor=SYSTEM)
    before = today - timedelta(days=1)
    services.update_facts(patent=patent, facts={"pledge": "none"}, as_of=before, actor=SYSTEM)
    patent.refresh_from_db()
    fact = registers.facts_for(patent)["pledge"]
    assert (fact.value, fact.source) == ("pledged", "register")
    with pytest.raises(Invalid):
        services.update_facts(patent=patent, facts={"pledge": "pledged_with_consent"}, as_of=today, actor=SYSTEM)
    with pytest.raises(Invalid):
        services.update_facts(patent=patent, facts={}, as_of=today + timedelta(days=1), actor=SYSTEM)


def test_the_province_loads_a_delivery_of_the_register_whole_or_not_at_all(patent, tmp_path, capsys):
    delivery = tmp_path / "register.csv"
    delivery.write_text(
        f"专利号,法律状态,质押,年费状态\n{patent.number},有效,已质押,未缴\n2021101234567,有效,无,已缴\n"
    )
    call_command("update_register", delivery)
    patent.refresh_from_db()
    assert (patent.annual_fee_status, known(patent)["pledge"]) == ("unpaid", "pledged")
    assert "1 patents updated, 1 not registered here" in capsys.readouterr().out
    delivery.write_text(f"专利号,质押\n{patent.number},无\n{patent.number},也许\n")
    with pytest.raises(CommandError, match="row 3"):
        call_command("update_register", delivery)
