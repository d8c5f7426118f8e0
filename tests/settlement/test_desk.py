"""The pages of finance: the proof, the accounts, the cases."""

import pytest

from foundation.core.actors import SYSTEM
from foundation.core.money import Money
from settlement import ledger
from settlement.models import Case, JournalEntry, Refund
from tests.factories.accounts import finance, licensee, member
from tests.factories.bank import Row, imported, own_account
from tests.factories.settlement import open_obligation, paid_obligation, pay, started_payment
from tests.settlement.browsing import browser

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_second_factor(settings):
    settings.KAIXU_SECOND_FACTOR_REQUIRED = False


def test_the_desk_is_for_finance_and_the_auditor():
    case_of_wrong_amount()
    case = Case.objects.get()
    for path in ("/finance/desk/", "/finance/accounts/2002/", f"/finance/cases/{case.pk}/"):
        assert browser(licensee()).get(path).status_code == 403
        assert browser(member("provincial_officer")).get(path).status_code == 403
        assert browser(member("auditor")).get(path).status_code == 200
        assert browser(finance()).get(path).status_code == 200
    assert browser(finance()).get("/finance/").headers["Location"] == "/finance/desk/"
    assert browser(finance()).get("/finance/accounts/9999/").status_code == 404


def case_of_wrong_amount():
    payment = started_payment()
    pay(payment, amount=Money(999_00))
    return Case.objects.get()


def test_the_desk_proves_that_client_money_is_complete():
    paid_obligation(amount=Money(12_345_67))
    answer = browser(finance()).get("/finance/desk/")
    text = answer.content.decode()
    assert "Client money complete" in text
    assert "Difference ¥0.00" in text
    assert answer.context["equation"].bank == answer.context["equation"].owed == Money(12_345_67)
    assert answer.context["total"] == Money(12_345_67)


def test_the_desk_asks_the_same_number_of_questions_whatever_the_rows(django_assert_max_num_queries):
    client = browser(finance())
    for _n in range(3):
        paid_obligation()
        open_obligation()
    with django_assert_max_num_queries(22):
        client.get("/finance/desk/")


def test_finance_sends_unclear_money_back_once():
    case = case_of_wrong_amount()
    client, path = browser(finance()), f"/finance/cases/{case.pk}/"
    form = {"form_token": "abcdefgh", "resolution": "refund", "note": "Wrong amount."}
    assert [client.post(path, form).status_code for _n in range(2)] == [303, 303]
    assert Refund.objects.get().amount == Money(999_00)


@pytest.mark.parametrize(
    "form",
    [{}, {"resolution": "keep"}, {"resolution": "retry"}, {"resolution": "assign"},
     {"resolution": "assign", "obligation": "JSOB-2026-999999-X"}, {"resolution": "refund", "note": "\x00"}],
)  # fmt: skip
def test_a_wrong_resolution_is_said_on_the_page(form):
    case = case_of_wrong_amount()
    answer = browser(finance()).post(f"/finance/cases/{case.pk}/", form)
    case.refresh_from_db()
    assert (answer.status_code, case.state, Refund.objects.count()) == (422, "open", 0)


def test_the_auditor_looks_and_does_nothing():
    case = case_of_wrong_amount()
    assert browser(member("auditor")).post(f"/finance/cases/{case.pk}/", {"resolution": "refund"}).status_code in (
        403,
        422,
    )
    assert Refund.objects.count() == 0


def test_an_entry_and_its_reversal_lead_to_each_other():
    paid_obligation()
    entry = JournalEntry.objects.get()
    back = ledger.reverse(entry, key="undo", actor=SYSTEM, reason="booked in error")
    client = browser(finance())
    assert f"/finance/entries/{back.pk}/" in client.get(f"/finance/entries/{entry.pk}/").content.decode()
    assert f"/finance/entries/{entry.pk}/" in client.get(f"/finance/entries/{back.pk}/").content.decode()
    lines = client.get("/finance/accounts/2002/").context["rows"]
    assert [(row.balance, row.change) for row in lines] == [
        (Money(0), Money(-1_000_00)),
        (Money(1_000_00), Money(1_000_00)),
    ]


def test_a_bank_line_that_nothing_was_certain_about_stands_on_the_desk():
    [line] = imported([Row("5.00", "不明")], own_account())
    answer = browser(finance()).get("/finance/desk/")
    assert answer.context["unmatched"] == {"count": 1, "amount": Money(5_00)}
    assert f"/finance/bank/lines/{line.pk}/" in answer.content.decode()
