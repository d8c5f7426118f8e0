"""An accountant's textbook: each deal with its entries, to the fen."""

from decimal import Decimal

import pytest

from foundation.core import clock
from foundation.core.actors import CLOCK, SYSTEM
from foundation.core.money import Money, at_rate_bp, round_half_up, split
from foundation.core.refs import Ref
from settlement import ledger, queries, services
from settlement.models import Posting
from tests.factories.accounts import OrganizationFactory, UniversityFactory
from tests.factories.settlement import paid_obligation

pytestmark = pytest.mark.django_db
yuan = Money.parse
DEAL = Ref("licenses.license", 45, "JSLIC-2026-000045-2")


def book():
    """Every line in order: kind, account, debit, credit."""
    rows = Posting.objects.select_related("entry").order_by("pk")
    return [(p.entry.kind, p.account_id, p.debit_fen, p.credit_fen) for p in rows]


def enter(kind, *lines):
    made = [
        (ledger.debit if side == "Dr" else ledger.credit)(account, yuan(amount), ref=DEAL)
        for side, account, amount in lines
    ]
    return ledger.post(kind=kind, key=f"{kind}:{len(book())}", lines=made, ref=DEAL, actor=SYSTEM)


def test_a_lump_sum_of_60000_from_payment_to_release():
    obligation = paid_obligation(amount=yuan("60,000.00"))
    assert queries.held_for(obligation.creditor) == yuan("60,000.00")
    with clock.at(obligation.release_at):
        services.release(obligation=obligation, actor=CLOCK)
    assert book() == [
        ("license_fee_received", "1001", 60_000_00, 0),
        ("license_fee_received", "2002", 0, 60_000_00),
        ("license_fee_released", "2002", 60_000_00, 0),
        ("license_fee_released", "2011", 0, 60_000_00),
    ]
    assert queries.equation().difference == yuan("0.00")
    assert queries.balance("2002", ref=obligation) == yuan("0.00")


def test_a_quarter_of_royalties_reported_and_paid():
    royalty = at_rate_bp(yuan("1,234,567.89"), 300)
    assert royalty == yuan("37,037.04")
    amount = str(royalty.yuan)
    enter("royalty_due", ("Dr", "1121", amount), ("Cr", "2101", amount))
    enter("royalty_received", ("Dr", "1001", amount), ("Cr", "2002", amount))
    enter("royalty_settled", ("Dr", "2101", amount), ("Cr", "1121", amount))
    assert [queries.balance(code) for code in ("1121", "2101")] == [Money(0), Money(0)]
    assert queries.balance("2002") == yuan("37,037.04")
    assert queries.equation().difference == Money(0)


def test_thirty_days_late_with_100000_at_half_a_per_mille_a_day():
    late = Money(round_half_up(Decimal(yuan("100,000.00").fen) * Decimal("0.0005") * 30))
    assert late == yuan("1,500.00")
    enter("late_fee_due", ("Dr", "1121", "1,500.00"), ("Cr", "2101", "1,500.00"))
    enter("late_fee_received", ("Dr", "1001", "1,500.00"), ("Cr", "2002", "1,500.00"))
    enter("late_fee_settled", ("Dr", "2101", "1,500.00"), ("Cr", "1121", "1,500.00"))
    assert queries.balance("2002") == yuan("1,500.00")


def test_ten_thousand_shared_three_ways_loses_no_fen():
    university = UniversityFactory()
    parts = split(yuan("10,000.00"), [1, 1, 1])
    assert parts == [yuan("3,333.34"), yuan("3,333.33"), yuan("3,333.33")]
    enter("license_fee_received", ("Dr", "1001", "10,000.00"), ("Cr", "2002", "10,000.00"))
    lines = [ledger.debit("2002", yuan("10,000.00"), ref=DEAL)]
    lines += [ledger.credit("2011", part, party=university, ref=DEAL) for part in parts]
    ledger.post(kind="license_fee_released", key="shared", lines=lines, ref=DEAL, actor=SYSTEM)
    assert queries.payable_to(university) == yuan("10,000.00")
    assert queries.equation().difference == Money(0)


def test_a_winner_whose_deposit_counts_toward_the_price():
    enter("deposit_received", ("Dr", "1001", "50,000.00"), ("Cr", "2001", "50,000.00"))
    enter("deposit_applied", ("Dr", "2001", "50,000.00"), ("Cr", "2003", "50,000.00"))
    enter("price_received", ("Dr", "1001", "450,000.00"), ("Cr", "2003", "450,000.00"))
    enter(
        "sale_completed",
        ("Dr", "2003", "500,000.00"),
        ("Cr", "2011", "485,000.00"),
        ("Cr", "2031", "15,000.00"),
    )
    assert queries.balance("2003") == Money(0)
    assert queries.equation().owed == yuan("500,000.00")
    enter("fee_swept", ("Dr", "2031", "15,000.00"), ("Cr", "1001", "15,000.00"))
    enter(
        "fee_earned",
        ("Dr", "1002", "15,000.00"),
        ("Cr", "4001", "14,150.94"),
        ("Cr", "2021", "849.06"),
    )
    assert (queries.balance("1001"), queries.equation().difference) == (yuan("485,000.00"), Money(0))


def test_unclear_money_of_25000_that_belongs_to_a_license():
    licensee = OrganizationFactory()
    enter("receipt_unidentified", ("Dr", "1001", "25,000.00"), ("Cr", "2014", "25,000.00"))
    assert queries.equation().difference == Money(0)
    enter("receipt_matched", ("Dr", "2014", "25,000.00"), ("Cr", "2002", "25,000.00"))
    enter("license_fee_refunded", ("Dr", "2002", "25,000.00"), ("Cr", "2013", "25,000.00"))
    enter("refund_sent", ("Dr", "2013", "25,000.00"), ("Cr", "1131", "25,000.00"))
    shown = queries.equation()
    assert (shown.bank, shown.in_transit, shown.owed, shown.difference) == (
        yuan("25,000.00"), yuan("25,000.00"), Money(0), Money(0),
    )  # fmt: skip
    enter("refund_confirmed", ("Dr", "1131", "25,000.00"), ("Cr", "1001", "25,000.00"))
    assert [queries.balance(code) for code in ("1001", "1131", "2014")] == [Money(0)] * 3
    assert queries.held_for(licensee) == Money(0)
