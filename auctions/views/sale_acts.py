"""What buyer, seller and officers do with a sale: sign, decline, file, record, object, propose an end."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from auctions import papers_of_sales
from auctions.forms import after as forms
from auctions.lifecycle_parties import SaleState
from auctions.models import Ruling, Sale
from auctions.presentation import sales as shown
from auctions.queries import after
from auctions.rules import may_object
from auctions.services import confirmations, contracts, defaults, objections, rulings, transfers
from auctions.views.acting import Act, OneSale
from foundation.core.display import last_moment


class ConfirmSale(OneSale):
    """The buyer reads and signs the confirmation of sale."""

    capability, side = "bid", "buyer"
    form_class, service = forms.SignConfirmation, staticmethod(confirmations.sign)
    title = gettext_lazy("Confirmation of sale")
    submit, said = (
        gettext_lazy("Sign the confirmation"),
        gettext_lazy("You signed the confirmation. Pay the balance in time."),
    )

    def possible(self, subject):
        return subject.state == SaleState.PROVISIONAL

    def form_more(self, subject):
        return {"initial": {"sha256": confirmations.digest(confirmations.facts_of(subject))}}

    def rows(self, subject):
        return [*shown.facts(subject), *shown.sums(subject, confirmations.deposit_of(subject))]

    def consequences(self, subject):
        days = subject.lot.season.balance_days
        return [
            _("Sign by %(at)s; a buyer who does not loses the deposit.") % {"at": last_moment(subject.confirm_by_at)},
            _("The balance is due within %(days)s working days of your signature.") % {"days": days},
            _("Unpaid in time, the deposit is forfeited and your organization is barred from the next round."),
        ]


class DeclineSale(OneSale):
    """An underbidder does not take the offer."""

    capability, side = "bid", "buyer"
    form_class, service = forms.MayReason, staticmethod(confirmations.decline)
    title = gettext_lazy("Decline the offer")
    text = gettext_lazy("Your bid bound you only while it led. Declining costs nothing; the lot is then unsold.")
    submit, said = gettext_lazy("Decline the offer"), gettext_lazy("You declined the offer.")

    def possible(self, subject):
        return subject.state == SaleState.PROVISIONAL and subject.way == Sale.Way.UNDERBIDDER


class SignContract(OneSale):
    """A side reads and signs the contract."""

    template = "auctions/sale_contract.html"
    form_class, service = forms.SignContract, staticmethod(contracts.sign)
    title = gettext_lazy("Contract")
    submit, said = gettext_lazy("Sign the contract"), gettext_lazy("You signed the contract.")

    def possible(self, subject):
        side = contracts.side_of(subject, self.request.membership)
        return bool(side) and subject.permits("sign") and getattr(subject, f"{side}_signed_at") is None

    def form_more(self, subject):
        return {"initial": {"sha256": confirmations.digest(contracts.contract_facts(subject))}}

    def rows(self, subject):
        return [*shown.facts(subject), *shown.sums(subject)]

    def page(self, subject, form, status=200, **more):
        clauses = papers_of_sales.contract_clauses(subject)
        return super().page(subject, form, status, clauses=clauses, **more)


class FileTransfer(OneSale):
    """The seller records the filing."""

    capability, side = "declare", "seller"
    form_class, service = forms.File, staticmethod(transfers.file)
    title = gettext_lazy("Record the filing")
    text = gettext_lazy("Enter what the receipt of CNIPA says. An officer records the registration when it is there.")
    submit, said = gettext_lazy("Record the filing"), gettext_lazy("The filing was recorded.")

    def possible(self, subject):
        return subject.permits("file")

    def rows(self, subject):
        return shown.facts(subject)


class RegisterTransfer(OneSale):
    """An officer records the registration."""

    capability = "review_any_city"
    form_class, service = forms.Register, staticmethod(transfers.register)
    title = gettext_lazy("Record the registration")
    submit, said = gettext_lazy("Record the registration"), gettext_lazy("The registration was recorded.")

    def possible(self, subject):
        return subject.permits("register")

    def rows(self, subject):
        return shown.facts(subject)

    def consequences(self, subject):
        return [
            _("The register here shows the buyer as the owner, or the license on the patent."),
            _("The price is released to the seller as soon as the holding time is over."),
        ]


class ObjectToSale(OneSale):
    """A party objects."""

    form_class, service = forms.RaiseObjection, staticmethod(objections.raise_objection)
    title = gettext_lazy("Object to the sale")
    text = gettext_lazy("No transfer is filed and no money is released until an officer has answered.")
    submit, said = gettext_lazy("Send the objection"), gettext_lazy("Your objection was sent.")

    def allowed(self, membership):
        return may_object(membership)

    def found(self, number):
        return get_object_or_404(after.open_to_objection(self.request.membership), number=number)

    def possible(self, subject):
        return subject.permits("object")

    def address(self, subject):
        """Outsiders go back to the public notice, or to their work."""
        if after.visible_to(self.request.membership).filter(pk=subject.pk).exists():
            return super().address(subject)
        if subject.notice_until_at is not None:
            return reverse("auctions:sale_notice", args=[subject.number])
        return reverse("marketplace:my_work")


class DismissObjection(Act):
    """An officer answers that the sale stands."""

    capability, argument = "review_any_city", "objection"
    form_class, service = forms.Answer, staticmethod(objections.dismiss)
    title = gettext_lazy("Dismiss the objection")
    text = gettext_lazy("To uphold it, propose to annul the sale: a second person decides.")
    submit, said = gettext_lazy("Dismiss the objection"), gettext_lazy("The objection was dismissed.")

    def found(self, number):
        rows = after.objections_visible_to(self.request.membership).filter(sale__number=number)
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def possible(self, subject):
        return subject.decided_at is None

    def rows(self, subject):
        return [{"label": subject.organization.display_name, "value": subject.reason}]

    def address(self, subject):
        return super().address(subject.sale)


class ProposeRuling(OneSale):
    """An officer proposes to forfeit, to annul, or to find the seller in default; a second person decides."""

    capability = "review_any_city"
    service = staticmethod(rulings.propose)
    text = gettext_lazy("A second person decides on the review desk. Nothing changes before.")
    submit, said = gettext_lazy("Ask a second person"), gettext_lazy("A second person was asked.")
    danger = True

    @property
    def act(self):
        return Ruling.Act(self.kwargs["act"])

    @property
    def title(self):
        return self.act.label

    def form_class(self, *data, **more):
        return (forms.Forfeit if self.act == Ruling.Act.FORFEIT else forms.GiveReason)(*data, **more)

    def form_more(self, subject):
        if self.act != Ruling.Act.FORFEIT:
            return {}
        offer = subject.lot.season.offer_to_underbidder
        return {"initial": {"then": Ruling.Then.UNDERBIDDER if offer else Ruling.Then.UNSOLD}}

    def values(self, form, subject):
        waiting = after.objections_visible_to(self.request.membership).filter(sale=subject, decided_at=None).first()
        upheld = {"objection": waiting} if self.act == Ruling.Act.ANNUL else {}
        return {"act": str(self.act), **super().values(form, subject), **upheld}

    def possible(self, subject):
        return subject.permits(rulings.VERBS[self.act])

    def rows(self, subject):
        return [*shown.facts(subject), *shown.money(subject, self.request.membership)]

    def consequences(self, subject):
        if self.act != Ruling.Act.FORFEIT:
            return [_("The buyer gets everything back; the lot is unsold.")]
        deposit = defaults.at_stake(subject)
        platform, seller = defaults.shares_of(subject, deposit)
        shares = {"deposit": deposit, "platform": platform, "seller": seller}
        return [
            _("Deposit %(deposit)s: %(platform)s for the platform's costs, %(seller)s for the seller.") % shares,
            _("Part payments go back; the buyer is barred from the next round of this lot."),
        ]
