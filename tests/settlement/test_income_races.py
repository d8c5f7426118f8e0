"""Two at once about one income: one effect; the twins without locks show what would go wrong."""

from datetime import date

import pytest

from foundation.core import locking
from foundation.core.money import Money
from settlement.models import DistributionLine, Invoice
from settlement.services import distributing, income_policies, invoicing
from tests.factories import income as made
from tests.factories.settlement import paid_obligation
from tests.settlement.test_invoices import buyer_of
from tests.settlement.test_races import at_once, done

pytestmark = pytest.mark.django_db(transaction=True)
EIGHT = range(8)


def asking(obligation):
    buyer = buyer_of(obligation)
    return [
        lambda place=place: invoicing.request_invoice(obligations=[obligation], actor=buyer, key=f"race-{place}")
        for place in EIGHT
    ]


def test_of_eight_requests_for_one_invoice_one_is_made():
    results = at_once(asking(paid_obligation()))
    assert (len(done(results)), Invoice.objects.count()) == (1, 1)


def test_without_locks_one_payment_would_stand_on_several_invoices():
    acts = asking(paid_obligation())
    with locking.without_locks():
        at_once(acts)
    assert Invoice.objects.count() > 1


def two_incomes(monkeypatch):
    """Distributions of two incomes of one patent, and a cost of which twice 1,000.00 comes back."""
    case = made.scene(monkeypatch, double_return=True)
    second = made.released(case.patent, case.university, monkeypatch)
    income_policies.note_cost(
        patent=case.patent, institution=case.university, actor=case.manager, kind="agency", amount=Money(1_000_00),
        paid_on=date(2024, 5, 1), borne_by="王芳",
    )  # fmt: skip
    other = second.incomes.get().shares.get().distributions.get()
    return [
        lambda one=one: distributing.recompute(distribution=one, actor=case.manager, reason="补录费用。")
        for one in (case.distribution, other)
    ]


def returned():
    lines = DistributionLine.objects.filter(kind="return").exclude(distribution__state="cancelled")
    return sum((line.amount for line in lines), Money(0))


def test_two_distributions_at_once_return_a_cost_once(monkeypatch):
    results = at_once(two_incomes(monkeypatch))
    assert (len(done(results)), returned()) == (2, Money(2_000_00))


def test_without_locks_a_cost_would_come_back_twice(monkeypatch):
    seen = set()
    for _turn in range(5):
        acts = two_incomes(monkeypatch)
        before = returned()
        with locking.without_locks():
            at_once(acts)
        seen.add(returned() - before)
        if Money(4_000_00) in seen:
            break
    assert Money(4_000_00) in seen
