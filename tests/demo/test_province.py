"""The demo province shows every state that people can meet, and all of it is made by the services."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from functools import cache

import pytest

from accounts.models import Membership
from foundation import audit
from foundation.audit import invariants
from foundation.core import clock
from foundation.core.money import Money
from licenses.lifecycle import DeclarationState, LicenseState
from licenses.models import Declaration, License
from local.demo import cast, plan, province, telling, texts_read
from local.demo.books import days, office, payouts
from local.demo.books import story as books
from marketplace import work
from settlement import queries, reconciliation
from settlement.models import (
    AccountingMonth,
    BankLine,
    Dispute,
    Distribution,
    DistributionLine,
    Invoice,
    NightlyProof,
    OwnAccount,
    Payout,
    PayoutRun,
    RefundRequest,
    Sweep,
)

NOW = datetime(2026, 11, 24, 1, 41, tzinfo=UTC)
PASSING = {LicenseState.NOTICE_DELIVERED}  # left again in the transaction that reaches it
# Royalty periods and trials put a license there; no service of this app does.
BY_OTHERS = {LicenseState.IN_DEFAULT, LicenseState.TERMINATED_FOR_BREACH, LicenseState.ENDED_TRIAL}


@cache
def all_stories():
    """The plan of the whole province."""
    return plan.stories(texts_read.patents(), NOW)


def one_of_each():
    """A few stories that hold every ending of an offer and every fate of a license."""
    chosen, wanted = [], {"open", *plan.ENDINGS, *plan.FATES, "draft notice", "held", "kept open"}
    while wanted:
        story = max(all_stories(), key=lambda story: (len(wanted & has(story)), -len(story.fates)))
        assert wanted & has(story)
        chosen.append(story)
        wanted -= has(story)
    return chosen


def has(story):
    """The ending of a story and the fates of its licenses."""
    fates = {"draft notice" if fate == "draft" else f"{fate} {story.ending}" if fate == "kept" else fate
             for fate in story.fates}  # fmt: skip
    return {story.ending, *fates}


def test_plan_counts_what_the_province_promises():
    stories = all_stories()
    fates = Counter(fate for story in stories for fate in story.fates)
    assert (len(stories), sum(fates.values()) - fates["draft"]) == (plan.STORIES, plan.LICENSES) == (150, 80)
    endings = Counter(story.ending for story in stories)
    assert {name: endings[name] for name in plan.ENDINGS} == plan.ENDINGS
    assert {name: fates[name] for name in plan.FATES} == plan.FATES
    assert fates["draft"] == plan.NOTICES_IN_PREPARATION
    small = stories[: plan.SMALL_STORIES]
    assert {story.ending for story in small} == {"open"}
    assert tuple(len(story.fates) for story in small[:3]) == plan.SMALL_LICENSES


def test_the_university_of_the_demo_logins_sees_offers_licenses_and_money_at_once():
    university = next(row["key"] for row in texts_read.organizations() if row["kind"] == "university")
    assert {story.holder for story in all_stories()[:3]} == {university} == {plan.OWN_HOLDER}
    assert all_stories()[0].costs


@pytest.fixture
def province_at_now(db):
    """An empty province on the day of the tests, with nothing kept from another database."""
    cast.officer.cache_clear()
    province.today.cache_clear()
    with clock.at(NOW):
        province.today()
        yield
    cast.officer.cache_clear()
    province.today.cache_clear()


def tell_all_of(stories):
    """The logins, the holders' patents and these stories; the firms that take licenses."""
    with clock.at(province.today() - province.FOUNDED):
        cast.administration()
    province.demo_logins()
    province.bring_in_patents({story.holder for story in stories})
    firms = [province.found_organization(row) for row in province.firms()[:9]]
    office.begin(province.today())
    for story in sorted(stories, key=lambda story: story.submitted_at):
        if not telling.is_told(story):
            takers = firms[: province.SMALL_ORGANIZATIONS] if story in stories[:3] else firms
            telling.tell(story, manager=province.manager_of(story.holder), firms=takers, now=province.today())
    return firms


def paid_by_others():
    """A few stories with fees that neither of the logins' organizations pays or gets."""
    return [story for story in all_stories() if story.holder in ("lywind", "lbrobot") and story.fates]


