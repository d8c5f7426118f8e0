"""The pages of payouts, refund requests, disputes and the own books, and the things they are called with."""

from typing import Any
from unittest import mock

from foundation import audit
from foundation.core import handlers
from foundation.core.actors import SYSTEM
from foundation.core.money import Money
from foundation.documents.services import store
from settlement.models import Dispute, Payout, PayoutAccount, PayoutRun
from settlement.services import dispute_outcomes, disputes, refund_requests
from tests.architecture.permissions.table import entry as e
from tests.factories import accounts as people
from tests.factories import settlement as money
from tests.factories.payouts import payout_account

READ, WRITE = "GET", "POST"

ENTRIES = [
    e("settlement:payout_runs", READ, "reads all money"),
    e("settlement:payout_runs", WRITE, "settles"),
    e("settlement:payouts_received", READ, "sees money"),
    e("settlement:payout_run", READ, "reads all money", number="payout_run"),
    e("settlement:payout_run_file", READ, "settles", number="payout_run"),
    e("settlement:payout_run_act", WRITE, "settles a case", number="payout_run", act="=cancel"),
    e("settlement:payout", READ, "sees money", number="payout"),
    e("settlement:payout_act", WRITE, "clarifies a payout", number="payout", act="=clear"),
    e("settlement:payout_account", READ, "sees money"),
    e("settlement:payout_account", WRITE, "names the payout account"),
    e("settlement:withdraw_account", WRITE, "takes an account back", pk="payout_account"),
    e("settlement:refund_requests", READ, "sees money"),
    e("settlement:refund_request", READ, "sees money", "counterparty", number="refund_request"),
    e("settlement:refund_request_act", WRITE, "reviews a request", "counterparty", number="refund_request",
      act="=grant"),
    e("settlement:ask_back", READ, "sees money", "counterparty", number="obligation"),
    e("settlement:ask_back", WRITE, "asks for money back", "counterparty", number="obligation"),
    e("settlement:open_dispute", READ, "sees money", "counterparty", number="obligation"),
    e("settlement:open_dispute", WRITE, "disputes", "counterparty", number="obligation"),
    e("settlement:disputes", READ, "sees disputes"),
    e("settlement:dispute", READ, "sees disputes", "counterparty", number="dispute"),
    e("settlement:dispute_act", WRITE, "moves a dispute", "counterparty", number="dispute", act="=mediate"),
    e("settlement:dispute_offer", WRITE, "answers an offer", "counterparty", number="dispute", pk="offer",
      act="=decline"),
    e("settlement:own_books", READ, "reads all money"),
    e("settlement:new_own_entry", WRITE, "settles"),
    e("settlement:new_sweep", WRITE, "settles"),
]  # fmt: skip


def of_side(actor: Any, payer: Any, payee: Any) -> dict[str, Any]:
    """A payout to the actor's organization, and what is asked and disputed about what a payer paid a payee."""
    clerk, obligation = people.finance(), paid_price(payer.organization, payee.organization)
    run = PayoutRun.objects.first() or _run(clerk)
    account = PayoutAccount.objects.filter(organization=actor.organization).first()
    dispute = _dispute(obligation)
    request = refund_requests.ask_back(obligation=obligation, kind="other", amount=Money(1), text="核对", actor=clerk)
    return {
        "payout_run": run.number,
        "payout": _payout(run, actor.organization, obligation).number,
        "payout_account": (account or _account(actor.organization)).pk,
        "refund_request": request.number,
        "dispute": dispute.number,
        "offer": dispute.offers.get().pk,
    }


def paid_price(debtor: Any, creditor: Any) -> Any:
    """Something paid that no license depends on."""
    obligation = money.open_obligation(debtor=debtor, creditor=creditor, purpose="auction.price")
    ids = {"transaction": f"MX{obligation.pk}", "event": f"mx-{obligation.pk}"}
    with mock.patch.dict(handlers._owners):  # no sale stands behind it
        handlers._owners.pop("obligation.paid:auction.price", None)
        outcome = money.pay(money.started_payment(obligation), **ids)
    assert outcome == "accepted", outcome
    obligation.refresh_from_db()
    return obligation


def _run(clerk: Any) -> PayoutRun:
    file = store(name="run.xml", content=b"<Document/>", content_type="application/xml", owner_id=None)
    return PayoutRun.objects.create(number="JSPR-2026-000001-M", key="matrix", rail="file", file=file,
                                    made_by_id=clerk.user_id)  # fmt: skip


def _payout(run: PayoutRun, organization: Any, obligation: Any) -> Payout:
    row = Payout(run=run, party=organization, account_id="2011", ref_kind="settlement.obligation",
                 ref_id=obligation.pk, amount_fen=1, holder=organization.name)  # fmt: skip
    row.set_number("320000001234")
    row.save()
    facts = {"amount": row.amount, "about": "", "account": row.number_masked}
    return audit.advance(row, "send", actor=SYSTEM, data=facts, parties=[organization])


def _account(organization: Any) -> PayoutAccount:
    if organization.kind != "person":
        return payout_account(organization)
    row = PayoutAccount(organization=organization, holder=organization.name, proposed_by_id=0)
    row.set_number("320000001234")
    row.save()
    return row


def _dispute(obligation: Any) -> Dispute:
    payer = obligation.debtor.memberships.filter(is_active=True, role__in=["owner", "person"]).first()
    made = disputes.open_dispute(obligation=obligation, amount=Money(1), claim="核对", actor=payer)
    dispute_outcomes.offer(dispute=made, back=Money(1), text="", actor=payer)
    return made
