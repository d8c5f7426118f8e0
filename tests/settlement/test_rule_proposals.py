"""Rules of tax and fees: proposed for a day ahead by one person, laid down by another, never changed."""

from datetime import timedelta

import pytest
from django.urls import reverse

from approvals import services as approvals
from approvals.queries import open_review_of
from foundation.core import clock
from foundation.core.clock import database_now, local_date
from foundation.core.errors import Invalid, NotAllowed
from foundation.core.money import Money
from settlement import tax
from settlement.models import FeeRule, RuleProposal, TaxRule
from settlement.services import rule_proposals
from settlement.services.rule_proposals import DayHasCome, RuleThere, propose_rule
from tests.factories.accounts import finance, licensee, officer

pytestmark = pytest.mark.django_db
yuan = Money.parse


def ahead(days=30):
    return local_date(database_now()) + timedelta(days=days)


def proposed(key="k", actor=None, **changes):
    facts = {"family": "fee", "about": "license.fee", "valid_from": ahead(), "rate_bp": 200, "source": "收费公告"}
    return propose_rule(actor=actor or finance(), key=key, **{**facts, **changes})


def decide(row, outcome="approve", **more):
    clerk = officer()
    review = approvals.claim(review=open_review_of(rule_proposals.REVIEW, row), actor=clerk)
    approvals.decide(review=review, outcome=outcome, actor=clerk, **more)
    row.refresh_from_db()
    return row


def test_a_fee_holds_from_its_day_on_once_a_second_person_laid_it_down():
    row = proposed(minimum=yuan("50.00"), cap=yuan("5,000.00"))
    assert tax.own_fee("license.fee", yuan("10,000.00"), ahead(60)).net == Money(0)
    row = decide(row)
    rule = FeeRule.objects.get(purpose="license.fee", valid_from=row.valid_from)
    assert (row.state, rule.made_by_id, rule.approved_by_id) == ("laid_down", row.made_by_id, row.approved_by_id)
    assert tax.own_fee("license.fee", yuan("10,000.00"), ahead(29)).net == Money(0)
    assert tax.own_fee("license.fee", yuan("10,000.00"), ahead(30)).net == yuan("200.00")
    assert tax.own_fee("license.fee", yuan("1,000.00"), ahead(30)).net == yuan("50.00")


def test_a_tax_goes_the_same_way_and_a_refused_rule_lays_nothing_down():
    row = decide(proposed(family="tax", about="vat.service", rate_bp=500, valid_until=ahead(90)))
    assert tax.rule_for("vat.service", ahead(45)).rate_bp == 500
    assert tax.rule_for("vat.service", ahead(91)).rate_bp == 600
    before = TaxRule.objects.count()
    row = decide(proposed("r", family="tax", about="vat.service", valid_from=ahead(31)), "reject",
                 reasons=["R99"], text="依据不足")  # fmt: skip
    assert (row.state, TaxRule.objects.count()) == ("refused", before)


def test_what_is_wrong_is_refused_and_a_repeat_proposes_once():
    row = proposed()
    assert proposed(actor=finance()) == row
    for changes, field in (
        ({"valid_from": ahead(0)}, "valid_from"),
        ({"about": "nothing"}, "about"),
        ({"rate_bp": 10_001}, "rate_bp"),
        ({"source": " "}, "source"),
        ({"minimum": yuan("2.00"), "cap": yuan("1.00")}, "cap"),
        ({"family": "tax", "about": "vat.service", "valid_until": ahead(1)}, "valid_until"),
    ):
        with pytest.raises(Invalid) as refused:
            proposed("other", **changes)
        assert refused.value.field == field
    with pytest.raises(RuleThere):
        proposed("again")
    with pytest.raises(NotAllowed):
        proposed("firm", actor=licensee())
    assert RuleProposal.objects.count() == 1


def test_a_rule_whose_day_has_come_is_not_laid_down():
    row = proposed()
    with clock.at(database_now() + timedelta(days=31)), pytest.raises(DayHasCome):
        decide(row)
    assert not FeeRule.objects.filter(valid_from=row.valid_from).exists()


def test_the_page_takes_a_proposal_and_says_what_is_wrong(client, settings):
    settings.KAIXU_SECOND_FACTOR_REQUIRED = False
    client.force_login(finance().user)
    client.cookies["kaixu_language"] = "en"
    page = reverse("settlement:tax_rules")
    assert "Propose a rule" in client.get(page).content.decode()
    url = reverse("settlement:propose_rule", args=["fee"])
    sent = {
        "about": "license.fee",
        "rate_bp": "1.5",
        "valid_from": ahead().isoformat(),
        "source": "x",
        "form_token": "t",
    }
    for wrong, field in (
        ({"rate_bp": "101"}, "rate_bp"),
        ({"rate_bp": "x"}, "rate_bp"),
        ({"valid_from": "2020-01-01"}, "valid_from"),
        ({"valid_from": "soon"}, "valid_from"),
        ({"about": "x"}, "about"),
        ({"minimum": "-1"}, "minimum"),
        ({"cap": "99999999999999999"}, "cap"),
        ({"source": ""}, "source"),
    ):
        answer = client.post(url, {**sent, **wrong})
        assert answer.status_code == 422, wrong
        assert any(field in one["form"].errors for one in answer.context["forms"]), wrong
    assert client.post(url, sent).status_code == 303
    assert client.post(url, sent).status_code == 303
    assert RuleProposal.objects.get().rate_bp == 150
    assert "1.5 %" in client.get(page).content.decode()
    assert client.post(reverse("settlement:propose_rule", args=["war"]), sent).status_code == 404
