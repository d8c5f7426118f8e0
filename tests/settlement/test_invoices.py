"""Invoices: asked for, issued, sent; taken back by red letters when money goes back."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.identifiers import UsccInvalid
from foundation.audit.models import Event
from foundation.core import clock
from foundation.core.actors import CLOCK
from foundation.core.clock import database_now, local_date
from foundation.core.errors import Invalid, NotAllowed, NotPossibleNow
from foundation.core.money import Money
from settlement import services, wiring_income
from settlement.models import FeeRule, Invoice, InvoiceLine
from settlement.queries.invoices import billable, invoices
from settlement.services import fee_invoices, invoicing, red_letters
from settlement.services.invoicing import AlreadyInvoiced, CodeTaken, NothingToInvoice, OrdinaryOnly
from tests.factories.accounts import OrganizationFactory, finance, make_uscc, member, serial
from tests.factories.settlement import TWO_PERSONS, open_obligation, paid_obligation

pytestmark = pytest.mark.django_db
CODE, OTHER = "26322000000000000017", "26322000000000000025"
TODAY = {"issued_on": date(2020, 1, 1)}


def buyer_of(obligation):
    return member("licensing_user", organization=obligation.debtor)


def seller_of(obligation):
    return member("ip_manager", organization=obligation.creditor)


def requested(obligation, *more, **fields):
    return invoicing.request_invoice(
        obligations=[obligation, *more], actor=buyer_of(obligation), **{"key": f"k{obligation.pk}"} | fields
    )


def issued(obligation, code=CODE, **fields):
    return invoicing.issue(invoice=requested(obligation, **fields), actor=seller_of(obligation), code=code, **TODAY)


def sums(invoice):
    return invoice.net, invoice.vat, invoice.gross


def test_an_invoice_is_asked_for_issued_and_sent():
    obligation = paid_obligation(amount=Money(10_600_00))
    invoice = requested(obligation)
    assert (invoice.title, invoice.uscc) == (obligation.debtor.name, obligation.debtor.uscc)
    assert sums(invoice) == (Money(10_000_00), Money(600_00), Money(10_600_00))
    seller = seller_of(obligation)
    invoicing.issue(invoice=invoice, actor=seller, code=f"{CODE[:10]} {CODE[10:]}", **TODAY)
    sent = invoicing.send(invoice=invoice, actor=seller)
    assert (sent.state, sent.code) == ("sent", CODE)
    assert not billable.visible_to(buyer_of(obligation)).exists()


def test_asking_twice_with_one_key_makes_one_invoice_and_with_another_is_refused():
    obligation = paid_obligation()
    assert requested(obligation) == requested(obligation)
    with pytest.raises(AlreadyInvoiced):
        requested(obligation, key="another")
    invoicing.withdraw_request(invoice=Invoice.objects.get(), actor=buyer_of(obligation))
    assert requested(obligation, key="another").state == "requested"


def test_several_payments_between_the_same_parties_stand_on_one_invoice():
    first = paid_obligation(amount=Money(106_00))
    second = paid_obligation(debtor=first.debtor, creditor=first.creditor, amount=Money(212_00))
    invoice = requested(first, second)
    assert [line.gross for line in invoice.lines.all()] == [Money(106_00), Money(212_00)]
    with pytest.raises(NothingToInvoice):
        requested(paid_obligation(), paid_obligation())
    with pytest.raises(NothingToInvoice):
        requested(open_obligation())


def test_a_registered_contract_is_exempt_and_ordinary():
    obligation = paid_obligation()
    with pytest.raises(OrdinaryOnly):
        requested(obligation, registration_number="2026320100000123", kind="special")
    invoice = requested(obligation, registration_number="2026320100000123")
    line = invoice.lines.get()
    assert (line.vat, line.rate_bp, bool(line.exempt_reason)) == (Money(0), 0, True)


def test_persons_get_ordinary_invoices_only():
    person = OrganizationFactory(kind="person", name="张三")
    obligation = paid_obligation(debtor=person)
    asker = member("person", organization=person)
    for kind, allowed in (("special", False), ("ordinary", True)):
        ask = {"obligations": [obligation], "actor": asker, "key": kind, "kind": kind}
        if allowed:
            assert invoicing.request_invoice(**ask).uscc == ""
        else:
            with pytest.raises(OrdinaryOnly):
                invoicing.request_invoice(**ask)


def test_a_wrong_taxpayer_number_is_refused_beside_its_field():
    with pytest.raises(UsccInvalid) as caught:
        requested(paid_obligation(), uscc="91320100MA00000000")
    assert caught.value.field == "uscc"
    number = make_uscc(next(serial))
    assert requested(paid_obligation(), uscc=number.lower()).uscc == number


def test_only_the_buyer_asks_and_only_the_seller_issues():
    obligation = paid_obligation()
    with pytest.raises(NotAllowed):
        invoicing.request_invoice(obligations=[obligation], actor=member("licensing_user"), key="x")
    invoice = requested(obligation)
    for stranger in (buyer_of(obligation), member("ip_manager"), finance()):
        with pytest.raises(NotAllowed):
            invoicing.issue(invoice=invoice, actor=stranger, code=CODE, **TODAY)
    assert invoice in invoices.to_issue(seller_of(obligation))
    assert not invoices.visible_to(member("ip_manager")).exists()
    assert invoices.visible_to(finance()).count() == 1


def test_codes_have_twenty_digits_a_day_and_one_owner():
    first, second = paid_obligation(), paid_obligation()
    issued(first)
    other, seller = requested(second), seller_of(second)
    for code in ("123", "2632200000000000001X", "２６３２"):
        with pytest.raises(Invalid):
            invoicing.issue(invoice=other, actor=seller, code=code, **TODAY)
    with pytest.raises(CodeTaken):
        invoicing.issue(invoice=other, actor=seller, code=CODE, **TODAY)
    tomorrow = local_date(database_now()) + timedelta(days=1)
    with pytest.raises(Invalid):
        invoicing.issue(invoice=other, actor=seller, code=OTHER, issued_on=tomorrow)
    done = invoicing.issue(invoice=other, actor=seller, code=OTHER, **TODAY)
    assert invoicing.issue(invoice=done, actor=seller, code=OTHER, **TODAY).state == "issued"
    with pytest.raises(NotPossibleNow):
        invoicing.issue(invoice=done, actor=seller, code="26322000000000000033", **TODAY)


def refund(obligation, amount):
    """The refund, and what its event brings about."""
    services.refund(payment=obligation.payments.get(), amount=amount, actor=CLOCK, reason="协商退款")
    wiring_income.on_refund(Event.objects.filter(name="settlement.refund.requested").latest("pk"))


def test_a_whole_refund_takes_the_invoice_back_by_a_red_letter():
    obligation = paid_obligation(amount=Money(10_600_00))
    blue = issued(obligation)
    refund(obligation, Money(10_600_00))
    red = Invoice.objects.get(reverses=blue)
    assert sums(red) == (Money(-10_000_00), Money(-600_00), Money(-10_600_00))
    red_letters.issue_red(invoice=red, actor=seller_of(obligation), code=OTHER, **TODAY)
    blue.refresh_from_db()
    assert blue.state == "red_reversed"
    red_letters.follow_refund(obligation=obligation)
    assert Invoice.objects.count() == 2


def test_partial_refunds_take_back_their_parts_and_never_more_than_the_whole():
    obligation = paid_obligation(amount=Money(1_000_01))
    blue = issued(obligation)
    refund(obligation, Money(333_33))
    red_letters.follow_refund(obligation=obligation)
    assert [red.gross for red in Invoice.objects.filter(reverses=blue)] == [Money(-333_33)]
    red = Invoice.objects.get(reverses=blue)
    red_letters.issue_red(invoice=red, actor=seller_of(obligation), code=OTHER, **TODAY)
    blue.refresh_from_db()
    assert blue.state == "issued"
    refund(obligation, Money(666_68))
    reds = Invoice.objects.filter(reverses=blue)
    assert sum((one.net for one in reds), blue.net) == Money(0)
    assert sum((one.vat for one in reds), blue.vat) == Money(0)


def test_a_request_follows_the_refund_without_a_red_letter():
    obligation = paid_obligation(amount=Money(1_060_00))
    first = requested(obligation)
    refund(obligation, Money(530_00))
    second = Invoice.objects.get(state="requested")
    first.refresh_from_db()
    assert (first.state, sums(second)) == ("withdrawn", (Money(500_00), Money(30_00), Money(530_00)))
    refund(obligation, Money(530_00))
    assert not Invoice.objects.filter(state="requested").exists()


def test_the_payee_gets_an_invoice_over_the_platforms_fee():
    FeeRule.objects.create(purpose="license.fee", valid_from=date(2026, 1, 1), rate_bp=200, **TWO_PERSONS)
    obligation = paid_obligation(amount=Money(10_000_00))
    office, payee = finance(), seller_of(obligation)
    with pytest.raises(NothingToInvoice):
        fee_invoices.request_fee_invoice(obligation=obligation, actor=payee, key="early")
    with clock.at(obligation.release_at):
        services.release(obligation=obligation, actor=CLOCK)
    invoice = fee_invoices.request_fee_invoice(obligation=obligation, actor=payee, key="fee")
    assert fee_invoices.request_fee_invoice(obligation=obligation, actor=payee, key="fee") == invoice
    assert (invoice.issuer, sums(invoice)) == (office.organization, (Money(200_00), Money(12_00), Money(212_00)))
    with pytest.raises(NothingToInvoice):
        fee_invoices.request_fee_invoice(obligation=obligation, actor=payee, key="again")
    with pytest.raises(NotAllowed):
        fee_invoices.request_fee_invoice(obligation=obligation, actor=buyer_of(obligation), key="stranger")
    assert invoicing.issue(invoice=invoice, actor=office, code=CODE, **TODAY).state == "issued"
    assert requested(obligation).gross == Money(10_000_00)


def test_lines_of_invoices_are_only_added():
    requested(paid_obligation())
    for change in (lambda: InvoiceLine.objects.update(net_fen=1), lambda: InvoiceLine.objects.all().delete()):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
