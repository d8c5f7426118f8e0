"""The notice inside the institution: its length, objections and answers, the end, payout and closing."""

from datetime import date, timedelta

import pytest

from foundation.core import clock
from foundation.core.actors import CLOCK
from foundation.core.errors import Invalid, NotAllowed, NotPossibleNow
from foundation.core.money import Money
from foundation.core.workdays import workdays_between
from settlement import clock_income, ledger, queries
from settlement.models import Freeze
from settlement.queries import income as incomes
from settlement.services import distributing, income_policies, noticing
from settlement.services.income_policies import Named
from settlement.services.noticing import NoticeRuns, OwnObjection, PaidByPlatform
from tests.factories import income as made
from tests.factories.accounts import UserFactory, member

pytestmark = pytest.mark.django_db


def in_notice(monkeypatch, **rules):
    """A scene whose distribution is in notice, with an inventor who has an account."""
    case = made.scene(monkeypatch, **rules)
    case.author = member("inventor", organization=case.university, user=UserFactory(name="李雷"))
    income_policies.agree_shares(
        patent=case.patent, institution=case.university, actor=case.manager, agreed_on=date(2024, 5, 1),
        inventors=[Named("李雷", case.author.user), Named("韩梅梅")],
    )  # fmt: skip
    again = distributing.recompute(distribution=case.distribution, actor=case.manager, reason="补签协议。")
    distributing.confirm(distribution=again, actor=case.manager)
    case.distribution = noticing.publish(distribution=again, actor=case.manager)
    return case


def test_the_notice_lasts_the_working_days_of_the_policy(monkeypatch):
    case = in_notice(monkeypatch, notice_workdays=20)
    first, last = case.distribution.notice_from, case.distribution.notice_until - timedelta(seconds=1)
    assert workdays_between(clock.local_date(first), clock.local_date(last)) == 20


def test_the_notice_ends_by_the_clock_and_not_before(monkeypatch):
    case = in_notice(monkeypatch)
    until = case.distribution.notice_until
    with clock.at(until - timedelta(seconds=1)):
        assert clock_income.end_notices() == 0
        with pytest.raises(NoticeRuns):
            noticing.end_notice(distribution=case.distribution)
    with clock.at(until):
        assert clock_income.end_notices() == 1
        assert clock_income.end_notices() == 0
    case.distribution.refresh_from_db()
    assert case.distribution.state == "agreed"


def test_an_inventor_agrees_to_the_own_share_only(monkeypatch):
    case = in_notice(monkeypatch)
    own, other = case.distribution.lines.filter(kind="inventor")
    assert noticing.accept_share(line=own, actor=case.author).accepted_at is not None
    noticing.accept_share(line=own, actor=case.author)
    with pytest.raises(NotAllowed):
        noticing.accept_share(line=other, actor=case.author)


def test_members_see_the_distribution_while_the_notice_runs(monkeypatch):
    case = in_notice(monkeypatch)
    stranger = member("inventor")
    assert case.distribution in incomes.distributions.visible_to(case.author)
    assert not incomes.distributions.visible_to(stranger).exists()
    with clock.at(case.distribution.notice_until):
        noticing.end_notice(distribution=case.distribution)
    assert not incomes.distributions.visible_to(case.author).exists()
    assert incomes.distributions.visible_to(case.manager).count() == 2
    assert incomes.lines.visible_to(case.author).count() == 1


def test_a_dismissed_objection_lets_the_rest_of_the_notice_run(monkeypatch):
    case = in_notice(monkeypatch)
    with clock.at(case.distribution.notice_until - timedelta(hours=1)):
        objection = noticing.object_to(distribution=case.distribution, actor=case.author, reason="份额不符合协议。")
    case.distribution.refresh_from_db()
    assert case.distribution.state == "objected"
    answered = case.distribution.notice_until + timedelta(days=9)
    with clock.at(answered):
        with pytest.raises(NoticeRuns):
            noticing.end_notice(distribution=case.distribution)
        done = noticing.answer_objection(objection=objection, actor=case.manager, upheld=False, answer="按协议计算。")
        assert done.state == "notice"
        assert done.notice_until > answered
        assert clock_income.end_notices() == 0
    with clock.at(done.notice_until):
        assert clock_income.end_notices() == 1


