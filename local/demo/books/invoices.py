"""Invoices of the demo: asked for, issued, sent, taken back by a red letter."""

from datetime import datetime, timedelta

from accounts.models import Membership
from foundation.core import clock
from foundation.core.clock import local_date
from local.demo.books import office, transfers
from settlement.models import Invoice, Obligation
from settlement.services import fee_invoices, invoicing, red_letters

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def code_of(invoice: Invoice) -> str:
    """Twenty digits as the tax authority gives them; these are fictional."""
    return f"{local_date(invoice.created_at):%y}32990000{invoice.pk:010d}"


def ask(obligation: Obligation, buyer: Membership, moment: datetime) -> Invoice:
    """The buyer asks for an invoice over a fee."""
    with clock.at(moment):
        return invoicing.request_invoice(obligations=[obligation], actor=buyer, key=f"demo:{obligation.number}")


def issued(obligation: Obligation, moment: datetime, *, sent: bool = True) -> Invoice:
    """Asked for, issued a day later, and sent."""
    made = ask(obligation, office.acting_for(obligation.debtor), moment)
    seller = office.acting_for(obligation.creditor)
    with clock.at(moment + DAY):
        day = local_date(moment + DAY)
        made = invoicing.issue(invoice=made, actor=seller, code=code_of(made), issued_on=day)
    if sent:
        with clock.at(moment + DAY + HOUR):
            made = invoicing.send(invoice=made, actor=seller)
    return made


def take_back(obligation: Obligation, moment: datetime) -> None:
    """After a refund: the red letter is asked for and issued."""
    with clock.at(moment):
        made = red_letters.follow_refund(obligation=obligation, reason="部分退款")
    with clock.at(moment + DAY):
        for one in made:
            seller = office.acting_for(obligation.creditor)
            red_letters.issue_red(invoice=one, actor=seller, code=code_of(one), issued_on=local_date(moment + DAY))


def tell(now: datetime) -> None:
    """The demo logins' own: one sent, one that the university has to issue; one that finance has to issue."""
    firm, seller = transfers.licensing_user(), transfers.holder()
    paid = Obligation.objects.filter(state="paid", paid_at__lt=now - 10 * DAY, purpose="license.fee")
    own = list(paid.filter(debtor=firm.organization, creditor=seller.organization).order_by("paid_at")[:2])
    for place, obligation in enumerate(own):
        if place == 0:
            issued(obligation, obligation.paid_at + 3 * DAY)
        else:
            ask(obligation, firm, now - 2 * DAY)
    billed = Obligation.objects.filter(releases__fee_fen__gt=0).order_by("-pk").first()
    if billed is not None:
        with clock.at(now - DAY):
            payee = office.acting_for(billed.creditor)
            fee_invoices.request_fee_invoice(obligation=billed, actor=payee, key=f"demo:{billed.number}")
