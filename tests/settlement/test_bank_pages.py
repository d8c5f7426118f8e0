"""The pages about bank accounts, statements and months, as finance and payers use them."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from foundation.core.money import Money
from foundation.jobs import services as jobs
from foundation.jobs.models import ImportBatch
from settlement.gateways.bank_transfer import reference_of
from settlement.models import AccountingMonth, BankLine, OwnAccount, Payment, SignedDay
from tests.factories import accounts as people
from tests.factories.bank import Row, camt, imported, own_account, send, today
from tests.factories.settlement import open_obligation
from tests.settlement.browsing import browser

pytestmark = pytest.mark.django_db
yuan = Money.parse


@pytest.fixture(autouse=True)
def no_second_factor(settings):
    settings.KAIXU_SECOND_FACTOR_REQUIRED = False


def url(name, *args):
    return reverse(f"settlement:{name}", args=args)


def both_languages(client, path):
    """The page in Chinese and in English; no braces of a sentence that was not filled."""
    pages = []
    for language in ("zh-hans", "en"):
        client.cookies["kaixu_language"] = language
        answer = client.get(path)
        assert answer.status_code == 200, path
        pages.append(answer.content.decode())
    return pages


def test_every_page_is_there_for_finance_and_the_auditor_in_both_languages():
    account = own_account(since=(today().replace(day=1) - timedelta(days=1)).replace(day=1))
    lines = imported(
        [Row("5.00", "甲"), Row("-5.00", "冲正"), Row("-9.00", "外"), Row("1.00", "欧", currency="EUR")], account
    )
    statement = lines[0].statement
    paths = [url("bank"), url("bank_queue"), url("months"), url("bank_statement", statement.pk),
             url("bank_days", account.pk), url("bank_day", account.pk, today().isoformat())]  # fmt: skip
    paths += [url("bank_line", line.pk) for line in lines] + [url("bank_queue") + "?state=parked"]
    for who in (people.finance(), people.member("auditor")):
        for path in paths:
            chinese, english = both_languages(browser(who), path)
            assert "江海银行" in chinese or "finance" in chinese
            assert "<main" in english
    finance = browser(people.finance())
    for path in (url("new_statement"), url("new_own_account"), url("statement_import", statement.batch_id)):
        both_languages(finance, path)
        assert browser(people.member("auditor")).get(path).status_code == 403
    for who in (people.licensee(), people.member("provincial_officer")):
        assert browser(who).get(url("bank")).status_code == 403


def test_a_statement_is_uploaded_previewed_and_taken_over():
    account, person = own_account(), people.finance()
    obligation = open_obligation(amount=yuan("10.00"))
    content = camt([Row("10.00", reference_of(obligation).code), Row("3.00", "不明")], day=today() - timedelta(days=1))
    client = browser(person)
    sent = client.post(url("new_statement"), {"account": account.pk, "file": SimpleUploadedFile("s.xml", content)})
    batch = ImportBatch.objects.get()
    assert (sent.status_code, sent["Location"]) == (303, url("statement_import", batch.pk))
    jobs.run(batch.job_id)
    page = client.get(sent["Location"]).content.decode()
    assert "13.00" in page and batch.sha256 in page
    assert BankLine.objects.count() == 0
    assert client.post(url("confirm_statement", batch.pk), {"sha256": "x"}).status_code == 422
    assert client.post(url("confirm_statement", batch.pk), {"sha256": batch.sha256}).status_code == 303
    batch.refresh_from_db()
    jobs.run(batch.job_id)
    obligation.refresh_from_db()
    assert (obligation.state, BankLine.objects.get(state="queued").amount) == ("paid", yuan("3.00"))


def test_a_bad_file_is_refused_beside_its_field():
    account = own_account()
    client = browser(people.finance())
    bad = [b"", b"%PDF-1.7", b"<a/>", camt([Row("1.00")], number="9999"), b"x" * 21_000_000]
    for content in bad:
        answer = client.post(url("new_statement"), {"account": account.pk, "file": SimpleUploadedFile("s", content)})
        assert answer.status_code == 422
        assert "file" in answer.context["form"].errors
    assert client.post(url("new_statement"), {}).status_code == 422
    assert ImportBatch.objects.count() == 0


def test_a_file_of_known_lines_is_discarded():
    account = own_account()
    content = camt([Row("1.00", reference="A")], day=today())
    person = people.finance()
    batch = send(content, account, actor=person)
    client = browser(person)
    assert client.post(url("discard_statement", batch.pk)).status_code == 303
    batch.refresh_from_db()
    assert batch.state == "discarded"


def test_lines_are_assigned_returned_parked_and_taken_up_from_their_page():
    account, client = own_account(), browser(people.finance())
    first, second, third = imported([Row("10.00", "甲"), Row("20.00", "乙"), Row("30.00", "丙")], account)
    obligation = open_obligation(amount=yuan("10.00"))
    wrong = client.post(url("assign_line", first.pk), {"obligation_0": "JSOB-0", "form_token": "t" * 8})
    assert wrong.status_code == 422
    done = client.post(url("assign_line", first.pk), {"obligation_0": obligation.number, "amount_0": "10.00"})
    assert done.status_code == 303
    assert client.post(url("return_line", second.pk), {"note": ""}).status_code == 422
    assert client.post(url("return_line", second.pk), {"note": "不明来款"}).status_code == 303
    assert client.post(url("park_line", third.pk), {"note": "等待"}).status_code == 303
    assert client.post(url("unpark_line", third.pk)).status_code == 303
    states = [BankLine.objects.get(pk=one.pk).state for one in (first, second, third)]
    assert states == ["assigned", "returned", "queued"]
    assert client.get(url("assign_line", third.pk)).status_code == 303


def test_an_account_is_proposed_by_one_and_confirmed_by_another():
    one, other = browser(people.finance()), browser(people.finance())
    facts = {"kind": "supervised", "holder": "中心", "bank": "江海银行", "account_number": "3201 8899 0000 0012",
             "currency": "CNY", "opening_date": "2026-01-01"}  # fmt: skip
    assert one.post(url("new_own_account"), {**facts, "account_number": "1"}).status_code == 422
    assert one.post(url("new_own_account"), facts).status_code == 303
    account = OwnAccount.objects.get()
    one.post(url("confirm_own_account", account.pk))
    account.refresh_from_db()
    assert (account.state, account.account_number) == ("proposed", "3201889900000012")
    other.post(url("confirm_own_account", account.pk))
    account.refresh_from_db()
    assert account.state == "active"
    other.post(url("close_own_account", account.pk))
    account.refresh_from_db()
    assert account.state == "closed"


def test_days_are_signed_and_the_month_is_closed_and_asked_back():
    month = (today().replace(day=1) - timedelta(days=1)).replace(day=1)
    until = today().replace(day=1) - timedelta(days=1)
    account, client = own_account(since=month), browser(people.finance())
    imported([Row("5.00", "甲", day=month)], account, day=until)
    assert client.post(url("close_month"), {"month": f"{month:%Y-%m}"}).status_code == 422
    assert client.post(url("sign_days", account.pk), {"until": "x"}).status_code == 422
    assert client.post(url("sign_days", account.pk), {"until": until.isoformat()}).status_code == 303
    assert SignedDay.objects.count() == until.day
    assert client.post(url("close_month"), {"month": f"{month:%Y-%m}"}).status_code == 303
    closed = AccountingMonth.objects.get()
    assert f"{month:%Y-%m}" in client.get(url("months")).content.decode()
    assert client.post(url("reopen_month", closed.pk), {"reason": ""}).status_code == 422
    assert client.post(url("reopen_month", closed.pk), {"reason": "漏记"}).status_code == 303
    assert client.get(url("bank_day", account.pk, "2026-13-01")).status_code == 404


def test_a_payer_chooses_the_transfer_and_is_told_account_and_reference(settings):
    account = own_account()
    payer = people.licensee()
    obligation = open_obligation(debtor=payer.organization, amount=yuan("10.00"))
    client = browser(payer)
    page = client.get(f"/finance/obligations/{obligation.number}/").content.decode()
    assert 'value="bank_transfer"' in page
    path = url("start_payment", obligation.number)
    refused = client.post(path, {"form_token": "a" * 12, "rail": "cash"})
    assert refused.status_code == 422
    sent = client.post(path, {"form_token": "b" * 12, "rail": "bank_transfer"})
    payment = Payment.objects.get()
    assert (sent.status_code, payment.provider, payment.state) == (303, "bank_transfer", "waiting")
    for page in both_languages(client, url("transfer", payment.order_id)):
        assert account.account_number in page
        assert reference_of(obligation).code in page
    imported([Row("10.00", reference_of(obligation).code)], account)
    payment.refresh_from_db()
    assert (payment.state, payment.bank_line.rule, Payment.objects.count()) == ("confirmed", "reference", 1)
    assert browser(people.licensee()).get(url("transfer", payment.order_id)).status_code == 404
