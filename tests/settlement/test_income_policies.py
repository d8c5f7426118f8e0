"""What an institution lays down: its policy, the costs of a patent, how its inventors share."""

from datetime import date, timedelta

import pytest

from foundation.core.clock import database_now, local_date
from foundation.core.errors import Invalid, NotAllowed
from foundation.core.money import Money
from settlement.models import Distribution, LineKind
from settlement.queries import income as incomes
from settlement.services import distributing, income_policies
from settlement.services.income_policies import (
    InventorsShareTooLow,
    Named,
    NoInventors,
    PatentNotOwned,
    SharesNotWhole,
)
from tests.factories import income as made
from tests.factories.accounts import OrganizationFactory, UniversityFactory, UserFactory, member

pytestmark = pytest.mark.django_db


def lines(distribution):
    return [(line.kind, line.name, line.amount) for line in distribution.lines.order_by("position")]


def test_inventors_share_by_their_agreement(monkeypatch):
    case = made.scene(monkeypatch)
    author = UserFactory()
    income_policies.agree_shares(
        patent=case.patent, institution=case.university, actor=case.manager, agreed_on=date(2024, 5, 1),
        inventors=[Named("李雷", author, 6_000), Named("外部合作者", None, 4_000)],
    )  # fmt: skip
    again = distributing.recompute(distribution=case.distribution, actor=case.manager, reason="补签协议。")
    assert lines(again)[:2] == [("inventor", "李雷", Money(42_000_00)), ("inventor", "外部合作者", Money(28_000_00))]
    mine = member("licensing_user", user=author)
    assert [line.amount for line in incomes.lines.visible_to(mine)] == [Money(42_000_00)]


def test_a_name_of_the_register_belongs_to_the_one_inventor_who_has_it(monkeypatch):
    university = UniversityFactory()
    author = member("inventor", organization=university, user=UserFactory(name="李雷"))
    for _twin in range(2):
        member("inventor", organization=university, user=UserFactory(name="韩梅梅"))
    made.policy(university)
    obligation = made.released(made.patent_of(university), university, monkeypatch)
    distribution = Distribution.objects.get(share__income__obligation=obligation)
    named = distribution.lines.filter(kind=LineKind.INVENTOR)
    assert [line.user for line in named] == [author.user, None, None]


@pytest.mark.parametrize(
    ("inventors", "error"),
    [
        ([], NoInventors),
        ([Named("甲", None, 5_000), Named("乙", None, 4_999)], SharesNotWhole),
        ([Named("甲", None, 5_000), Named("乙")], Invalid),
        ([Named("甲"), Named("甲")], Invalid),
        ([Named("甲", None, 10_000), Named("乙", None, 0)], Invalid),
    ],
)
def test_an_agreement_that_is_not_the_whole_is_refused(monkeypatch, inventors, error):
    case = made.scene(monkeypatch)
    with pytest.raises(error):
        income_policies.agree_shares(
            patent=case.patent, institution=case.university, actor=case.manager, agreed_on=date(2024, 5, 1),
            inventors=inventors,
        )  # fmt: skip


def test_a_university_cannot_go_below_the_legal_floor_and_an_enterprise_can():
    with pytest.raises(InventorsShareTooLow):
        made.policy(UniversityFactory(), plan=(4_999, 5_001, 0, 0))
    assert made.policy(OrganizationFactory(), plan=(4_999, 5_001, 0, 0)).version == 1


def test_a_policy_is_refused_for_what_is_wrong_and_versions_follow_one_another():
    university = UniversityFactory()
    manager = member("ip_manager", organization=university)
    today = local_date(database_now())
    laid_down = {"institution": university, "actor": manager, "plan": made.PLAN}
    assert income_policies.adopt_policy(**laid_down, valid_from=date(2020, 1, 1)).version == 1
    for wrong in (
        {"valid_from": today - timedelta(days=1)},
        {"valid_from": today, "notice_workdays": 14},
        {"valid_from": today, "notice_workdays": 1_000},
    ):
        with pytest.raises(Invalid):
            income_policies.adopt_policy(**laid_down, **wrong)
    with pytest.raises(SharesNotWhole):
        income_policies.adopt_policy(**laid_down | {"plan": (7_000, 0, 0, 0)}, valid_from=today)
    with pytest.raises(NotAllowed):
        income_policies.adopt_policy(**laid_down | {"actor": member("ip_manager")}, valid_from=today)
    second = income_policies.adopt_policy(**laid_down, valid_from=today)
    assert second.version == 2
    assert incomes.policy_of(university.pk, today - timedelta(days=1)).version == 1
    assert incomes.policy_of(university.pk, today) == second


def test_costs_of_others_patents_and_of_the_future_are_refused(monkeypatch):
    case = made.scene(monkeypatch)
    cost = {"institution": case.university, "actor": case.manager, "kind": "agency", "amount": Money(1_00)}
    with pytest.raises(PatentNotOwned):
        income_policies.note_cost(**cost, patent=made.patent_of(OrganizationFactory()), paid_on=date(2024, 1, 1))
    with pytest.raises(Invalid):
        income_policies.note_cost(**cost, patent=case.patent, paid_on=local_date(database_now()) + timedelta(days=1))
    with pytest.raises(NotAllowed):
        income_policies.note_cost(
            **cost | {"actor": member("inventor", organization=case.university)}, patent=case.patent,
            paid_on=date(2024, 1, 1),
        )  # fmt: skip
