"""Damages after a failed sale: the claim, and the other side's answer."""

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from auctions.forms import after as forms
from auctions.presentation import sales as shown
from auctions.services import claims
from auctions.views.acting import OneSale


class RaiseClaim(OneSale):
    """The side that kept to the sale claims damages."""

    form_class, service = forms.RaiseClaim, staticmethod(claims.raise_claim)
    title = submit = gettext_lazy("Claim damages")
    text = gettext_lazy("The other side answers within ten working days. Who does not agree may go to court.")
    said = gettext_lazy("The claim was sent to the other side.")

    def possible(self, subject):
        return claims.may_claim(subject, self.request.membership)

    def rows(self, subject):
        most = claims.most_of(subject)
        return [*shown.facts(subject), {"label": _("At most"), "value": str(most), "number": True}]


class AnswerClaim(OneSale):
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
