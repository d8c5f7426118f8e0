"""Co-owners first, then the institution's distribution: computed, confirmed, in notice, agreed, paid."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from foundation.core import clock, handlers
from foundation.core.actors import SYSTEM
from foundation.core.clock import database_now
from foundation.core.errors import NotAllowed, NotPossibleNow
from foundation.core.money import Money
from settlement import ledger, queries
from settlement.models import Distribution, DistributionLine, Freeze, Income
from settlement.queries import income as incomes
from settlement.services import distributing, freezes, income_policies, sharing
from settlement.services.income_policies import (
    Named,
    NoInventors,
)
from tests.factories import income as made
from tests.factories.accounts import OrganizationFactory, UniversityFactory, member

pytestmark = pytest.mark.django_db


def lines(distribution):
    return [(line.kind, line.name, line.amount) for line in distribution.lines.order_by("position")]


def test_co_owners_have_their_parts_before_anything_else(monkeypatch):
    partner = OrganizationFactory()
    case = made.scene(monkeypatch, owners=[partner, "某研究所"], amount=Money(100_000_01))
    assert [(one.name, one.amount) for one in case.income.shares.all()] == [
        (case.university.name, Money(33_333_34)),
        (partner.name, Money(33_333_34)),
        ("某研究所", Money(33_333_33)),
    ]
    assert queries.payable_to(partner) == Money(33_333_34)
    assert queries.payable_to(case.university) == Money(66_666_67)  # with the part of the owner outside


def test_taking_in_twice_books_once(monkeypatch):
    partner = OrganizationFactory()
    case = made.scene(monkeypatch, owners=[partner])
    assert sharing.take_in(release=case.income.release) == case.income
    assert queries.payable_to(partner) == Money(50_000_00)
    assert Income.objects.count() == 1


def test_a_payee_that_the_register_does_not_name_keeps_all(monkeypatch):
    seller, owner = UniversityFactory(), OrganizationFactory()
    obligation = made.released(made.patent_of(owner), seller, monkeypatch)
    income = Income.objects.get(obligation=obligation)
    assert [share.organization for share in income.shares.all()] == [seller]


def test_money_that_comes_from_no_patent_is_no_income(monkeypatch):
    monkeypatch.delitem(handlers._owners, made.SOURCE, raising=False)
    made.released(made.patent_of(UniversityFactory()), UniversityFactory())
    assert not Income.objects.exists()


def test_an_income_is_distributed_by_the_policy_of_its_institution(monkeypatch):
    case = made.scene(monkeypatch)
    assert case.distribution.state == "computed"
    assert case.distribution.net == Money(100_000_00)
    assert lines(case.distribution) == [
        ("inventor", "李雷", Money(23_333_34)),
        ("inventor", "韩梅梅", Money(23_333_33)),
        ("inventor", "王芳", Money(23_333_33)),
        ("department", "", Money(10_000_00)),
        ("institution", "", Money(15_000_00)),
        ("manager", "", Money(5_000_00)),
    ]


def test_taxes_costs_and_returns_come_first_and_only_once(monkeypatch):
    case = made.scene(monkeypatch, deducts=["vat", "stamp", "evaluation"], double_return=True)
    paid = {"patent": case.patent, "institution": case.university, "actor": case.manager, "paid_on": date(2024, 5, 1)}
    income_policies.note_cost(**paid, kind="evaluation", amount=Money(600_00))
    income_policies.note_cost(**paid, kind="maintenance", amount=Money(900_00))  # not deducted by this policy
    income_policies.note_cost(**paid, kind="maintenance", amount=Money(1_000_00), borne_by="李雷")
    again = distributing.recompute(distribution=case.distribution, actor=case.manager, reason="补录费用。")
    assert lines(again)[:4] == [
        ("vat", "", Money(5_660_38)),
        ("stamp", "", Money(30_00)),
        ("cost", "", Money(600_00)),
        ("return", "李雷", Money(2_000_00)),
    ]
    assert again.net == Money(93_709_62)
    assert sum((line.amount for line in again.lines.all()), Money(0)) == Money(100_000_00)
    case.distribution.refresh_from_db()
    assert (case.distribution.state, again.state) == ("cancelled", "computed")

    second = made.released(case.patent, case.university, monkeypatch)
    later = Distribution.objects.get(share__income__obligation=second)
    assert {line.kind for line in later.lines.all()}.isdisjoint({"cost", "return"})


def test_a_return_that_did_not_fit_goes_on_with_the_next_income(monkeypatch):
    case = made.scene(monkeypatch, double_return=True, amount=Money(1_500_00))
    income_policies.note_cost(
        patent=case.patent, institution=case.university, actor=case.manager, kind="agency", amount=Money(1_000_00),
        paid_on=date(2024, 5, 1), borne_by="王芳",
    )  # fmt: skip
    first = distributing.recompute(distribution=case.distribution, actor=case.manager, reason="补录费用。")
    assert lines(first)[0] == ("return", "王芳", Money(1_500_00))
    second = made.released(case.patent, case.university, monkeypatch, amount=Money(1_500_00))
    later = Distribution.objects.get(share__income__obligation=second)
    assert lines(later)[0] == ("return", "王芳", Money(500_00))


def test_a_registered_contract_leaves_no_vat_to_deduct(monkeypatch):
    university = UniversityFactory()
    made.policy(university, deducts=["vat"])
    obligation = made.released(made.patent_of(university), university, monkeypatch, registration="2026320100000123")
    distribution = Distribution.objects.get(share__income__obligation=obligation)
    assert distribution.net == Money(100_000_00)


def test_an_income_without_inventors_waits_until_somebody_names_them(monkeypatch):
    case = made.scene(monkeypatch, inventors=())
    assert case.distribution is None
    assert list(incomes.shares.undistributed(case.manager)) == [case.share]
    with pytest.raises(NoInventors):
        distributing.compute(share=case.share, actor=case.manager)
    income_policies.agree_shares(
        patent=case.patent, institution=case.university, actor=case.manager, agreed_on=date(2024, 5, 1),
        inventors=[Named("甲"), Named("乙")],
    )  # fmt: skip
    distribution = distributing.compute(share=case.share, actor=case.manager)
    assert distributing.compute(share=case.share, actor=case.manager) == distribution
    assert not incomes.shares.undistributed(case.manager).exists()
    with pytest.raises(NotAllowed):
        distributing.compute(share=case.share, actor=member("ip_manager"))


def test_the_part_the_platform_will_pay_is_frozen_and_free_again_when_it_is_taken_back(monkeypatch):
    case = made.scene(monkeypatch, delegates_payout=True)
    place = {"account": "2011", "party": case.university, "ref": case.obligation}
    assert case.distribution.delegated
    assert freezes.available(**place) == Money(30_000_00)
    with pytest.raises(ledger.BalanceTooLow):
        ledger.post(
            kind="payout_sent", key="too much", ref=case.obligation, actor=case.manager,
            lines=[
                ledger.debit("2011", Money(30_000_01), party=case.university, ref=case.obligation),
                ledger.credit("1131", Money(30_000_01)),
            ],
        )  # fmt: skip
    assert distributing.cancel_for(obligation=case.obligation, actor=SYSTEM, reason="refund") == 1
    assert freezes.available(**place) == Money(100_000_00)
    assert not Freeze.objects.filter(lifted_at=None).exists()


def test_only_the_institution_confirms_and_only_once(monkeypatch):
    case = made.scene(monkeypatch)
    with pytest.raises(NotAllowed):
        distributing.confirm(distribution=case.distribution, actor=member("ip_manager"))
    done = distributing.confirm(distribution=case.distribution, actor=case.manager)
    assert (done.state, done.confirmed_by_id) == ("confirmed", case.manager.user_id)
    with pytest.raises(NotPossibleNow):
        distributing.confirm(distribution=case.distribution, actor=case.manager)


def test_the_database_refuses_lines_that_do_not_make_the_whole(monkeypatch):
    case = made.scene(monkeypatch)
    with pytest.raises(IntegrityError), transaction.atomic():
        DistributionLine.objects.filter(distribution=case.distribution).update(amount_fen=1)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        DistributionLine.objects.create(distribution=case.distribution, kind="manager", amount_fen=1, position=99)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with clock.at(database_now()), pytest.raises(IntegrityError), transaction.atomic():
        case.income.shares.update(amount_fen=1)