def test_an_upheld_objection_computes_anew(monkeypatch):
    case = in_notice(monkeypatch)
    objection = noticing.object_to(distribution=case.distribution, actor=case.author, reason="费用漏算。")
    fresh = noticing.answer_objection(objection=objection, actor=case.manager, upheld=True, answer="重新计算。")
    case.distribution.refresh_from_db()
    assert (case.distribution.state, fresh.state) == ("cancelled", "computed")
    assert fresh.share == case.distribution.share


def test_objections_are_refused_from_outside_without_reason_and_after_the_end(monkeypatch):
    case = in_notice(monkeypatch)
    with pytest.raises(NotAllowed):
        noticing.object_to(distribution=case.distribution, actor=member("inventor"), reason="x")
    with pytest.raises(Invalid):
        noticing.object_to(distribution=case.distribution, actor=case.author, reason="  ")
    with clock.at(case.distribution.notice_until), pytest.raises(NotPossibleNow):
        noticing.object_to(distribution=case.distribution, actor=case.author, reason="太晚了。")


def test_nobody_answers_the_own_objection(monkeypatch):
    case = in_notice(monkeypatch)
    objection = noticing.object_to(distribution=case.distribution, actor=case.manager, reason="需要说明。")
    with pytest.raises(OwnObjection):
        noticing.answer_objection(objection=objection, actor=case.manager, upheld=False, answer="已核对。")
    second = member("owner", organization=case.university)
    with pytest.raises(NotAllowed):
        noticing.answer_objection(objection=objection, actor=member("owner"), upheld=False, answer="已核对。")
    assert (
        noticing.answer_objection(objection=objection, actor=second, upheld=False, answer="已核对。").state == "notice"
    )


def test_the_institution_pays_by_itself_and_closes(monkeypatch):
    case = in_notice(monkeypatch)
    with clock.at(case.distribution.notice_until):
        agreed = noticing.end_notice(distribution=case.distribution)
        with pytest.raises(Invalid):
            noticing.note_payout(distribution=agreed, actor=case.manager, note="")
        with pytest.raises(NotAllowed):
            noticing.note_payout(distribution=agreed, actor=case.author, note="工资卡发放")
        paid = noticing.note_payout(distribution=agreed, actor=case.manager, note="工资卡发放，2026 年 12 月")
        assert {line.paid_at is not None for line in paid.lines.filter(kind="inventor")} == {True}
        assert noticing.close(distribution=paid, actor=case.manager).state == "closed"
    assert queries.payable_to(case.university) == Money(100_000_00)


def test_what_was_paid_closes_by_itself_after_a_month(monkeypatch):
    case = in_notice(monkeypatch)
    with clock.at(case.distribution.notice_until):
        agreed = noticing.end_notice(distribution=case.distribution)
        paid = noticing.note_payout(distribution=agreed, actor=case.manager, note="工资卡发放")
        assert clock_income.close_distributions() == 0
    with clock.at(paid.state_since + clock_income.CLOSED_AFTER):
        assert clock_income.close_distributions() == 1
    paid.refresh_from_db()
    assert paid.state == "closed"


def pay_out(line, key):
    """What a payout run books for one inventor."""
    place = {"party": line.distribution.institution_id, "ref": line}
    ledger.post(
        kind="inventor_share_sent", key=key, ref=line.distribution, actor=CLOCK,
        lines=[ledger.debit("2012", line.amount, **place), ledger.credit("1131", line.amount)],
    )  # fmt: skip


def test_delegated_shares_move_to_the_inventors_and_are_paid_when_their_accounts_are_empty(monkeypatch):
    case = in_notice(monkeypatch, delegates_payout=True)
    with clock.at(case.distribution.notice_until):
        agreed = noticing.end_notice(distribution=case.distribution)
        noticing.end_notice(distribution=case.distribution)
        assert not Freeze.objects.filter(lifted_at=None).exists()
        assert queries.balance("2012", party=case.university) == Money(70_000_00)
        assert queries.payable_to(case.university) == Money(30_000_00)
        with pytest.raises(PaidByPlatform):
            noticing.note_payout(distribution=agreed, actor=case.manager, note="x")
        first, second = agreed.lines.filter(kind="inventor")
        pay_out(first, "first")
        assert clock_income.finish_distributions() == 0
        pay_out(second, "second")
        assert clock_income.finish_distributions() == 1
        assert clock_income.finish_distributions() == 0
    agreed.refresh_from_db()
    assert agreed.state == "paid"
    assert queries.balance("2012", party=case.university) == Money(0)
