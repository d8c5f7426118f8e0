"""Random acts: owing, paying in all ways, and receipts that are allocated."""

from datetime import timedelta

from foundation.core.actors import CLOCK, SYSTEM
from foundation.core.clock import local_date
from foundation.core.money import Money, split
from foundation.core.refs import Ref
from settlement import services
from settlement.gateways import base
from settlement.models import Case, Obligation, Payment
from settlement.services import cases, refunding
from tests.factories.money import transfer
from tests.factories.settlement import bank_says
from tests.settlement.random_books.dice import PERCENT, PICK, act, fen, number, numbers, one
from tests.settlement.random_books.world import ONE_DAY, PURPOSES


class Receipts:
    """What is owed and what comes in."""

    def owed(self, purpose: str, fen: int, pick: int, days: int = 5, **more) -> Obligation | None:
        n, cast = self.next(), self.cast
        return self.attempt(
            "open", services.open_obligation, purpose=purpose, ref=Ref("licenses.license", 900_000 + n, f"LIC-{n}"),
            debtor=cast.payers[pick % 3], creditor=cast.payees[pick % 2], amount=Money(fen),
            due_at=self.now + timedelta(days=days), key=f"random:{n}", label="石墨烯散热膜", actor=SYSTEM, **more,
        )  # fmt: skip

    def pays(self, obligation: Obligation, fen: int | None = None) -> str | None:
        """An attempt to pay and the bank's message about it; the outcome."""
        payment = self.attempt(
            "begin to pay", services.begin_payment, obligation=obligation, actor=SYSTEM, key=f"k{self.next()}"
        )
        return payment and self.hears(payment, fen)

    def hears(self, payment: Payment, fen: int | None = None, **facts) -> str | None:
        amount = None if fen is None else Money(max(1, fen))
        event = bank_says(payment, amount=amount, at=self.now, **facts)
        self.events.append(event)
        return self.attempt("take event", services.take_event, provider="sandbox", event=event)

    def open_rows(self):
        return Obligation.objects.filter(state="open")

    @act(purpose=one(PURPOSES), fen=fen, pick=PICK, days=number(1, 20))
    def owe(self, purpose, fen, pick, days):
        self.owed(purpose, fen, pick, days)

    @act(fen=number(10, 10**9), pick=PICK, weights=numbers(number(1, 9), 2, 4))
    def plan(self, fen, pick, weights):
        n = self.next()
        days = [local_date(self.now) + ONE_DAY * (7 * place) for place in range(len(weights))]
        parts = [services.Part(part, day, "分期") for part, day in zip(split(Money(fen), weights), days, strict=True)]
        self.attempt(
            "schedule", services.open_schedule, purpose="license.instalment", parts=parts, key=f"plan:{n}",
            ref=Ref("licenses.license", 800_000 + n, f"PLAN-{n}"), debtor=self.cast.payers[pick % 3],
            creditor=self.cast.payees[pick % 2], actor=SYSTEM,
        )  # fmt: skip

    @act(purpose=one(PURPOSES), fen=fen, pick=PICK)
    def owe_and_pay(self, purpose, fen, pick):
        if self.pays(self.owed(purpose, fen, pick)) == "accepted":
            self.count("pay exactly")

    @act(pick=PICK)
    def begin(self, pick):
        if due := self.pick(self.open_rows(), pick):
            self.attempt("begin to pay", services.begin_payment, obligation=due, actor=SYSTEM, key=f"k{self.next()}")

    @act(pick=PICK, percent=PERCENT)
    def pay_too_little(self, pick, percent):
        due = self.pick(self.open_rows().filter(amount_fen__gt=1), pick)
        if due and due.left.fen > 1 and self.pays(due, min(due.left.fen - 1, due.left.fen * percent // 100)):
            self.count("pay too little")

    @act(pick=PICK, fen=number(1, 10**6))
    def pay_too_much(self, pick, fen):
        if (due := self.pick(self.open_rows(), pick)) and self.pays(due, due.left.fen + fen):
            self.count("pay too much")

    @act(pick=PICK)
    def pay_late(self, pick):
        waiting = Payment.objects.filter(transaction_id=None, obligation__due_at__lte=self.now, provider="sandbox")
        payment = self.pick(waiting.filter(state__in=["started", "waiting", "failed"]), pick)
        if payment is None:
            due = self.pick(self.open_rows(), pick)
            payment = due and self.attempt(
                "begin to pay", services.begin_payment, obligation=due, actor=SYSTEM, key=f"k{self.next()}"
            )
            if payment:
                self.move_to(due.due_at + ONE_DAY)
        if payment and self.hears(payment):
            self.count("pay late")

    @act(pick=PICK)
    def repeat(self, pick):
        if self.events:
            event = self.events[pick % len(self.events)]
            told = self.attempt("repeat a message", services.take_event, provider="sandbox", event=event)
            assert told == "repeated"

    @act(pick=PICK)
    def pay_twice(self, pick):
        first = Payment.objects.filter(duplicate_of=None, provider="sandbox").exclude(transaction_id=None)
        if (payment := self.pick(first, pick)) and self.hears(payment):
            self.count("pay twice")

    @act(fen=fen)
    def pay_what_nobody_knows(self, fen):
        n = self.next()
        event = base.BankEvent(f"u{n}", base.SUCCEEDED, f"KX{n}", f"U{n}", Money(fen), self.now)
        self.events.append(event)
        if self.attempt("take event", services.take_event, provider="sandbox", event=event):
            self.count("pay for an unknown order")

    @act(pick=PICK)
    def fail_to_pay(self, pick):
        waiting = Payment.objects.filter(state__in=["started", "waiting"], provider="sandbox")
        if (payment := self.pick(waiting, pick)) and self.hears(payment, kind=base.FAILED) == "failed":
            self.count("fail to pay")

    @act(fen=fen)
    def transfer(self, fen):
        self.attempt("bank receipt", transfer, Money(fen), paid_at=self.now)

    @act(pick=PICK)
    def allocate_whole(self, pick):
        if due := self.pick(self.open_rows(), pick):
            self.allocates(transfer(due.left, paid_at=self.now), due, due.left, "allocate whole")

    @act(pick=PICK, other=PICK, percent=PERCENT)
    def allocate_part(self, pick, other, percent):
        receipt = self.pick(Payment.objects.filter(state="clarify", currency="CNY"), pick)
        due = self.pick(self.open_rows().filter(purpose__in=PURPOSES[1:]), other)
        if receipt and due and receipt.unallocated:
            amount = self.share(min(receipt.unallocated, due.left), percent)
            self.allocates(receipt, due, amount, "allocate part")

    def allocates(self, payment, due, amount, verb):
        facts = {"payment": payment, "obligation": due, "amount": amount, "actor": SYSTEM}
        self.attempt(verb, services.allocate, **facts, key=f"a{self.next()}")

    @act(pick=PICK)
    def withdraw(self, pick):
        rows = Payment.objects.filter(allocations__entry__kind="receipt_matched").distinct()
        if payment := self.pick(rows, pick):
            self.attempt("withdraw", services.withdraw, payment=payment, actor=SYSTEM, reason="reversed")

    @act(pick=PICK, percent=PERCENT)
    def return_a_part(self, pick, percent):
        payment = self.pick(Payment.objects.filter(state="clarify"), pick)
        if payment and payment.unallocated.fen > 1:
            part = min(self.share(payment.unallocated, percent), payment.unallocated - Money(1))
            self.attempt(
                "return unclear money", refunding.return_unidentified, payment, actor=SYSTEM, reason="x", amount=part
            )

    @act(pick=PICK, other=PICK, resolution=one(["refund", "assign", "assign"]))
    def resolve(self, pick, other, resolution):
        case = self.pick(Case.objects.filter(state="open").exclude(kind="refund_failed"), pick)
        if case is None:
            return
        due = self.pick(self.open_rows(), other) if resolution == "assign" else None
        facts = {"resolution": resolution, "obligation": due, "note": "clarified", "actor": self.cast.signer}
        self.attempt(f"resolve a case: {resolution}", cases.resolve_case, case=case, **facts)

    @act(pick=PICK, outcome=one(["approve", "approve", "return"]))
    def decide_case(self, pick, outcome):
        if case := self.pick(Case.objects.filter(state="in_review"), pick):
            self.decides("decide about a case", cases.decide_case, case, outcome)

    @act(pick=PICK, move=one(["cancel", "expire"]))
    def end(self, pick, move):
        if due := self.pick(self.open_rows(), pick):
            if move == "expire":
                self.move_to(due.due_at)
                self.attempt("expire a debt", services.expire_obligation, obligation=due, actor=CLOCK)
            else:
                self.attempt("cancel a debt", services.cancel_obligation, obligation=due, actor=SYSTEM, reason="x")

    @act(pick=PICK, days=number(1, 60))
    def charge_for_lateness(self, pick, days):
        due = self.pick(self.open_rows().filter(late_ppm_a_day__gt=0), pick)
        if due:
            self.move_to(due.due_at + days * ONE_DAY)
            made = self.attempt(
                "charge until a day", services.charge_until, obligation=due, until=local_date(self.now) - ONE_DAY
            )
            if made and made.fee_id:
                self.count("late fee")

    @act(pick=PICK)
    def remind(self, pick):
        if due := self.pick(self.open_rows(), pick):
            self.attempt("remind", services.remind, obligation=due, actor=CLOCK)
