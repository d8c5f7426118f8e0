"""The nightly proof: one a night, over what was posted by then, kept for ever."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from foundation.core import clock
from foundation.core.clock import database_now, end_of_local_day, local_date
from foundation.core.money import Money
from settlement.models import NightlyProof
from settlement.services import proving
from tests.factories.accounts import finance, licensee, member
from tests.factories.settlement import paid_obligation
from tests.settlement.browsing import browser

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_second_factor(settings):
    settings.KAIXU_SECOND_FACTOR_REQUIRED = False


def test_a_night_is_proved_once_over_what_was_posted_by_then():
    today = local_date(database_now())
    with clock.at(end_of_local_day(today) - timedelta(seconds=1)):
        paid_obligation(amount=Money(12_345_67))
    with clock.at(end_of_local_day(today) + timedelta(minutes=1)):
        paid_obligation(amount=Money(1_000_00))
    with clock.at(end_of_local_day(today) + timedelta(hours=2)):
        assert [proving.prove_nights(), proving.prove_nights()] == [1, 0]
    proof = NightlyProof.objects.get()
    assert (proof.day, proof.bank, proof.owed) == (today, Money(12_345_67), Money(12_345_67))
    assert (proof.difference, proof.entries) == (Money(0), 1)


def test_nights_without_a_worker_are_made_up_for():
    proving.prove_nights()
    with clock.at(database_now() + timedelta(days=3)):
        assert proving.prove_nights() == 3


def test_no_proof_is_taken_in_the_hour_after_midnight():
    today = local_date(database_now())
    with clock.at(end_of_local_day(today) + timedelta(minutes=30)):
        proving.prove_nights()
    assert NightlyProof.objects.get().day == today - timedelta(days=1)


@pytest.mark.parametrize(
    "sql",
    ["UPDATE settlement_nightlyproof SET owed_fen = 1", "DELETE FROM settlement_nightlyproof"],
)
def test_the_database_keeps_a_proof_as_it_is(sql):
    proving.prove_nights()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_the_proofs_are_for_finance_and_the_auditor():
    proving.prove_nights()
    for someone, status in ((licensee(), 403), (finance(), 200), (member("auditor"), 200)):
        assert browser(someone).get("/finance/desk/proofs/").status_code == status
    text = browser(finance()).get("/finance/desk/").content.decode()
    assert "Proof of the last nights" in text
    assert "/finance/bank/queue/" in text
    assert 'aria-label="Pages of finance"' in text


def test_the_bar_of_finance_marks_one_page_and_is_not_for_parties():
    for path in ("/finance/desk/", "/finance/bank/queue/", "/finance/payouts/", "/finance/own-books/"):
        text = browser(finance()).get(path).content.decode()
        bar = text.split('aria-label="Pages of finance"')[1].split("</nav>")[0]
        assert bar.count("aria-current") == 1
        assert f'href="{path}" aria-current' in bar
    assert "Pages of finance" not in browser(licensee()).get("/finance/").content.decode()
