"""Lots that were not sold: what the bidding showed, and the ways on; talks and offers."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from accounts import rules as account_rules
from accounts.access import MemberRequired
from auctions.forms import after as forms
from auctions.presentation import unsold as shown
from auctions.queries import after
from auctions.services import converting, relisting, talks, unsold
from auctions.views.acting import SEE_OTHER, Act
from foundation.core.clock import database_now


class UnsoldLot(MemberRequired.having("declare"), View):
    """For the seller: what the bidding showed, and what can be done."""

    template = "auctions/lot_after.html"

    def get(self, request, number):
        lot = get_object_or_404(after.unsold_of(request.membership), number=number)
        context = {
            "lot": lot,
            "facts": shown.lot_facts(lot),
            "figures": shown.figures(unsold.what_was_shown(lot)),
            "ways": shown.ways(lot),
            "next_round": getattr(lot, "relisted_as", None),
        }
        return render(request, self.template, context)


class OneUnsold(Act):
    """An act of the seller on an unsold lot."""

    capability, argument, verb = "declare", "lot", "choose"

    def found(self, number):
        return get_object_or_404(after.unsold_of(self.request.membership), number=number)

    def possible(self, subject):
        return subject.permits(self.verb)

    def rows(self, subject):
        return shown.lot_facts(subject)

    def address(self, subject):
        return reverse("auctions:lot_after", args=[subject.number])


class Relist(OneUnsold):
    """The next round in a later session."""

    form_class, service = forms.Relist, staticmethod(relisting.relist)
    title = gettext_lazy("List again")
    text = gettext_lazy("A new lot is prepared with the same patents and papers; submit it for the materials check.")
    submit, said = gettext_lazy("Prepare the next round"), gettext_lazy("The next round was prepared.")

    def form_more(self, subject):
        sessions = after.sessions_to_come(database_now())
        lowest = relisting.lowest_start(subject, subject.season)
        return {"sessions": sessions, "lot": subject, "lowest": lowest, "initial": {"start": lowest}}


class Convert(OneUnsold):
    """Into an open license."""

    form_class, service = forms.Confirm, staticmethod(converting.convert)
    title = gettext_lazy("Offer as an open license")
    submit, said = (
        gettext_lazy("Make the draft"),
        gettext_lazy("The draft is filled in. Check it and give your promises."),
    )

    def consequences(self, subject):
        return [
            _("A draft of an open license declaration is made for each patent, with the lot as its basis."),
            _("The suggested fee is %(fee)s for one license; you can change it.")
            % {"fee": converting.suggested_fee(subject)},
            _("The lot is closed; the patents are free of it."),
        ]

    def after(self, subject, done):
        return HttpResponseRedirect(reverse("licenses:declaration_list"), status=SEE_OTHER)


class ReturnToPool(OneUnsold):
    """The patents are free again."""

    form_class, service = forms.Confirm, staticmethod(unsold.return_to_pool)
    title = gettext_lazy("Return to the pool")
    text = gettext_lazy("The lot is closed. The patents can be offered in another way at once.")
    submit, said = gettext_lazy("Return to the pool"), gettext_lazy("The lot returned to the pool.")


class OpenTalks(OneUnsold):
    """The seller invites offers."""

    form_class, service = forms.OpenTalks, staticmethod(talks.open_talks)
    title = gettext_lazy("Open after-sale talks")
    text = gettext_lazy("Verified organizations may make offers until this day; only you see them.")
    submit, said = gettext_lazy("Open the talks"), gettext_lazy("The talks are open.")


class EndTalks(OneUnsold):
    """The seller ends the talks."""

    verb = "offer"
    form_class, service = forms.Confirm, staticmethod(talks.end_talks)
    title = gettext_lazy("End the talks")
    text = gettext_lazy("All offers are declined; the lot is unsold as before.")
    submit, said = gettext_lazy("End the talks"), gettext_lazy("The talks were ended.")
    danger = True


class Talks(MemberRequired, View):
    """The talks about a lot: the seller sees all offers, a party its own."""

    template = "auctions/lot_talks.html"

    def get(self, request, number):
        member = request.membership
        lot = after.unsold_of(member).filter(number=number).first() or get_object_or_404(
            after.in_talks(member), number=number
        )
        own = lot.seller_id == member.organization_id
        context = {
            "lot": lot,
            "facts": shown.lot_facts(lot),
            "offers": after.offers_visible_to(member).filter(lot=lot),
            "own": own and account_rules.can(member, "declare"),
            "may_offer": not own and lot.permits("offer") and account_rules.can(member, "bid"),
            "open": lot.permits("offer"),
        }
        return render(request, self.template, context)


class MakeOffer(Act):
    """A party names a price."""

    capability, argument = "bid", "lot"
    form_class, service = forms.MakeOffer, staticmethod(talks.make_offer)
    title = gettext_lazy("Make an offer")
    text = gettext_lazy(
        "If the seller takes it, a sale by agreement begins: you confirm it and pay within the season's time."
    )
    submit, said = gettext_lazy("Send the offer"), gettext_lazy("Your offer was sent to the seller.")

    def found(self, number):
        """A lot in talks; 403 for its seller."""
        lot = get_object_or_404(after.in_talks(self.request.membership), number=number)
        if lot.seller_id == self.request.membership.organization_id:
            raise PermissionDenied
        return lot

    def possible(self, subject):
        return subject.permits("offer")

    def rows(self, subject):
        return shown.lot_facts(subject)

    def address(self, subject):
        return reverse("auctions:lot_talks", args=[subject.number])


class AcceptOffer(Act):
    """The seller takes an offer."""

    capability, argument = "declare", "offer"
    form_class, service = forms.Confirm, staticmethod(talks.accept)
    title = gettext_lazy("Accept the offer")
    submit, said = gettext_lazy("Accept the offer"), gettext_lazy("The sale by agreement has begun.")

    def found(self, number):
        own = after.offers_visible_to(self.request.membership).filter(
            lot__number=number, lot__seller=self.request.membership.organization_id
        )
        return get_object_or_404(own, pk=self.kwargs["pk"])

    def possible(self, subject):
        return subject.answered_at is None and subject.lot.permits("offer")

    def rows(self, subject):
        return [
            *shown.lot_facts(subject.lot),
            {"label": _("Offer"), "value": str(subject.amount), "number": True},
            {"label": _("Made by"), "value": subject.organization.display_name},
        ]

    def consequences(self, subject):
        return [_("The other offers are declined."), _("The buyer confirms and pays; there is no deposit.")]

    def address(self, subject):
        return reverse("auctions:lot_talks", args=[subject.lot.number])

    def after(self, subject, done):
        return self.go("auctions:sale_detail", done.number)
