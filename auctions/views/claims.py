"""Damages after a failed sale: the claim, and the other side's answer."""

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from auctions.forms import after as forms
from auctions.presentation import sales as shown
from auctions.services import claims
from auctions.views.acting import OneSale


class OneClaim(OneSale):
    """Members who may act for a buyer or a seller; 404 where there is nothing to claim and no claim."""

    def allowed(self, membership):
        return membership.may("bid") or membership.may("declare")


class RaiseClaim(OneClaim):
    """The side that kept to the sale claims damages."""

    form_class, service = forms.RaiseClaim, staticmethod(claims.raise_claim)
    title = submit = gettext_lazy("Claim damages")
    text = gettext_lazy("The other side answers within ten working days. Who does not agree may go to court.")
    said = gettext_lazy("The claim was sent to the other side.")

    def found(self, number):
        sale = super().found(number)
        if claims.of_sale(sale) is None and not claims.may_claim(sale, self.request.membership):
            raise Http404
        return sale

    def possible(self, subject):
        return claims.may_claim(subject, self.request.membership)

    def rows(self, subject):
        most = claims.most_of(subject)
        return [*shown.facts(subject), {"label": _("At most"), "value": str(most), "number": True}]


class AnswerClaim(OneClaim):
    """The other side agrees to an amount, or refuses."""

    form_class, service, argument = forms.AnswerClaim, staticmethod(claims.answer), "claim"
    title = gettext_lazy("Answer the claim")
    text = gettext_lazy("What you agree to is asked for at once and paid through the platform within ten working days.")
    submit, said = gettext_lazy("Send the answer"), gettext_lazy("Your answer was sent.")

    def found(self, number):
        claim = claims.of_sale(super().found(number))
        if claim is None:
            raise Http404
        return claim

    def possible(self, subject):
        return claims.may_answer(subject, self.request.membership)

    def address(self, subject):
        return super().address(subject.sale)

    def rows(self, subject):
        return shown.claim_rows(subject)
