"""Random acts: money on its way out, refunds and payouts, and what the bank says about them."""

from types import SimpleNamespace

from foundation.core.actors import SYSTEM
from settlement import services
from settlement.gateways import base
from settlement.models import Case, Obligation, Payment, Payout, PayoutRun, Refund, RefundRequest
from settlement.services import cases, paying_out, payouts, refund_requests, runs, sending
from tests.settlement.random_books.dice import PERCENT, PICK, act, coin, one

SILENT = SimpleNamespace(restart=lambda **facts: None, step=lambda count=0: None)


class ScriptedBank:
    """A rail that takes every order but each seventh; what became of them it tells in the machine's messages."""

    name = "sandbox"
    refunds_by_payout = False

    def __init__(self):
        self.orders = 0

    def payout(self, **order) -> None:
        """Take or refuse an order."""
        self.orders += 1
        if self.orders % 7 == 0:
            raise base.BankRefused(problem="no such account")

    def query_payout(self, *, payout_id):
        """Nothing is known yet."""


class Outgoing:
    """Refunds, requests for them, and payouts."""

    def paid_rows(self):
        return Obligation.objects.filter(state="paid", hold=None)

    @act(pick=PICK, percent=PERCENT)
    def refund_part(self, pick, percent):
        rows = Payment.objects.filter(state="confirmed", obligation__hold=None).exclude(obligation=None)
        if payment := self.pick(rows, pick):
            amount = self.share(payment.left, percent)
            self.attempt("refund a part", services.refund, payment=payment, amount=amount, actor=SYSTEM, reason="x")

    @act(pick=PICK)
    def refund_whole(self, pick):
        if due := self.pick(self.paid_rows().filter(released_at=None), pick):
            self.attempt("refund the whole", services.refund_obligation, obligation=due, actor=SYSTEM, reason="x")

    @act(pick=PICK)
    def send_refund(self, pick):
        if row := self.pick(Refund.objects.filter(state="requested"), pick):
            self.attempt("send a refund", sending.note_sent, row)

    @act(pick=PICK, kind=one([base.REFUND_SUCCEEDED, base.REFUND_SUCCEEDED, base.REFUND_FAILED]))
    def answer_refund(self, pick, kind):
        rows = Refund.objects.filter(state__in=["requested", "sent"])
        if row := self.pick(rows, pick):
            n = self.next()
            event = base.BankEvent(f"r{n}", kind, refund_id=row.number, occurred_at=self.now, problem="closed account")
            self.events.append(event)
            if outcome := self.attempt("take event", services.take_event, provider="sandbox", event=event):
                self.count(f"refund {outcome}")

    @act(pick=PICK)
    def retry_refund(self, pick):
        if case := self.pick(Case.objects.filter(state="open", kind="refund_failed"), pick):
            facts = {"resolution": "retry", "actor": self.cast.signer, "note": "again"}
            self.attempt("retry a refund", cases.resolve_case, case=case, **facts)

    @act(pick=PICK, percent=PERCENT, review=coin)
    def ask_back(self, pick, percent, review):
        due = self.pick(self.paid_rows(), pick)
        if due is None:
            return
        facts = {"kind": "breach", "amount": self.share(due.amount, percent), "text": "Not delivered."}
        payer = self.cast.payer_of[due.debtor_id]
        asked = self.attempt("ask back", refund_requests.ask_back, obligation=due, actor=payer, **facts)
        if asked and review:
            self.reviews(asked, asked.amount, "Agreed.")

    def reviews(self, request, granted, opinion):
        verb = "refuse a request" if granted is None else "grant a request"
        facts = {"request": request, "granted": granted, "opinion": opinion, "actor": self.cast.signer}
        self.attempt(verb, refund_requests.review_request, **facts)

    @act(pick=PICK, percent=PERCENT, act=one(["grant", "refuse", "withdraw"]))
    def answer_request(self, pick, percent, act):
        request = self.pick(RefundRequest.objects.filter(state="requested"), pick)
        if request is None:
            return
        if act == "withdraw":
            payer = self.cast.payer_of[request.asked_for_id]
            self.attempt("withdraw a request", refund_requests.withdraw_request, request=request, actor=payer)
        else:
            self.reviews(request, self.share(request.amount, percent) if act == "grant" else None, "So be it.")

    @act(pick=PICK, outcome=one(["approve", "approve", "return"]))
    def decide_request(self, pick, outcome):
        if request := self.pick(RefundRequest.objects.filter(state="reviewed"), pick):
            self.decides("decide about a request", refund_requests.decide_request, request, outcome)

    @act()
    def follow_requests(self):
        for request in refund_requests.granted()[:3]:
            self.attempt("note that a request is paid", refund_requests.note_paid, request=request)

    @act()
    def collect(self):
        facts = {"rail": "sandbox", "actor": self.cast.signer, "key": f"run{self.next()}"}
        if run := self.attempt("collect a run", runs.collect_run, **facts):
            self.attempt("submit a run", runs.submit_run, run=run, actor=self.cast.signer)

    @act(pick=PICK, outcome=one(["approve", "approve", "return"]))
    def decide_run(self, pick, outcome):
        if run := self.pick(PayoutRun.objects.filter(state="waiting"), pick):
            self.decides("decide about a run", runs.decide_run, run, outcome)

    @act(pick=PICK, act=one(["submit", "drop", "cancel"]))
    def change_run(self, pick, act):
        run = self.pick(PayoutRun.objects.filter(state="draft"), pick)
        if run and act == "submit":
            self.attempt("submit a run", runs.submit_run, run=run, actor=self.cast.signer)
        elif run and act == "cancel":
            self.attempt("cancel a run", runs.cancel_run, run=run, actor=self.cast.signer, reason="x")
        elif run and (one := self.pick(run.payouts.filter(state="planned"), pick)):
            self.attempt("leave a payout out", runs.drop_payout, payout=one, actor=self.cast.signer, reason="x")

    @act(pick=PICK)
    def carry_out(self, pick):
        run = self.pick(PayoutRun.objects.filter(state="approved"), pick)
        begun = run and self.attempt("send a run", runs.begin_sending, run=run, actor=self.cast.signer)
        if begun:
            for _again in range(2):
                job = SimpleNamespace(subject_id=begun.pk)
                self.attempt("carry out a run", paying_out.carry_out, job=job, progress=SILENT)

    @act(pick=PICK, kind=one(base.PAYOUTS))
    def answer_payout(self, pick, kind):
        state = "done" if kind == base.PAYOUT_RETURNED else "sent"
        if row := self.pick(Payout.objects.filter(state=state, refund=None), pick):
            n = self.next()
            event = base.BankEvent(f"p{n}", kind, payout_id=row.number, occurred_at=self.now, problem="closed account")
            self.events.append(event)
            if outcome := self.attempt("take event", services.take_event, provider="sandbox", event=event):
                self.count(f"{kind}: {outcome}")

    @act(pick=PICK)
    def finish_runs(self, pick):
        if run := self.pick(PayoutRun.objects.filter(state="sent"), pick):
            self.attempt("finish a run", paying_out.finish_run, run)

    @act(pick=PICK)
    def clear_payout(self, pick):
        if row := self.pick(Payout.objects.filter(state="failed"), pick):
            self.attempt("clear a payout", payouts.clear_payout, payout=row, actor=self.cast.signer, reason="x")
