"""A run on its way: booked, ordered at the sandbox bank or written to a file, answered; failures are due again."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from lxml import etree

from foundation.core.clock import database_now, local_date
from foundation.core.money import Money
from foundation.jobs import services as jobs
from sandboxbank.models import Message, Movement
from settlement import clock_payouts, queries, services
from settlement.gateways.base import (
    PAYOUT_FAILED,
    PAYOUT_RETURNED,
    PAYOUT_SUCCEEDED,
    BankEvent,
    Indefinite,
)
from settlement.models import OwnAccount, Payment, Payout, PayoutRun
from settlement.services import bank_accounts, own_accounts, paying_out, payouts, runs
from tests.factories.accounts import finance
from tests.factories.payouts import approved_run, collected_run, payable
from tests.factories.settlement import paid_obligation

pytestmark = pytest.mark.django_db
NS = {"p": "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"}


class Bank:
    """A bank that takes orders, forgets answers, or is away."""

    name = "sandbox"

    def __init__(self):
        self.orders, self.away, self.answers = [], False, {}

    def payout(self, **facts):
        self.orders.append(facts["payout_id"])
        if self.away:
            raise Indefinite()

    def query_payout(self, *, payout_id):
        return self.answers.get(payout_id)


@pytest.fixture
def bank(monkeypatch, settings):
    settings.KAIXU_SANDBOX_BANK = True
    made = Bank()
    monkeypatch.setattr(payouts.gateways, "gateway", lambda name: made)
    return made


class Progress:
    def restart(self, **facts):
        pass

    def step(self, rows=0):
        pass


def send(run):
    run = runs.begin_sending(run=run, actor=finance())
    paying_out.carry_out(job=SimpleNamespace(subject_id=run.pk), progress=Progress())
    run.refresh_from_db()
    return run


def said(payout, kind=PAYOUT_SUCCEEDED, **facts):
    facts = {"amount": payout.amount, "transaction_id": "B1", "occurred_at": database_now(), **facts}
    return BankEvent(event_id=f"e-{payout.pk}-{kind}", type=kind, payout_id=payout.number, **facts)


def balances():
    return [queries.balance(code) for code in ("2011", "1131", "1001")]


def test_each_payout_is_ordered_once_and_in_transit_until_the_bank_answers(bank):
    payable()
    payable(Money(250_00))
    run = send(approved_run())
    assert (run.state, sorted(bank.orders)) == ("sent", sorted(run.payouts.values_list("number", flat=True)))
    assert balances() == [Money(0), Money(-1_250_00), Money(1_250_00)]
    for payout in run.payouts.all():
        assert payouts.note_answer(payout.number, said(payout)) == "done"
        assert payouts.note_answer(payout.number, said(payout)) == "repeated"
    assert balances() == [Money(0), Money(0), Money(0)]
    assert clock_payouts.finish_runs() == 1
    run.refresh_from_db()
    assert run.state == "done"


def test_a_job_taken_up_again_pays_nobody_twice(bank):
    payable()
    run = send(approved_run())
    paying_out.carry_out(job=SimpleNamespace(subject_id=run.pk), progress=Progress())
    assert len(bank.orders) == 1


def test_after_an_indefinite_answer_the_bank_is_asked_before_anything_is_ordered_again(bank):
    payable()
    bank.away = True
    payout = send(approved_run()).payouts.get()
    assert payout.state == "sent"
    bank.answers[payout.number] = said(payout)
    Payout.objects.update(next_check_at=database_now() - timedelta(seconds=1))
    assert clock_payouts.pursue_payouts() == 1
    payout.refresh_from_db()
    assert (payout.state, len(bank.orders)) == ("done", 1)


def test_an_order_that_never_reached_the_bank_is_ordered_again(bank):
    payable()
    bank.away = True
    payout = send(approved_run()).payouts.get()
    bank.away = False
    Payout.objects.update(next_check_at=database_now() - timedelta(seconds=1))
    clock_payouts.pursue_payouts()
    assert bank.orders == [payout.number] * 2


def test_what_the_bank_cannot_do_is_due_again_once_somebody_has_looked(bank):
    payable()
    payout = send(approved_run()).payouts.get()
    assert payouts.note_answer(payout.number, said(payout, PAYOUT_FAILED, problem="no such account")) == "failed"
    assert balances() == [Money(1_000_00), Money(0), Money(1_000_00)]
    with pytest.raises(runs.NothingToPay):
        collected_run()
    payout.refresh_from_db()
    payouts.clear_payout(payout=payout, actor=finance(), reason="Number corrected.")
    assert collected_run().payouts.get().amount == Money(1_000_00)


def test_money_that_comes_back_is_due_to_the_payee_again(bank):
    payable()
    payout = send(approved_run()).payouts.get()
    payouts.note_answer(payout.number, said(payout))
    assert payouts.note_answer(payout.number, said(payout, PAYOUT_RETURNED, problem="closed")) == "failed"
    assert balances() == [Money(1_000_00), Money(0), Money(1_000_00)]


def test_another_amount_or_an_unknown_number_changes_nothing(bank):
    payable()
    payout = send(approved_run()).payouts.get()
    assert payouts.note_answer(payout.number, said(payout, amount=Money(1))) == "differs"
    assert payouts.note_answer("PO0000000000000000", said(payout)) == "ignored"
    assert balances()[1] == Money(-1_000_00)


def test_the_messages_of_the_bank_reach_the_payout(bank):
    payable()
    payout = send(approved_run()).payouts.get()
    assert services.take_event(provider="sandbox", event=said(payout)) == "done"
    assert services.take_event(provider="sandbox", event=said(payout)) == "repeated"


def test_the_value_date_is_the_banks_day(bank):
    payable()
    payout = send(approved_run()).payouts.get()
    day = database_now() - timedelta(days=2)
    payouts.note_answer(payout.number, said(payout, occurred_at=day))
    payout.refresh_from_db()
    assert payout.paid_on == local_date(day)


@pytest.fixture
def supervised():
    account = OwnAccount.objects.create(
        kind="supervised", holder="江海省知识产权局", bank="中国工商银行", account_number="3201000099",
        opening_date=local_date(database_now()), proposed_by_id=finance().user_id,
    )  # fmt: skip
    return own_accounts.confirm_own_account(account=account, actor=finance())


def test_a_file_for_the_bank_names_every_payout_and_the_statement_confirms_it(supervised):
    payable()
    payable(Money(250_00))
    run = send(approved_run(rail="file"))
    document = etree.fromstring(run.file.content.open().read())
    ids = document.xpath("//p:CdtTrfTxInf/p:PmtId/p:EndToEndId/text()", namespaces=NS)
    assert (run.state, sorted(ids)) == ("sent", sorted(run.payouts.values_list("number", flat=True)))
    assert document.xpath("string(//p:GrpHdr/p:CtrlSum)", namespaces=NS) == "1250.00"
    assert document.xpath("string(//p:DbtrAcct/p:Id/p:Othr/p:Id)", namespaces=NS) == "3201000099"
    codes = set(document.xpath("//p:CdtrAgt//p:ClrSysMmbId/p:MmbId/text()", namespaces=NS))
    assert codes == {"102301000011"}
    assert clock_payouts.pursue_payouts() == 0
    for payout in run.payouts.all():
        assert payouts.note_answer(payout.number, said(payout)) == "done"
    assert balances() == [Money(0), Money(0), Money(0)]


def test_without_a_supervised_account_no_file_is_begun():
    payable()
    with pytest.raises(paying_out.NoSupervisedAccount):
        runs.begin_sending(run=approved_run(rail="file"), actor=finance())
    assert PayoutRun.objects.get().state == "approved"


def test_a_refund_that_its_rail_cannot_carry_leaves_in_a_run(supervised):
    obligation = paid_obligation()
    Payment.objects.update(provider="bank_transfer")
    payment = Payment.objects.get()
    bank_accounts.note_sender(payment=payment, holder="某公司", number="6222000011112222")
    refund = services.refund_obligation(obligation=obligation, actor=finance(), reason="withdrawn")
    run = send(approved_run(rail="file"))
    payout = run.payouts.get()
    assert (payout.refund_id, payout.holder, payout.full_number) == (refund.pk, "某公司", "6222000011112222")
    refund.refresh_from_db()
    assert refund.state == "sent"
    assert payouts.note_answer(payout.number, said(payout)) == "done"
    refund.refresh_from_db()
    obligation.refresh_from_db()
    assert (refund.state, obligation.state) == ("done", "refunded")
    assert [queries.balance(code) for code in ("2013", "1131", "1001")] == [Money(0)] * 3


def test_the_sandbox_bank_pays_fails_and_refuses_by_the_account_number(live_server_bank):
    good, failing, unknown = payable(), payable(Money(2_00), "32000000005050"), payable(Money(3_00), "32000000004040")
    run = runs.begin_sending(run=approved_run(), actor=finance())
    jobs.run(run.job_id)
    states = {one.ref_id: one.state for one in Payout.objects.all()}
    assert states == {good.pk: "sent", failing.pk: "sent", unknown.pk: "failed"}
    assert Movement.objects.filter(kind="payout").count() == 2
    Payout.objects.update(next_check_at=database_now() - timedelta(seconds=1))
    clock_payouts.pursue_payouts()
    states = {one.ref_id: one.state for one in Payout.objects.all()}
    assert states == {good.pk: "done", failing.pk: "failed", unknown.pk: "failed"}
    assert Message.objects.count() == 2
    assert queries.equation().difference == Money(0)
    assert PayoutRun.objects.get().state == "done"


@pytest.fixture
def live_server_bank(transactional_db, live_server, settings):
    settings.KAIXU_SANDBOX_BANK = True
    settings.KAIXU_PUBLIC_URL = settings.KAIXU_SANDBOX_BANK_URL = live_server.url
