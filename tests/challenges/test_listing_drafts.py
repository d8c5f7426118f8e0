"""A firm writes a challenge: from the first page to the submission, and what is kept meanwhile."""

import pytest
from django.db import transaction
from django.urls import reverse

from approvals.models import Review
from challenges import season_defaults
from challenges.models import Challenge, ListSeason
from challenges.services import checks, drafting
from challenges.services.seasons import BOUNDS
from foundation import audit
from foundation.audit.models import Delivery
from foundation.core import clock
from foundation.core.errors import NotAllowed
from tests.challenges.walking import REASON, picture, post, seen
from tests.factories import accounts
from tests.factories import challenges as made

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return made.Cast()


@pytest.fixture
def owner():
    return accounts.licensee()


def fill(client, pk, part, **typed):
    """Save a part from a page that was just loaded."""
    latest = drafting.draft_of(Challenge.objects.get(pk=pk)).version
    return post(client, "challenge_part", pk, part, version=latest, **typed)


def test_a_firm_walks_from_the_first_page_to_the_submission(client, cast, owner):
    client.force_login(owner.user)
    assert cast.season.code in seen(client, "challenge_new")
    post(client, "challenge_new", season=cast.season.code, title_zh_hans="", status=422)
    post(client, "challenge_new", season=cast.season.code, title_zh_hans="零下 30 ℃ 快速充电")
    pk = Challenge.objects.get(owner=owner.organization).pk
    fill(client, pk, "problem", title_zh_hans="题", problem_zh_hans="难", ipc="H1M", status=422)
    problem = {"title_zh_hans": "快充", "problem_zh_hans": "充不进", "ipc": "h01m 10/0525，B60L"}
    fill(client, pk, "problem", **problem)
    assert Challenge.objects.get(pk=pk).ipc == ["H01M10/0525", "B60L"]
    row = {"name_1": "时间", "comparison_1": "≤", "target_1": "45", "unit_1": "min", "method_1": "", "name_3": ""}
    assert "method_1-error" in fill(client, pk, "indicators", **row, status=422).content.decode()
    fill(client, pk, "indicators", **{**row, "method_1": "恒温箱", "must_1": "on"})
    pay = {"bounty": "5,000,000", "months_1": "6", "share_1": "40", "deliverable_1": "样品",
           "months_2": "12", "share_2": "50", "deliverable_2": "终验"}  # fmt: skip
    assert "100 %" in fill(client, pk, "payment", **pay, status=422).content.decode()
    fill(client, pk, "payment", **{**pay, "share_2": "60"})
    assert seen(client, "challenge_check", pk)
    post(client, "challenge_check", pk, status=422)
    last_day = clock.local_date(clock.database_now()) + 40 * made.DAY
    terms = {"deadline_date": last_day.isoformat(), "eligibility": "不限", "mode": "joint", "ownership": "shared",
             "most_winners": "1", "contact_name": "吴桐", "contact_phone": "025-84890000"}  # fmt: skip
    far = fill(client, pk, "terms", **{**terms, "deadline_date": "9999-12-31"}, status=422)
    assert "deadline_date-error" in far.content.decode()  # no clock reaches it
    fill(client, pk, "terms", **terms)
    post(client, "challenge_attachments", pk, upload=picture(), title="产线参数", is_confidential="on")
    post(client, "challenge_attachments", pk, upload=picture(), title="", status=422)
    for name in ("challenge_task_list", "challenge_check", "challenge_attachments"):
        assert "产线参数" in seen(client, name, pk) or name == "challenge_task_list"
    post(client, "challenge_check", pk)
    assert Challenge.objects.get(pk=pk).state == "formal_check"
    for name in ("challenge_submitted", "challenge_task_list"):
        seen(client, name, pk)


def test_what_was_submitted_is_taken_back_and_thrown_away(client, cast, owner):
    client.force_login(owner.user)
    pk = made.draft(cast, owner).pk
    post(client, "challenge_attachments", pk, upload=picture(), title="产线参数", is_confidential="on")
    for part in ("problem", "indicators", "payment", "terms", "rubric"):
        seen(client, "challenge_part", pk, part)
    post(client, "challenge_check", pk)
    challenge = Challenge.objects.get(pk=pk)
    opinion = checks.ask_opinion(challenge=challenge, expert=made.expert(), actor=cast.officer)
    seen(client, "challenge_take_back", pk)
    seen(client, "challenge_part", pk, "terms", status=404)
    assert "Charging" in seen(client, "my_challenges", group="check")
    post(client, "challenge_take_back", pk, **REASON, status=303)
    attachment = Challenge.objects.get(pk=pk).attachments.get()
    post(client, "challenge_attachment_remove", pk, attachment.pk)
    post(client, "challenge_discard", pk, status=303)
    assert not Challenge.objects.filter(pk=pk).exists()
    while audit.deliver_pending():
        pass
    assert not Delivery.objects.exclude(last_error="").exists()
    client.force_login(cast.officer.user)
    assert client.get(Review.objects.get(subject_id=pk).get_absolute_url()).status_code == 200
    client.force_login(made.member_of(opinion.expert).user)
    assert "快速充电" not in seen(client, "opinion_list")


