"""The pages of list seasons and challenges: one walk for each role."""

import pytest
from django.urls import reverse

from approvals.queries import open_review_of
from challenges import season_defaults
from challenges.forms.seasons import SeasonForm
from challenges.models import Challenge, ListSeason, Opinion
from challenges.services import checks, rooms
from foundation.audit.models import Event
from foundation.core import clock
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


@pytest.fixture
def challenge(cast, owner):
    return made.published(cast, owner)


def test_a_visitor_walks_from_the_list_to_a_challenge_in_both_languages(client, challenge):
    for language in ("zh-hans", "en"):
        client.get(reverse("marketplace:home"), {"lang": language})
        assert challenge.number in seen(client, "challenge_list")
        assert challenge.number in seen(client, "season_detail", challenge.season.code)
        assert challenge.season.code in seen(client, "season_list")
        page = seen(client, "challenge_detail", challenge.number)
        assert "零下 30 ℃" in page or "Charging at -30" in page
        seen(client, "season_report", challenge.season.code)
    for name in ("my_challenges", "challenge_new", "desk", "opinion_list"):
        seen(client, name, status=302)
    lower = reverse("challenges:challenge_detail", args=[challenge.number.lower()])
    assert client.get(lower).status_code == 301


def test_what_is_not_published_is_not_there_for_others(client, cast, owner):
    draft, approved = made.draft(cast, owner), made.approved(cast, owner)
    client.force_login(accounts.licensee().user)
    seen(client, "challenge_detail", approved.number, status=404)
    seen(client, "challenge_task_list", draft.pk, status=404)
    assert f"/list/{approved.number}" not in seen(client, "challenge_list", q=approved.number)
    client.force_login(owner.user)
    assert "1,500,000.00" in seen(client, "challenge_task_list", approved.pk)


def test_an_officer_founds_and_leads_a_season(client):
    officer = accounts.officer()
    client.force_login(officer.user)
    shown = SeasonForm.initial_of(ListSeason(**season_defaults.new_season()))
    fresh = {name: value for name, value in shown.items() if value is not None and value is not False}
    fresh |= {"title_zh_hans": "新型储能榜", "title_en": "Storage list"}
    seen(client, "season_new")
    assert "2026A" in post(client, "season_new", status=422, **{**fresh, "code": "26"}).content.decode()
    post(client, "season_new", **{**fresh, "code": "2026A", "call_ends_on": "2026-12-31", "target_published": "106"})
    season = ListSeason.objects.get(code="2026A")
    assert clock.local_date(season.call_ends_at).isoformat() == "2027-01-01"
    post(client, "season_edit", "2026A", **{**fresh, "code": "2026B", "call_ends_on": "2026-12-31"})
    for name in ("season_desk", "season_edit"):
        assert "2026-12-31" in seen(client, name, "2026B") or name == "season_desk"
    post(client, "season_lead", "2026B", "collect")
    assert ListSeason.objects.get().state == "draft"  # no keys yet
    assert seen(client, "season_desk", "2026B")
    post(client, "season_lead", "2026B", "cancel", **REASON)
    assert ListSeason.objects.get().state == "cancelled"
    seen(client, "desk")
    client.logout()
    seen(client, "season_detail", "2026B", status=404)


def test_the_checks_ask_an_expert_and_return_with_remarks(client, cast, owner):
    challenge = checks.submit(challenge=made.draft(cast, owner), actor=owner)
    expert = made.expert()
    client.force_login(cast.officer.user)
    assert "Charging at -30" in seen(client, "season_desk", cast.season.code)
    review = open_review_of(checks.FORMAL, challenge)
    desk = client.get(review.get_absolute_url()).content.decode()
    assert reverse("challenges:challenge_opinions", args=[challenge.pk]) in desk
    post(client, "challenge_opinions", challenge.pk, expert="x", status=422)
    post(client, "challenge_opinions", challenge.pk, expert=expert.pk)
    opinion = Opinion.objects.get()
    client.force_login(made.member_of(expert).user)
    assert "Charging at -30" in seen(client, "opinion_list")
    made.promised(opinion)
    assert "恒温箱" in seen(client, "opinion_give", opinion.pk)
    post(client, "opinion_give", opinion.pk, is_real="yes", status=422)
    answers = {"is_real": "yes", "is_testable": "yes", "is_funded": "no", "text": "工期偏紧。"}
    post(client, "opinion_give", opinion.pk, **answers, status=303)
    seen(client, "opinion_give", opinion.pk, status=303)
    client.force_login(made.member_of(made.expert()).user)
    seen(client, "opinion_give", opinion.pk, status=404)
    client.force_login(cast.officer.user)
    assert "工期偏紧" in seen(client, "challenge_opinions", challenge.pk)


