"""Account statements: every figure is the sum of lines that are shown; nobody reads another one's."""

import csv
import io
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from foundation.core import clock
from foundation.core.actors import CLOCK, SYSTEM
from foundation.core.clock import LOCAL
from foundation.core.money import Money
from settlement import queries, services
from tests.factories.accounts import OrganizationFactory, UniversityFactory, finance, licensee, member
from tests.factories.money import royalty, transfer
from tests.factories.settlement import paid_obligation
from tests.settlement.browsing import browser, payee_of, payer_of

pytestmark = pytest.mark.django_db
yuan = Money.parse
YEAR = {"since": date(2026, 1, 1), "until": date(2026, 12, 31)}


@pytest.fixture(autouse=True)
def no_second_factor(settings):
    settings.KAIXU_SECOND_FACTOR_REQUIRED = False


def noon(month, day):
    return datetime(2026, month, day, 12, tzinfo=LOCAL)


@pytest.fixture
def story():
    """100.00 in May, 200.00 in June, released in July less nothing: one university, two firms."""
    university = UniversityFactory()
    with clock.at(noon(5, 10)):
        first = paid_obligation(amount=yuan("100.00"), creditor=university)
    with clock.at(noon(6, 10)):
        second = paid_obligation(amount=yuan("200.00"), creditor=university)
    with clock.at(noon(7, 10)):
        services.release(obligation=first, actor=CLOCK)
    return university, first, second


def test_a_partys_statement_runs_from_opening_to_closing(story):
    university, _first, _second = story
    whole = queries.statement(party=university, **YEAR)
    assert (whole.opening, whole.closing, whole.added, whole.taken) == (
        Money(0), yuan("300.00"), yuan("400.00"), yuan("100.00"),
    )  # fmt: skip
    assert [line.balance for line in whole.lines()] == [
        yuan(amount) for amount in ("100.00", "300.00", "200.00", "300.00")
    ]
    june = queries.statement(party=university, since=date(2026, 6, 1), until=date(2026, 6, 30))
    assert (june.opening, june.closing, june.count) == (yuan("100.00"), yuan("300.00"), 1)
    assert june.lines()[0].balance == june.closing


def test_an_account_of_a_party_is_a_part_of_its_statement(story):
    university, *_rest = story
    escrow = queries.statement(party=university, account="2002", **YEAR)
    assert (escrow.closing, escrow.count) == (yuan("200.00"), 3)
    assert escrow.closing == queries.balance("2002", party=university)


def test_the_bank_account_counts_on_its_own_side(story):
    bank = queries.statement(account="1001", **YEAR)
    assert bank.closing == yuan("300.00") == queries.balance("1001")


def test_any_page_has_the_balance_of_its_lines_in_either_order(story):
    whole = queries.statement(party=story[0], **YEAR)
    assert [line.balance for line in whole.lines(2, 2)] == [line.balance for line in whole.lines()][2:]
    assert [line.balance for line in whole.lines(0, 2, newest_first=True)] == [yuan("300.00"), yuan("200.00")]
    assert list(whole.all_lines()) == whole.lines()


def test_a_day_belongs_to_the_period_as_it_is_in_shanghai():
    with clock.at(datetime(2026, 5, 31, 23, 59, tzinfo=LOCAL)):
        obligation = paid_obligation()
    party = obligation.creditor
    assert queries.statement(party=party, since=date(2026, 5, 31), until=date(2026, 5, 31)).count == 1
    assert queries.statement(party=party, since=date(2026, 6, 1), until=date(2026, 6, 1)).count == 0


def test_a_statement_takes_two_queries_however_long_it_is(story):
    for _n in range(5):
        paid_obligation(creditor=story[0])
    with CaptureQueriesContext(connection) as seen:
        queries.statement(party=story[0], **YEAR).lines()
    assert len(seen) == 2


def test_a_refund_stands_in_the_payers_statement():
    obligation = paid_obligation()
    services.refund_obligation(obligation=obligation, actor=SYSTEM, reason="x")
    assert queries.statement(party=obligation.debtor, **YEAR).closing == yuan("1,000.00")


