"""Random acts: lines of bank statements with all their oddities, signed days and closed months."""

from foundation.core.money import Money
from settlement.gateways.bank_transfer import reference_of
from settlement.models import AccountingMonth, BankLine, JournalEntry, Payout, Refund, Sweep
from settlement.queries import candidates
from settlement.services import closing, lines, queue
from tests.settlement.random_books.dice import PICK, act, coin, number, one
from tests.settlement.random_books.world import ONE_DAY

TEXTS = ("exact", "exact", "mistyped", "none", "two", "too little", "too much")


class Banking:
    """The bank's own word."""

    def settles(self, fen, text, *, day=None, **facts) -> BankLine | None:
        n = self.next()
        line = BankLine.objects.create(
            statement=self.cast.statement, account=self.cast.supervised, sequence=n + 100, key=f"random{n}",
            booked_on=day or self.today(), value_date=day or self.today(), amount_fen=fen, currency="CNY", text=text,
            **{"transaction_id": f"BANK{n}", "counterparty": "江海公司", "counterparty_account": "6222"} | facts,
        )  # fmt: skip
        return self.attempt("settle a line", lines.settle_line, line=line)

    def today(self):
        return candidates.local_date(self.now)

    @act(pick=PICK, other=PICK, how=one(TEXTS), early=coin)
    def line_in(self, pick, other, how, early):
        due = self.pick(self.open_rows(), pick)
        if due is None:
            return
        code, fen = reference_of(due).code, due.left.fen
        if how == "two" and (second := self.pick(self.open_rows().exclude(pk=due.pk), other)):
            code, fen = f"{code} {reference_of(second).code}", fen + second.left.fen
        elif how == "mistyped":
            code = code[:4] + ("2" if code[4] != "2" else "3") + code[5:]
        fen += {"too little": -1, "too much": 1}.get(how, 0)
        day = self.cast.month_end if early and not self.now.second % 3 else None
        line = self.settles(max(1, fen), "" if how == "none" else f"许可费 {code}", day=day)
        if line:
            self.count(f"line {line.state}")

    def queued(self, pick, **facts):
        return self.pick(BankLine.objects.filter(state="queued", **facts), pick)

    @act(pick=PICK, other=PICK)
    def assign_line(self, pick, other):
        line = self.queued(pick, amount_fen__gt=0)
        due = self.pick(self.open_rows(), other)
        if line and due and line.payment:
            shares = [queue.Share(due, min(due.left, line.payment.unallocated))]
            self.attempt("assign a line", queue.assign_line, line=line, shares=shares, actor=self.cast.signer)

    @act(pick=PICK)
    def return_line(self, pick):
        if line := self.queued(pick, amount_fen__gt=0):
            self.attempt("return a line", queue.return_line, line=line, actor=self.cast.signer, note="unknown")

    @act(pick=PICK)
    def reverse_line(self, pick):
        """The bank takes a receipt back."""
        rows = BankLine.objects.filter(amount_fen__gt=0, reversed_by=None, state__in=["matched", "queued", "assigned"])
        if original := self.pick(rows.exclude(payment=None), pick):
            line = self.settles(-original.amount_fen, "冲正", transaction_id=original.transaction_id, is_reversal=True)
            if line and line.state == "matched":
                self.count("line reversed")

    @act(pick=PICK, outgoing=one(["refund", "payout", "sweep", "back"]))
    def line_confirms(self, pick, outgoing):
        """The statement tells what became of money that left."""
        model, facts = {
            "refund": (Refund, {"state__in": ["requested", "sent"]}),
            "payout": (Payout, {"state": "sent", "refund": None}),
            "sweep": (Sweep, {}),
            "back": (Payout, {"state": "done", "refund": None}),
        }[outgoing]
        if row := self.pick(model.objects.filter(**facts), pick):
            sign = 1 if outgoing == "back" else -1
            line = self.settles(sign * row.amount_fen, row.number, end_to_end_id=row.number)
            if line and line.state == "matched":
                self.count(f"line confirms: {outgoing}")

    @act(fen=number(1, 10**6))
    def line_out(self, fen):
        """Money went out, and nobody knows why."""
        self.settles(-fen, "不明")

    @act(pick=PICK)
    def tick_line(self, pick):
        """A receipt of another rail is ticked off by hand."""
        entries = JournalEntry.objects.filter(kind__endswith="_received", tick=None)
        line = self.queued(pick, amount_fen__lt=0)
        if line and (entry := self.pick(entries, pick)):
            self.attempt("tick a line", queue.tick_line, line=line, entry=entry, actor=self.cast.signer)

    @act(pick=PICK)
    def park_line(self, pick):
        line = self.queued(pick)
        if line and self.attempt("park a line", queue.park_line, line=line, actor=self.cast.signer, note="later"):
            line.refresh_from_db()
            self.attempt("unpark a line", queue.unpark_line, line=line, actor=self.cast.signer)

    @act()
    def close_month(self):
        """Sign the days that are not signed and close the month; a closed one is reopened by two persons."""
        month, signer = self.cast.month_end.replace(day=1), self.cast.signer
        found = AccountingMonth.objects.filter(month=month).first()
        if found is None or found.state == "reopened":
            facts = {"account": self.cast.supervised, "until": self.cast.month_end, "note": "compared"}
            self.attempt("sign days", closing.sign_days, actor=signer, **facts)
            closed = self.attempt("try to close a month", closing.close_month, month=month, actor=signer)
            if closed and closed.state == "closed":
                self.count("close a month")
        else:
            self.attempt("ask to reopen", closing.ask_to_reopen, month=found, actor=signer, reason="late line")
            self.decides("reopen a month", closing.decide_reopening, found, "approve")

    @act(fen=number(1, 10**6), days=number(0, 3))
    def line_of_last_month(self, fen, days):
        """Booked by the bank in the month that may be closed by now."""
        line = self.settles(fen, "upfront", day=self.cast.month_end)
        if line and line.payment:
            assert line.payment.received == Money(fen)
            self.count("line of last month")

    @act(days=number(1, 9))
    def wait(self, days):
        self.move_to(self.now + days * ONE_DAY)