def test_the_annex_is_read_after_the_signature_and_the_reading_is_kept(client, cast, owner):
    challenge = made.draft(cast, owner)
    told = {"upload": picture(), "actor": owner}
    secret = rooms.add_attachment(challenge=challenge, title="失效数据", is_confidential=True, **told)
    told["upload"] = picture()
    public = rooms.add_attachment(challenge=challenge, title="示意图", is_confidential=False, **told)
    challenge = made.through_the_checks(cast, owner, challenge)
    at = [challenge.number, secret.pk]
    seen(client, "challenge_file", challenge.number, public.pk)
    seen(client, "challenge_file", *at, status=302)
    solver = accounts.patentee()
    client.force_login(solver.user)
    seen(client, "challenge_file", *at, status=403)
    assert reverse("challenges:challenge_nda", args=[challenge.number]) in seen(
        client, "challenge_detail", challenge.number
    )
    page = seen(client, "challenge_nda", challenge.number)
    pinned = page.split('name="sha256" value="')[1][:64]
    post(client, "challenge_nda", challenge.number, sha256="0" * 64, may_sign="on", status=422)
    post(client, "challenge_nda", challenge.number, sha256=pinned, may_sign="on", status=303)
    assert client.get(reverse("challenges:challenge_file", args=at)).status_code == 200
    assert Event.objects.filter(name="challenges.challenge.annex_read").count() == 1
    client.force_login(accounts.patentee().user)
    seen(client, "challenge_file", *at, status=403)
    client.force_login(owner.user)
    assert solver.organization.name_en in seen(client, "challenge_detail", challenge.number)


def test_a_question_is_open_to_all_and_who_asked_is_not(client, cast, owner, challenge):
    solver = accounts.patentee()
    client.force_login(solver.user)
    post(client, "challenge_ask", challenge.number, text="", status=422)
    post(client, "challenge_ask", challenge.number, text="是否允许自加热？")
    question = challenge.questions.get()
    client.force_login(owner.user)
    assert "是否允许自加热" in seen(client, "challenge_detail", challenge.number)
    post(client, "challenge_answer", challenge.number, question.pk, text="允许，能耗计入指标。")
    post(client, "challenge_ask", challenge.number, text="我自己问", status=403)
    client.logout()
    page = seen(client, "challenge_detail", challenge.number)
    assert "能耗计入指标" in page and solver.organization.name not in page and solver.user.name not in page


def test_the_firm_extends_and_cancels_with_published_reasons(client, cast, owner, challenge):
    client.force_login(owner.user)
    later = (challenge.deadline_date + 10 * made.DAY).isoformat()
    post(
        client, "challenge_extend", challenge.number, last_day=challenge.deadline_date.isoformat(), **REASON, status=422
    )
    post(client, "challenge_extend", challenge.number, last_day=later, **REASON, status=303)
    assert Challenge.objects.get(pk=challenge.pk).deadline_date.isoformat() == later
    seen(client, "challenge_end_without", challenge.number, status=303)
    seen(client, "challenge_award_none", challenge.number, status=303)
    post(client, "challenge_cancel", challenge.number, **REASON, status=303)
    client.logout()
    assert REASON["reason"] in seen(client, "challenge_detail", challenge.number)
    client.force_login(accounts.patentee().user)
    seen(client, "challenge_cancel", challenge.number, status=403)


def test_nothing_on_the_page_tells_how_many_proposals_there_are(client, cast, owner, challenge):
    solver = accounts.patentee()

    def pages():
        found = [seen(client, "challenge_detail", challenge.number), seen(client, "challenge_list")]
        return [*found, seen(client, "season_report", cast.season.code), seen(client, "season_list")]

    for reader in (None, owner, cast.officer):
        client.logout()
        if reader is not None:
            client.force_login(reader.user)
        before = [without_tokens(page) for page in pages()]
        if not challenge.proposals.exists():
            made.submitted(challenge, solver)
        assert [without_tokens(page) for page in pages()] == before


def without_tokens(page: str) -> str:
    """A page without what differs each time it is made."""
    kept = [line for line in page.splitlines() if "csrfmiddlewaretoken" not in line and "form_token" not in line]
    return "\n".join(kept)
