"""Random acts: deposits and bounties, releases, objections, freezes, and the platform's own books."""

from foundation.core.actors import CLOCK, SYSTEM
from foundation.core.money import Money
from settlement import services
from settlement.models import Freeze, Hold, JournalEntry, Obligation, OwnEntry
from settlement.services import freezes, own_books, sweeping
from settlement.services import objections as objecting
from tests.settlement.random_books.dice import PERCENT, PICK, act, coin, fen, number, one
from tests.settlement.random_books.world import DEPOSITS, ONE_DAY


class Holding:
    """What is held, and what leaves escrow."""

    @act(purpose=one(DEPOSITS), fen=fen, pick=PICK, days=number(1, 40))
    def deposit(self, purpose, fen, pick, days):
        due = self.owed(purpose, fen, pick, hold_until=self.now + days * ONE_DAY)
        if due and self.pays(due) == "accepted":
            self.count("hold")

    def held(self, pick, **facts) -> Hold | None:
        return self.pick(Hold.objects.filter(state="held", **facts), pick)

    def parts_of(self, hold, percent, whole=False) -> list:
        """A part for the payee and a part for the platform; with ``whole`` all of the hold."""
        amount = hold.left if whole else self.share(hold.left, percent)
        payee, own = Money(amount.fen - amount.fen // 20), Money(amount.fen // 20)
        parts = [services.Share("2011", payee, hold.obligation.creditor_id)]
        return parts + ([services.Share("2031", own)] if own else [])

    @act(pick=PICK, percent=PERCENT, whole=coin)
    def capture(self, pick, percent, whole):
        if hold := self.held(pick, purpose__in=(DEPOSITS[0], DEPOSITS[2])):
            parts = self.parts_of(hold, percent, whole)
            self.attempt("capture", services.capture, hold=hold, parts=parts, actor=SYSTEM)

    @act(pick=PICK, percent=PERCENT)
    def accept_milestone(self, pick, percent):
        if hold := self.held(pick, purpose="challenge.bounty"):
            facts = {"parts": self.parts_of(hold, percent), "key": f"m{self.next()}", "keep_rest": True}
            self.attempt("capture a milestone", services.capture, hold=hold, actor=SYSTEM, **facts)

    @act(pick=PICK)
    def give_back(self, pick):
        if hold := self.held(pick):
            self.attempt("release a hold", services.release_hold, hold=hold, actor=SYSTEM)

    @act(pick=PICK, percent=PERCENT)
    def forfeit(self, pick, percent):
        if hold := self.held(pick, purpose__in=DEPOSITS[:2]):
            self.attempt("forfeit", services.forfeit, hold=hold, shares=self.parts_of(hold, percent), actor=SYSTEM)

    @act(pick=PICK)
    def expire_hold(self, pick):
        if hold := self.held(pick):
            self.move_to(hold.expires_at)
            self.attempt("expire a hold", services.expire, hold=hold)

    @act(pick=PICK, percent=PERCENT, auction=coin)
    def set_off(self, pick, percent, auction):
        """A deposit counts toward a new price or fee of its payer."""
        if hold := self.held(pick, purpose=DEPOSITS[1 if auction else 0]):
            purpose = "auction.price" if auction else "license.instalment"
            n = self.next()
            due = self.attempt(
                "open", services.open_obligation, purpose=purpose, ref=hold.ref, debtor=hold.party,
                creditor=hold.obligation.creditor, amount=Money(max(1, hold.amount_fen * percent // 50)),
                due_at=self.now + ONE_DAY, key=f"price:{n}", label="成交价", actor=SYSTEM,
            )  # fmt: skip
            self.attempt("set off", services.set_off, hold=hold, obligation=due, actor=SYSTEM)

    @act(pick=PICK)
    def release(self, pick):
        rows = Obligation.objects.filter(state="paid", released_at=None).exclude(release_at=None)
        if due := self.pick(rows, pick):
            self.move_to(due.release_at)
            self.attempt("release", services.release, obligation=due, actor=CLOCK)

    @act(pick=PICK)
    def object_to_release(self, pick):
        if due := self.pick(Obligation.objects.filter(state="paid", released_at=None), pick):
            payer = self.cast.payer_of[due.debtor_id]
            self.attempt("object", objecting.raise_objection, obligation=due, actor=payer, reason="Not delivered.")

    @act(pick=PICK)
    def settle_objection(self, pick):
        if due := self.pick(Obligation.objects.filter(objections__settled_at=None, objections__isnull=False), pick):
            finance = self.cast.signer
            self.attempt("settle an objection", objecting.settle_objection, obligation=due, actor=finance, outcome="x")

    @act(pick=PICK, percent=PERCENT)
    def freeze(self, pick, percent):
        if due := self.pick(Obligation.objects.filter(state="paid"), pick):
            account = "2011" if due.released_at else due.purpose_row.held_in
            party = due.creditor_id if due.released_at else due.holder_id
            free = freezes.available(account=account, party=party, ref=due)
            facts = {"account": account, "party": party, "ref": due, "kind": "court", "actor": self.cast.signer}
            self.attempt("freeze", freezes.place, amount=self.share(free, percent), basis=due, **facts)

    @act(pick=PICK)
    def unfreeze(self, pick):
        if row := self.pick(Freeze.objects.filter(lifted_at=None, kind="court"), pick):
            self.attempt("lift", freezes.lift, freeze=row, actor=self.cast.signer, reason="over")

    @act()
    def sweep(self):
        self.attempt("sweep", sweeping.sweep, actor=self.cast.signer, key=f"s{self.next()}")

    @act(fen=fen, kind=one(["charge", "compensation"]))
    def enter_own(self, fen, kind):
        facts = {"text": "银行手续费", "actor": self.cast.signer, "key": f"o{self.next()}"}
        self.attempt(f"book a {kind}", own_books.propose_entry, kind=kind, amount=Money(fen), **facts)

    @act(pick=PICK)
    def reverse_entry(self, pick):
        rows = JournalEntry.objects.filter(kind__in=own_books.BY_HAND, reversed_by=None)
        if entry := self.pick(rows, pick):
            facts = {"text": "wrong", "actor": self.cast.signer, "key": f"o{self.next()}", "target": entry}
            self.attempt("propose a reversal", own_books.propose_entry, kind="reversal", **facts)

    @act(pick=PICK, outcome=one(["approve", "approve", "approve", "return"]))
    def decide_entry(self, pick, outcome):
        row = self.pick(OwnEntry.objects.filter(state="proposed"), pick)
        if row:
            self.decides("decide about an entry", own_books.decide_entry, row, outcome)
            row.refresh_from_db()
            if row.target_id and row.state == "posted":
                self.count("reverse an entry")
