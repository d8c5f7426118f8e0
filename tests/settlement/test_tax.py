"""Own fees and taxes by rule and day."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from foundation.core.money import Money
from settlement import tax
from settlement.models import FeeRule, TaxRule
from tests.factories.settlement import TWO_PERSONS

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 22)


def fee_rule(purpose="license.fee", valid_from=date(2026, 6, 1), **fields):
    return FeeRule.objects.create(purpose=purpose, valid_from=valid_from, **TWO_PERSONS, **fields)


def test_the_platform_takes_nothing_by_default():
    assert tax.own_fee("license.fee", Money(20_000_00), DAY) == tax.OwnFee(Money(0), Money(0))
    assert tax.own_fee("auction.price", Money(20_000_00), DAY) == tax.OwnFee(Money(0), Money(0))


def test_a_fee_is_a_rate_of_the_amount_and_vat_is_added():
    fee_rule(rate_bp=200)
    fee = tax.own_fee("license.fee", Money(20_000_00), DAY)
    assert (fee.net, fee.vat, fee.gross) == (Money(400_00), Money(24_00), Money(424_00))


def test_the_rule_of_the_day_counts_from_its_first_day_on():
    fee_rule(rate_bp=200)
    fee_rule(rate_bp=300, valid_from=DAY)
    assert tax.own_fee("license.fee", Money(100_00), date(2026, 5, 31)).net == Money(0)
    assert tax.own_fee("license.fee", Money(100_00), date(2026, 6, 1)).net == Money(2_00)
    assert tax.own_fee("license.fee", Money(100_00), DAY).net == Money(3_00)


def test_minimum_and_cap_bound_the_fee():
    fee_rule(rate_bp=100, minimum_fen=50_00, cap_fen=1_000_00)
    assert tax.own_fee("license.fee", Money(1_000_00), DAY).net == Money(50_00)
    assert tax.own_fee("license.fee", Money(50_000_00), DAY).net == Money(500_00)
    assert tax.own_fee("license.fee", Money(9_000_000_00), DAY).net == Money(1_000_00)


def test_fee_and_vat_never_exceed_the_amount():
    fee_rule(rate_bp=0, minimum_fen=50_00)
    fee = tax.own_fee("license.fee", Money(10_60), DAY)
    assert (fee.net, fee.vat) == (Money(10_00), Money(60))
    assert tax.own_fee("license.fee", Money(0), DAY).gross == Money(0)


def test_vat_stands_inside_a_price_and_both_parts_make_the_whole():
    taxed = tax.vat_of(Money(10_600_00), DAY)
    assert (taxed.net, taxed.vat, taxed.rate_bp) == (Money(10_000_00), Money(600_00), 600)
    odd = tax.vat_of(Money(1_00), DAY)
    assert (odd.net, odd.vat) == (Money(94), Money(6))


def test_a_registered_contract_is_exempt_and_says_why():
    taxed = tax.vat_of(Money(10_600_00), DAY, registered=True)
    assert (taxed.net, taxed.vat, taxed.rate_bp) == (Money(10_600_00), Money(0), 0)
    assert taxed.exempt_reason != ""


def test_a_rule_with_an_end_gives_way_to_the_one_before_it():
    TaxRule.objects.create(
        kind="vat.technology_registered", valid_from=date(2026, 10, 1), valid_until=date(2026, 10, 31), rate_bp=0,
        exempt_reason="for a month", source="test", **TWO_PERSONS,
    )  # fmt: skip
    assert tax.vat_of(Money(106_00), date(2026, 10, 31), registered=True).exempt_reason == "for a month"
    assert tax.vat_of(Money(106_00), DAY, registered=True).exempt_reason.startswith("Technology transfer")
    TaxRule.objects.create(
        kind="vat.technology_registered", valid_from=DAY, rate_bp=600, source="exemption ended", **TWO_PERSONS
    )
    assert tax.vat_of(Money(106_00), DAY, registered=True).vat == Money(6_00)
    with pytest.raises(tax.NoTaxRule):
        tax.vat_of(Money(106_00), date(2016, 4, 30))


def test_stamp_duty_and_the_counted_half_of_an_award():
    assert tax.stamp_duty(Money(20_000_00), DAY) == Money(6_00)
    assert tax.stamp_duty(Money(20_000_00), DAY, transfer=True) == Money(6_00)
    assert tax.counted_as_wage(Money(10_000_01), DAY) == Money(5_000_01)


@pytest.mark.parametrize("rows", [TaxRule, FeeRule])
def test_rules_are_only_added(rows):
    for change in (lambda: rows.objects.update(rate_bp=1), lambda: rows.objects.all().delete()):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
