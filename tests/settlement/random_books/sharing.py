"""Random acts: disputes with every end, and distributions of income."""

from foundation.core.actors import CLOCK
from settlement.models import Dispute, Distribution, DistributionObjection, OwnerShare, SettlementOffer
from settlement.services import dispute_outcomes, disputes, distributing, noticing
from settlement.services.taking_back import can_go_back
from tests.settlement.random_books.dice import PERCENT, PICK, act, coin, number

TALKING = ("open", "negotiation", "mediation")


class Sharing:
    """Money that is argued about, and money that is divided."""

    def sides(self, dispute):
        cast = {**self.cast.payer_of, **self.cast.payee_of}
        return cast[dispute.claimant_id], cast[dispute.respondent_id]

    def dispute(self, pick, *states):
        return self.pick(Dispute.objects.filter(state__in=states), pick)

    @act(pick=PICK, percent=PERCENT, payer=coin)
    def open_dispute(self, pick, percent, payer):
        if due := self.pick(self.paid_rows(), pick):
            actor = self.cast.payer_of[due.debtor_id] if payer else self.cast.payee_of[due.creditor_id]
            facts = {"amount": self.share(can_go_back(due), percent), "claim": "Not delivered.", "actor": actor}
            self.attempt("open a dispute", disputes.open_dispute, obligation=due, **facts)

    @act(pick=PICK, waits=coin)
    def answer_dispute(self, pick, waits):
        if row := self.dispute(pick, "open"):
            if waits:
                self.move_to(row.due_at)
                self.attempt("pass a deadline", disputes.pass_deadline, dispute=row)
            else:
                actor = self.sides(row)[1]
                self.attempt("answer a dispute", disputes.answer_dispute, dispute=row, answer="No.", actor=actor)

    @act(pick=PICK, percent=number(0, 100), agrees=coin)
    def offer(self, pick, percent, agrees):
        if row := self.dispute(pick, "negotiation", "mediation"):
            claimant, respondent = self.sides(row)
            back = self.share(row.amount, percent) if percent else row.amount * 0
            facts = {"back": back, "text": "Meet halfway.", "actor": respondent}
            made = self.attempt("offer", dispute_outcomes.offer, dispute=row, **facts)
            if made and agrees:
                self.agrees(made, claimant)

    def agrees(self, offer, actor):
        settled = self.attempt("agree", dispute_outcomes.agree, offer=offer, actor=actor)
        if settled and settled.state == "settled":
            self.count("split a dispute")

    @act(pick=PICK, agrees=coin)
    def answer_offer(self, pick, agrees):
        if row := self.pick(SettlementOffer.objects.filter(ended_at=None, dispute__state__in=TALKING), pick):
            claimant = self.sides(row.dispute)[0]
            if agrees:
                self.agrees(row, claimant)
            else:
                self.attempt("decline", dispute_outcomes.decline, offer=row, actor=claimant, reason="no")

    @act(pick=PICK, percent=number(0, 100))
    def go_to_court(self, pick, percent):
        if row := self.dispute(pick, "negotiation", "mediation", "failed"):
            actor = self.sides(row)[0]
            if row.state != "failed":
                self.attempt("declare failed", disputes.declare_failed, dispute=row, actor=actor, reason="no")
                return
            facts = {"forum": "南京市中级人民法院", "forum_reference": f"(2026)苏01民初{self.next()}号"}
            self.attempt("refer to a court", disputes.refer, dispute=row, actor=actor, **facts)

    @act(pick=PICK, percent=number(0, 100))
    def rule_on_it(self, pick, percent):
        if row := self.dispute(pick, "in_court"):
            back = self.share(row.amount, percent) if percent else row.amount * 0
            facts = {"back": back, "outcome": "Repay.", "actor": self.cast.officer}
            self.attempt("carry out a ruling", dispute_outcomes.carry_out_ruling, dispute=row, **facts)

    @act(pick=PICK)
    def end_dispute(self, pick):
        if row := self.dispute(pick, *TALKING, "failed"):
            if row.state == "failed":
                self.move_to(row.due_at)
                self.attempt("pass a deadline", disputes.pass_deadline, dispute=row)
            else:
                self.attempt("withdraw a dispute", disputes.withdraw_dispute, dispute=row, actor=self.sides(row)[0])

    @act(pick=PICK, fen=number(1, 10**9))
    def earn(self, pick, fen):
        """A fee for the patent, paid and released at once: income of its owners."""
        due = self.owed("license.fee", fen, pick)
        if due and self.pays(due) == "accepted":
            due.refresh_from_db()
            self.move_to(due.release_at)
            self.attempt("release", self.releasing, obligation=due, actor=CLOCK)

    def distribution(self, pick, *states):
        return self.pick(Distribution.objects.filter(state__in=states), pick)

    def manager(self, row):
        return self.cast.payee_of[row.institution_id]

    @act(pick=PICK)
    def confirm_distribution(self, pick):
        if row := self.distribution(pick, "computed"):
            self.attempt("confirm a distribution", distributing.confirm, distribution=row, actor=self.manager(row))

    @act(pick=PICK)
    def publish_distribution(self, pick):
        if row := self.distribution(pick, "confirmed"):
            self.attempt("publish a distribution", noticing.publish, distribution=row, actor=self.manager(row))

    @act(pick=PICK)
    def end_notice(self, pick):
        if row := self.distribution(pick, "notice"):
            self.move_to(row.notice_until)
            self.attempt("agree on a distribution", noticing.end_notice, distribution=row)

    @act(pick=PICK, upheld=coin)
    def object_to_distribution(self, pick, upheld):
        if row := self.distribution(pick, "notice"):
            facts = {"actor": self.cast.colleague_of[row.institution_id], "reason": "Wrong."}
            self.attempt("object to a distribution", noticing.object_to, distribution=row, **facts)
        open_ones = DistributionObjection.objects.filter(answered_at=None)
        if objection := self.pick(open_ones, pick):
            facts = {"actor": self.manager(objection.distribution), "upheld": upheld, "answer": "We looked."}
            self.attempt("answer an objection", noticing.answer_objection, objection=objection, **facts)

    @act(pick=PICK)
    def recompute(self, pick):
        if row := self.distribution(pick, "computed", "confirmed", "notice"):
            facts = {"actor": self.manager(row), "reason": "New costs."}
            self.attempt("recompute", distributing.recompute, distribution=row, **facts)

    @act(pick=PICK)
    def cancel_distribution(self, pick):
        if row := self.distribution(pick, "computed", "confirmed", "notice"):
            facts = {"actor": self.manager(row), "reason": "Refunded."}
            if self.attempt("cancel a distribution", distributing.cancel, distribution=row, **facts):
                self.attempt("compute", distributing.compute, share=row.share, actor=self.manager(row))

    @act(pick=PICK)
    def compute(self, pick):
        if share := self.pick(OwnerShare.objects.exclude(organization=None), pick):
            actor = self.cast.payee_of[share.organization_id]
            self.attempt("compute", distributing.compute, share=share, actor=actor)

    @act(pick=PICK)
    def note_payout(self, pick):
        if row := self.distribution(pick, "agreed"):
            if row.delegated:
                self.attempt("look whether inventors are paid", noticing.finish_payout, distribution=row)
            else:
                facts = {"actor": self.manager(row), "note": "paid with the wages"}
                self.attempt("note a payout of inventors", noticing.note_payout, distribution=row, **facts)
        elif row := self.distribution(pick, "paid"):
            self.attempt("close a distribution", noticing.close, distribution=row, actor=self.manager(row))