def states_of_offers_and_licenses_are_all_there():
    assert set(Declaration.objects.values_list("state", flat=True)) == {str(state) for state in DeclarationState}
    expected = {str(state) for state in LicenseState} - PASSING - BY_OTHERS
    assert set(License.objects.values_list("state", flat=True)) >= expected
    waiting = Declaration.objects.get(state="approved")
    assert waiting.publish_due_at > province.today() + timedelta(days=7)


def lines_by(*fields):
    """How many lines of statements there are of each."""
    return Counter(BankLine.objects.exclude(state__in=("known", "matched")).values_list(*fields))


def books_are_kept_until_yesterday():
    """Statements of every half month, three closed months, and each kind of line that finance meets."""
    supervised, operating = OwnAccount.objects.order_by("pk")
    spans = [(half.first, half.last) for half in days.halves(date(2026, 11, 24))]
    assert list(supervised.statements.order_by("pk").values_list("first_day", "last_day")) == spans
    assert spans[-1] == (date(2026, 11, 16), date(2026, 11, 23))
    assert [row.last_day.month for row in operating.statements.order_by("pk")] == [8, 9, 10]
    assert [month.number for month in AccountingMonth.objects.order_by("month")] == ["2026-08", "2026-09", "2026-10"]
    for account, until in ((supervised, date(2026, 11, 23)), (operating, date(2026, 10, 31))):
        found = reconciliation.days(account, account.opening_date, until)
        assert [day.day for day in found if not day.agrees] == []
    assert lines_by("state", "reason") == {
        ("queued", "amount"): 1, ("queued", "nothing"): 1, ("queued", "operating"): 1, ("assigned", ""): 1,
        ("parked", "person"): 3, ("parked", "currency"): 1, ("returned", ""): 1,
    }  # fmt: skip
    rules = set(BankLine.objects.filter(state="matched").values_list("rule", flat=True))
    assert rules == {"reference", "corrected", "number"}


def money_goes_its_ways():
    """Payouts, refunds, disputes, distributions and invoices in every state that the demo wants to show."""
    assert dict(PayoutRun.objects.values_list("key", "state"))["demo:latest"] == "done"
    assert Counter(Payout.objects.values_list("state", flat=True))["failed"] == 1
    assert set(RefundRequest.objects.values_list("state", flat=True)) == {"paid", "requested"}
    assert set(Dispute.objects.values_list("state", flat=True)) == {"open", "mediation"}
    assert set(Distribution.objects.values_list("state", flat=True)) == {"computed", "confirmed", "notice", "paid"}
    inventors = DistributionLine.objects.filter(distribution__state="paid", distribution__delegated=True)
    assert inventors.filter(kind="inventor").exclude(paid_at=None).count() == 3
    assert {(one.state, one.is_red) for one in Invoice.objects.all()} == {
        ("sent", False), ("requested", False), ("issued", False), ("issued", True),
    }  # fmt: skip
    assert Sweep.objects.count() == 1


def client_money_was_complete_every_night():
    assert [proof.difference for proof in NightlyProof.objects.all()] == [Money(0)] * province.NIGHTS
    assert NightlyProof.objects.latest("day").taken_at == NOW
    assert queries.equation().difference == Money(0)


def everybody_finds_something_to_do(*logins):
    for login in logins:
        member = Membership.objects.get(user__email=cast.address(login))
        assert work.items_for(member), login


def test_every_state_is_there_to_be_seen_and_the_books_are_kept(province_at_now, monkeypatch):
    monkeypatch.setattr(payouts, "LEFT", 3)  # of the few payees here
    stories = [*all_stories()[: plan.SMALL_STORIES], *one_of_each(), *paid_by_others()]
    firms = tell_all_of(stories)
    audit.deliver_pending(limit=10_000)
    states_of_offers_and_licenses_are_all_there()
    books.tell(province.today(), firms, province.nothing)
    province.prove_last_nights()
    audit.deliver_pending(limit=10_000)
    books_are_kept_until_yesterday()
    money_goes_its_ways()
    client_money_was_complete_every_night()
    everybody_finds_something_to_do("finance", "ip_manager", "licensing_user", "provincial_officer")
    assert invariants.check() == []
