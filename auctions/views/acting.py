"""Acts on sales and lots, each on its own page."""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from accounts import acting
from accounts.acting import SEE_OTHER, UNPROCESSABLE
from auctions.queries import after

__all__ = ["SEE_OTHER", "UNPROCESSABLE", "Act", "OneSale"]


class Act(acting.Act):
    """An act that leads back to a sale where nothing else is said."""

    argument = "sale"

    def address(self, subject) -> str:
        return reverse("auctions:sale_detail", args=[subject.number])


class OneSale(Act):
    """An act on a sale that one sees; ``side`` is whose it is: buyer, seller, or empty for everybody who sees it."""

    side = ""

    def found(self, value):
        found = after.visible_to(self.request.membership)
        if self.side:
            found = found.filter(**{self.side: self.request.membership.organization_id})
        return get_object_or_404(found, number=value)
