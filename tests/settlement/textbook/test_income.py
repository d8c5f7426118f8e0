"""An income of 100,000.00: among the co-owners, then down the waterfall of a university, to the last fen."""

from datetime import date

import pytest

from foundation.core import clock, handlers
from foundation.core.actors import CLOCK
from foundation.core.money import Money
from settlement import queries, services
from settlement.models import Distribution
from settlement.services import distributing, income_policies, noticing
from settlement.services.income_policies import Named
from settlement.services.sharing import Source
from tests.factories import income as made
from tests.factories.accounts import OrganizationFactory, UniversityFactory, member
from tests.factories.bank import own_account
from tests.factories.payouts import payout_account
from tests.factories.settlement import paid_obligation
from tests.settlement.textbook.books import accounts, bank_pays, journal, send_payouts, shown, yuan

pytestmark = pytest.mark.django_db
INVENTORS = ("李雷", "韩梅梅", "王芳")


@pytest.fixture
def university():
    """It pays back what inventors bore twice over, deducts appraisals, and lets the platform pay its inventors."""
    found = UniversityFactory()
    found.manager = member("ip_manager", organization=found)
    made.policy(
        found, actor=found.manager, plan=(7_000, 1_000, 1_500, 500), deducts=["evaluation"], double_return=True,
        delegates_payout=True,
    )  # fmt: skip
    return found


def patent_of(university, firm):
    """Two thirds the university's, with its inventors' agreement, an appraisal, and a fee that an inventor bore."""
    patent = made.patent_of(university, firm, inventors=INVENTORS, shares=[2, 1])
    about = {"patent": patent, "institution": university, "actor": university.manager}
    cost = {**about, "paid_on": date(2024, 5, 1)}
    income_policies.note_cost(kind="evaluation", amount=yuan("3,000.00"), **cost)
    income_policies.note_cost(kind="agency", amount=yuan("1,000.00"), borne_by="王芳", **cost)
    people = [Named(name, None, share) for name, share in zip(INVENTORS, (5_000, 3_000, 2_000), strict=True)]
    income_policies.agree_shares(agreed_on=date(2024, 5, 1), inventors=people, **about)
    return patent


def released_income(patent, university, monkeypatch):
    """A fee of 100,000.00 for the patent that leaves escrow."""
    monkeypatch.setitem(handlers._owners, made.SOURCE, lambda **facts: Source(patent))
    fee = paid_obligation(creditor=university, amount=yuan("100,000.00"))
    assert accounts() == {"1001": "100,000.00", "2002": "100,000.00"}
    with clock.at(fee.release_at):
        services.release(obligation=fee, actor=CLOCK)
    return fee


def test_co_owners_waterfall_and_three_inventors(university, monkeypatch):
    own_account()
    firm = OrganizationFactory()
    payout_account(university)
    payout_account(firm)
    released_income(patent_of(university, firm), university, monkeypatch)
    assert journal(2) == [
        "license_fee_released: Dr 2002 100,000.00, Cr 2011 100,000.00",
        "co_owner_share_assigned: Dr 2011 33,333.33, Cr 2011 33,333.33",
    ]
    assert accounts() == {"1001": "100,000.00", "2011": "100,000.00"}
    parts = [queries.payable_to(one) for one in (university, firm)]
    assert parts == [yuan("66,666.67"), yuan("33,333.33")]

    distribution = Distribution.objects.get()
    assert (distribution.income, distribution.net) == (yuan("66,666.67"), yuan("63,666.67"))
    lines = [(line.kind, line.name, shown(line.amount)) for line in distribution.lines.order_by("position")]
    assert lines == [
        ("cost", "", "3,000.00"),
        ("return", "王芳", "2,000.00"),
        ("inventor", "李雷", "21,583.34"),
        ("inventor", "韩梅梅", "12,950.00"),
        ("inventor", "王芳", "8,633.33"),
        ("department", "", "6,166.67"),
        ("institution", "", "9,250.00"),
        ("manager", "", "3,083.33"),
    ]
    assert sum((yuan(amount) for _kind, _name, amount in lines), Money(0)) == distribution.income
    to_inventors = sum((yuan(amount) for kind, _n, amount in lines if kind in ("return", "inventor")), Money(0))
    assert to_inventors == yuan("45,166.67")
    assert to_inventors.fen * 2 >= distribution.net.fen  # the legal floor: half of the net income

    distribution = distributing.confirm(distribution=distribution, actor=university.manager)
    distribution = noticing.publish(distribution=distribution, actor=university.manager)
    with clock.at(distribution.notice_until):
        noticing.end_notice(distribution=distribution)
        assert journal() == [
            "inventor_share_assigned: Dr 2011 45,166.67, Cr 2012 2,000.00, Cr 2012 21,583.34, Cr 2012 12,950.00, "
            "Cr 2012 8,633.33"
        ]
        assert accounts() == {"1001": "100,000.00", "2011": "54,833.33", "2012": "45,166.67"}

        sent = send_payouts()
        assert accounts() == {"1001": "100,000.00", "1131": "-100,000.00"}
        assert sorted(shown(one.amount) for one in sent) == sorted(
            ["21,500.00", "33,333.33", "2,000.00", "21,583.34", "12,950.00", "8,633.33"]
        )
        bank_pays(sent)
        assert noticing.finish_payout(distribution=distribution).state == "paid"
    assert accounts() == {}