def test_what_is_typed_is_kept_and_a_conflict_shows_both_versions(client, cast, owner):
    challenge = made.draft(cast, owner)
    client.force_login(owner.user)
    save = reverse("challenges:challenge_autosave", args=[challenge.pk, "indicators"])
    assert client.post(save, {"version": "0", "name_1": "半", "must_1": "on"}).json()["version"] == 1
    page = seen(client, "challenge_part", challenge.pk, "indicators")
    assert 'value="半"' in page and "恒温箱" not in page
    stale = client.post(save, {"version": "0", "name_1": "另一半"})
    assert stale.status_code == 409
    both = client.get(stale.json()["location"])
    assert both.status_code == 409 and "另一半" in both.content.decode() and "半" in both.content.decode()
    assert challenge.indicators.count() == 2
    row = {"target_1": "45", "unit_1": "min", "method_1": "恒温箱", "must_1": "on"}
    post(client, "challenge_part", challenge.pk, "indicators", name_1="先到", **row, version="1")
    late = post(client, "challenge_part", challenge.pk, "indicators", name_1="后到", **row, version="1")
    both = client.get(late.url).content.decode()
    assert "先到" in both and "后到" in both and challenge.indicators.get().name == "先到"  # nothing is overwritten
    post(client, "challenge_part", challenge.pk, "indicators", name_1="后到", **row, version="2")
    assert challenge.indicators.get().name == "后到"


def test_a_call_for_challenges_ends_on_a_day_that_a_clock_reaches(client):
    client.force_login(accounts.officer().user)
    rules = {name: str(ListSeason._meta.get_field(name).default) for name in BOUNDS}
    texts = {"code": "1999T", "title_zh_hans": "榜单", "title_en": "List", **season_defaults.new_season()}
    far = post(client, "season_new", **texts, **rules, call_ends_on="9999-12-31", status=422)
    assert "call_ends_on-error" in far.content.decode()


def test_a_draft_that_was_never_submitted_may_be_begun_by_verified_firms_only(client, cast):
    firm = accounts.licensee(organization=accounts.OrganizationFactory(state="unverified"))
    client.force_login(firm.user)
    answer = post(client, "challenge_new", season=cast.season.code, title_zh_hans="题", status=422)
    assert str(drafting.NotVerified.message) in answer.content.decode()


def test_a_challenge_that_the_expert_check_returned_begins_with_the_formal_check_again(cast, owner):
    for again in (False, True):
        challenge = checks.submit(challenge=made.draft(cast, owner), actor=owner)
        made.decide(challenge, checks.FORMAL, "approve", cast.officer)
        challenge = made.decide(challenge, checks.EXPERT, "return", cast.second, text="指标无法测试")
        if again:
            assert checks.submit(challenge=challenge, actor=owner).state == "formal_check"
            assert made.decide(challenge, checks.FORMAL, "approve", cast.second).state == "expert_check"
        else:
            assert checks.take_back(challenge=challenge, actor=owner).state == "draft"


def test_who_handed_a_challenge_in_does_not_approve_it_as_an_officer(cast, owner):
    challenge = checks.submit(challenge=made.draft(cast, owner), actor=owner)
    made.decide(challenge, checks.FORMAL, "approve", cast.officer)
    opinion = checks.ask_opinion(challenge=challenge, expert=made.expert(), actor=cast.officer)
    said = {"is_real": True, "is_testable": True, "is_funded": True, "text": "可行"}
    checks.give_opinion(opinion=made.promised(opinion), actor=made.member_of(opinion.expert), **said)
    with pytest.raises(NotAllowed), transaction.atomic():  # the case is not theirs after that
        made.decide(challenge, checks.EXPERT, "approve", accounts.officer(user=owner.user))
    assert made.decide(challenge, checks.EXPERT, "approve", cast.second).state == "approved"
