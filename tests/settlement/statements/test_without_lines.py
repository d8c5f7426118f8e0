"""A day on which nothing moved: its statement has no lines, is imported, and the day can be signed."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from settlement import statements
from settlement.models import BankStatement
from settlement.services import closing
from settlement.services.closing import SignerImported
from settlement.services.statement_import import NothingNew
from settlement.statements import StatementRefused
from tests.factories.accounts import finance
from tests.factories.bank import Row, camt, own_account, send, take_over, today

pytestmark = pytest.mark.django_db
ONE_DAY = timedelta(days=1)
ICBC = "交易日期,摘要,记账金额(收入),记账金额(支出),记账币种,余额,对方户名\n"


def differing(content: bytes) -> bytes:
    """The same statement with another closing balance."""
    head, mark, tail = content.rpartition(b'<Amt Ccy="CNY">0.00</Amt>')
    return head + mark.replace(b"0.00", b"5.00") + tail


@pytest.fixture(autouse=True)
def in_english():
    """Sentences are compared: whatever language another test left."""
    with translation.override("en"):
        yield


@pytest.fixture
def account():
    return own_account()


def test_the_day_is_imported_once_and_signed_by_somebody_else(account):
    day, importer = account.opening_date, finance()
    content = camt([], day=day)
    batch = take_over(send(content, account, actor=importer), actor=importer)
    assert (batch.state, batch.rows_total) == ("done", 0) or batch.rows_written == 0
    kept = BankStatement.objects.get()
    assert (kept.first_day, kept.last_day, kept.lines.count(), kept.closing_fen) == (day, day, 0, 0)
    with pytest.raises(SignerImported):
        closing.sign_days(account=account, until=day, actor=importer)
    signed = closing.sign_days(account=account, until=day, actor=finance())
    assert [(row.day, row.lines, row.bank_fen) for row in signed] == [(day, 0, 0)]
    with pytest.raises(NothingNew):
        take_over(send(content, account))


def test_the_preview_says_that_nothing_moved_and_offers_to_confirm(client, account, settings):
    settings.KAIXU_SECOND_FACTOR_REQUIRED = False
    person = finance()
    batch = send(camt([], day=account.opening_date), account, actor=person)
    client.force_login(person.user)
    client.cookies["kaixu_language"] = "en"
    page = client.get(reverse("settlement:statement_import", args=[batch.pk])).content.decode()
    assert "Nothing moved on these days" in page and "Confirm the import" in page


@pytest.mark.parametrize(
    ("content", "days"),
    [
        (f"卡号: 1234****9876\n起始日期：2026-01-02 截止日期：2026-01-05\n{ICBC}", ("2026-01-02", "2026-01-05")),
        (f"查询期间,2026-01-02 至 2026-01-02\n期初余额,\"1,000.00\",期末余额,\"1,000.00\"\n{ICBC}合计,,0.00,0.00\n",
         ("2026-01-02", "2026-01-02")),
    ],
)  # fmt: skip
def test_an_export_without_lines_covers_its_period(content, days):
    (one,) = statements.read(content.encode())
    assert (one.lines, str(one.first_day), str(one.last_day)) == ([], *days)
    assert not one.difference


@pytest.mark.parametrize(
    "content",
    [
        ICBC.encode(),
        f"期间：2026-01-02 至 2026-01-02 期初余额：1,000.00 期末余额：900.00\n{ICBC}".encode(),
        f"期间：2026-01-05 至 2026-01-02\n{ICBC}".encode(),
        differing(camt([])),
        camt([], kind="054"),
    ],
)
def test_without_days_or_with_differing_balances_it_is_refused(content):
    with pytest.raises(StatementRefused) as refused:
        statements.read(content)
    assert "no lines" in refused.value.sentence


def test_what_is_known_better_or_lies_elsewhere_is_refused(account):
    day = account.opening_date
    take_over(send(camt([Row("10.00")], day=day), account))
    for wrong, word in (
        (camt([], day=day), "known from another one"),
        (camt([], day=day - ONE_DAY), "ends before"),
        (camt([], day=today() + ONE_DAY), "lies ahead"),
        (camt([], day=day, number="9" * 19), "not of the one you chose"),
    ):
        with pytest.raises(StatementRefused) as refused:
            send(wrong, account)
        assert word in refused.value.sentence
