"""The demo province shows every state that people can meet, and all of it is made by the services."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest

from foundation import audit
from foundation.audit import invariants
from foundation.core import clock
from licenses.lifecycle import DeclarationState, LicenseState
from licenses.models import Declaration, License
from local.demo import cast, plan, province, telling, texts_read

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


@pytest.mark.django_db
def test_every_state_of_declarations_and_licenses_is_there_to_be_seen(monkeypatch):
    stories = one_of_each()
    cast.officer.cache_clear()
    province.today.cache_clear()
    with clock.at(province.today() - province.FOUNDED):
        cast.administration()
    province.demo_logins()
    province.bring_in_patents({story.holder for story in stories})
    firms = [province.found_organization(row) for row in province.firms()[:9]]
    for story in sorted(stories, key=lambda story: story.submitted_at):
        if not telling.is_told(story):
            telling.tell(story, manager=province.manager_of(story.holder), firms=firms, now=province.today())
    audit.deliver_pending(limit=10_000)
    assert set(Declaration.objects.values_list("state", flat=True)) == {str(state) for state in DeclarationState}
    expected = {str(state) for state in LicenseState} - PASSING - BY_OTHERS
    assert set(License.objects.values_list("state", flat=True)) >= expected
    waiting = Declaration.objects.get(state="approved")
    assert waiting.publish_due_at > province.today() + timedelta(days=7)
    assert invariants.check() == []
    cast.officer.cache_clear()
    province.today.cache_clear()
