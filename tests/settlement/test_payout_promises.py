"""Each promise about payouts, freezes and second persons finds one deliberately broken row."""

import psycopg2
import pytest

from foundation.audit import invariants
from foundation.core.money import Money
from settlement import invariants_payouts
from settlement.services import disputes, freezes, own_books, refund_requests
from tests.factories.accounts import finance, member
from tests.factories.payouts import collected_run, payable, payout_account
from tests.factories.settlement import paid_obligation
from tests.settlement.four_eyes.acts import ACTS, RULES

pytestmark = pytest.mark.django_db(transaction=True)
TABLES = ("posting", "journalentry", "freeze", "dispute", "payout", "payoutrun", "payoutaccount", "ownentry",
          "refundrequest", "case", "accountingmonth", "ownaccount", "objection", "distributionobjection",
          "settlementoffer", "taxrule", "feerule", "signedday")  # fmt: skip
TRANSIT = "What is in transit for payouts is what was sent and not answered."
FROZEN = "Nothing is frozen that is not there."
ENDED = "A dispute that ended freezes nothing."
BOOKED = "Every payout is booked as its state says, once."
TWO = "Nobody approves, confirms, settles or signs what they made themselves."


@pytest.fixture
def owner(owner_url, transactional_db):
    """The owner of the tables, with every trigger and check off: what no application could do."""
    link = psycopg2.connect(owner_url)
    link.autocommit = True
    cursor = link.cursor()
    for table in TABLES:
        cursor.execute(f"ALTER TABLE settlement_{table} DISABLE TRIGGER USER")
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'c'",
            [f"settlement_{table}"],
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f'ALTER TABLE settlement_{table} DROP CONSTRAINT "{name}"')
    yield cursor
    link.close()


def found():
    ours = {sentence for _id, sentence in SENTENCES}
    return {one.invariant.sentence for one in invariants.check() if one.invariant.sentence in ours}


SENTENCES = [(one.id, one.sentence) for one in invariants.everything() if one.sql in vars(invariants_payouts).values()]


def test_every_promise_of_payouts_is_tried_here():
    assert {sentence for _id, sentence in SENTENCES} == {TRANSIT, FROZEN, ENDED, BOOKED, TWO}


def test_a_payout_that_calls_itself_sent_is_found(owner):
    payable()
    collected_run()
    assert found() == set()
    owner.execute("UPDATE settlement_payout SET state = 'sent'")
    assert found() == {TRANSIT, BOOKED}


def test_a_payout_that_is_done_without_a_confirmation_is_found(owner):
    payable()
    run = collected_run()
    owner.execute("UPDATE settlement_payout SET state = 'done'")
    owner.execute(
        "INSERT INTO settlement_journalentry (kind, key, ref_kind, ref_id, ref_number, posted_at, value_date, reason, "
        "actor_role, xact) VALUES ('payout_sent', %s, '', 0, '', now(), now(), '', '', -1)",
        [f"payout:{run.payouts.get().number}:sent"],
    )
    assert found() == {BOOKED}


def test_more_frozen_than_is_there_is_found(owner):
    fee = paid_obligation()
    freezes.place(account="2002", party=fee.creditor_id, ref=fee, amount=Money(100_00), kind="court", basis=fee,
                  actor=finance())  # fmt: skip
    assert found() == set()
    owner.execute("UPDATE settlement_freeze SET amount_fen = 100001")
    assert found() == {FROZEN}


def test_a_dispute_that_ended_and_still_freezes_is_found(owner):
    fee = paid_obligation()
    payer = member("licensing_user", organization=fee.debtor)
    disputes.open_dispute(obligation=fee, amount=Money(400_00), claim="Not delivered.", actor=payer)
    assert found() == set()
    owner.execute("UPDATE settlement_dispute SET state = 'withdrawn'")
    assert found() == {ENDED}


def approved_alone():
    """One row of each kind that needs two persons, made by one of them."""
    person = finance()
    fee = payable()
    collected_run(actor=person)
    payout_account(paid_obligation().debtor)
    own_books.propose_entry(kind="charge", text="x", amount=Money(1_00), actor=person, key="k")
    facts = {"kind": "breach", "amount": Money(1_00), "text": "x", "actor": person}
    refund_requests.ask_back(obligation=fee, **facts)


@pytest.mark.parametrize(
    "change",
    [
        "settlement_payoutrun SET approved_by_id = made_by_id",
        "settlement_payoutaccount SET decided_by_id = proposed_by_id",
        "settlement_ownentry SET approved_by_id = made_by_id",
        "settlement_refundrequest SET decided_by_id = asked_by_id",
        "settlement_refundrequest SET reviewed_by_id = 7, decided_by_id = 7",
    ],
)
def test_an_approval_of_ones_own_is_found(owner, change):
    approved_alone()
    assert found() == set()
    owner.execute(f"UPDATE {change}")
    assert found() == {TWO}


WHAT = {
    "unclear money goes back": "case",
    "a closed month is reopened": "month",
    "an own account is confirmed": "own account",
    "a day of the bank is signed": "day",
    "an objection to a release is settled": "objection",
    "an objection to a distribution is answered": "objection to income",
    "a ruling is carried out": "ruling",
    "the other side agrees": "offer",
}


def test_what_somebody_approved_alone_is_found_wherever_it_needs_two(owner, monkeypatch, settings):
    settings.KAIXU_FOUR_EYES_ABOVE_FEN = 0
    acts = [act for act in ACTS if act.name in WHAT]
    scenes = [(act, act.make(monkeypatch)) for act in acts]
    assert found() == set()
    for act, scene in scenes:
        sql, _refusal = act.raw[0]
        owner.execute(sql.format(pk=scene.subject.pk, maker=scene.makers[0].user_id))
    for sql, _refusal in RULES:
        if "7, 7" in sql:
            owner.execute(sql)
    [finding] = [one for one in invariants.check({"I16"}) if one.invariant.sentence == TWO]
    assert {row["what"] for row in finding.rows} == {*WHAT.values(), "tax rule", "fee rule"}