def test_an_object_shows_each_side_its_own_part(story):
    _university, first, _second = story
    payer = member("licensing_user", organization=first.debtor)
    about = queries.obligations_about(first.ref_number, payer)
    seen = queries.statement(about=about, viewer_id=payer.organization_id, **YEAR)
    assert [line.account for line in seen.lines()] == ["2002", "2002"], "what became payable is the payee's own affair"
    assert seen.closing == Money(0)
    whole = queries.statement(about=about, **YEAR)
    assert whole.closing == yuan("100.00")


def address(party):
    return f"/finance/statements/parties/{party.public_id}/"


def test_everybody_reads_the_own_statement_only(story):
    university, first, _second = story
    assert payee_of(first).get(address(university)).status_code == 200
    assert payer_of(first).get(address(university)).status_code == 404
    assert payer_of(first).get(f"/finance/statements/objects/{first.ref_number}/").status_code == 200
    assert browser(licensee()).get(f"/finance/statements/objects/{first.ref_number}/").status_code == 404
    assert payer_of(first).get("/finance/accounts/1001/").status_code == 403
    own = payer_of(first).get("/finance/statements/")
    assert own["Location"].endswith(f"/finance/statements/parties/{first.debtor.public_id}/")


@pytest.mark.parametrize("who", [finance, lambda: member("auditor")])
def test_finance_and_the_auditor_read_every_statement(story, who):
    university, first, _second = story
    desk = browser(who())
    listed = desk.get("/finance/statements/", {"q": first.ref_number})
    assert first.ref_number in listed.content.decode()
    for url in (address(university), f"/finance/statements/objects/{first.ref_number}/", "/finance/accounts/2002/"):
        page = desk.get(url, {"since": "2026-01-01", "until": "2026-12-31"})
        assert page.status_code == 200
        assert "/finance/entries/" in page.content.decode(), "every line leads to its entry"


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_page_shows_figures_and_lines_in_both_languages(story, language):
    university, _first, _second = story
    reader = browser(member("ip_manager", organization=university), language)
    text = reader.get(address(university), {"since": "2026-06-01", "until": "2026-06-30"}).content.decode()
    assert "¥100.00" in text
    assert "¥300.00" in text
    assert ("Account statement" in text) == (language == "en")
    assert ("对账单" in text) == (language != "en")


@pytest.mark.parametrize(
    "asked",
    [
        {"since": "x"},
        {"until": "2026-02-30"},
        {"since": "2026-06-02", "until": "2026-06-01"},
        {"account": "9999"},
        {"since": "0001-01-01"},
    ],
)
def test_a_wrong_period_is_told_beside_its_field(story, asked):
    page = browser(finance()).get(address(story[0]), asked)
    assert page.status_code == 422
    assert page.context["form"].errors


def test_the_csv_file_has_every_line_and_both_balances(story):
    university, *_rest = story
    answer = browser(finance()).get(
        address(university) + "statement.csv", {"since": "2026-01-01", "until": "2026-12-31"}
    )
    text = b"".join(answer.streaming_content).decode()
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert text.startswith("\ufeff")
    assert len(rows) == 1 + 1 + 4 + 1
    assert (rows[1][-1], rows[-1][-1]) == ("0.00", "300.00")


def test_the_pdf_file_is_a_pdf_and_the_same_statement(story):
    university, *_rest = story
    answer = browser(finance()).get(
        address(university) + "statement.pdf", {"since": "2026-01-01", "until": "2026-12-31"}
    )
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")


def test_a_format_nobody_makes_is_not_there(story):
    assert browser(finance()).get(address(story[0]) + "statement.xlsx").status_code == 404


def test_figures_of_the_overview_lead_to_the_lines_behind_them(story):
    university, *_rest = story
    reader = browser(member("ip_manager", organization=university))
    page = reader.get("/finance/")
    figures = {one["label"]: one for one in page.context["figures"]}
    assert len(figures) == 2
    for one in figures.values():
        assert reader.get(one["url"]).context["statement"].closing == one["amount"]


def test_the_overview_of_a_payer_counts_what_is_left(owner_accepts):
    payer = OrganizationFactory()
    from_now = timedelta(days=3)
    due = royalty(yuan("100.00"), debtor=payer, due_in=from_now)
    services.allocate(payment=transfer(yuan("30.00")), obligation=due, amount=yuan("30.00"), actor=SYSTEM, key="k")
    page = browser(member("licensing_user", organization=payer)).get("/finance/")
    assert page.context["due_total"] == yuan("70.00")
