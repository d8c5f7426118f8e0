"""An opinion is on what was handed in, not on what it was corrected to; secrecy is promised before one reads."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from approvals import services as approvals
from approvals.queries import open_review_of
from approvals.services.deciding import ChecksOpen
from challenges import texts, work_listing
from challenges.models import Conflict, Expert, Opinion
from challenges.queries import challenges, rooms
from challenges.services import checks, opinions
from challenges.services import rooms as rooms_service
from foundation import audit
from foundation.core.errors import Invalid, NotAllowed, NotPossibleNow
from notifications.models import Notice
from tests.challenges.walking import picture, post, seen
from tests.factories import accounts
from tests.factories import challenges as make

pytestmark = pytest.mark.django_db
SAID = {"is_real": True, "is_testable": True, "is_funded": True, "text": "真实可测"}


def test_after_a_correction_the_same_expert_is_asked_again_and_the_old_opinion_does_not_count():
    cast, owner, expert, silent = make.Cast(), accounts.member("owner"), make.expert(), make.expert()
    person = make.member_of(expert)
    made = checks.submit(challenge=make.draft(cast, owner), actor=owner)
    made = make.decide(made, checks.FORMAL, "approve", cast.officer)
    old = checks.ask_opinion(challenge=made, expert=expert, actor=cast.officer)
    late = checks.ask_opinion(challenge=made, expert=silent, actor=cast.officer)
    checks.give_opinion(opinion=make.promised(old), actor=person, **SAID)
    made = make.decide(made, checks.EXPERT, "return", cast.second, reasons=["R99"], text="指标写清楚")
    made = checks.submit(challenge=made, actor=owner)
    made = make.decide(made, checks.FORMAL, "approve", cast.officer)
    review = approvals.claim(review=open_review_of(checks.EXPERT, made), actor=cast.second)
    with pytest.raises(ChecksOpen):
        approvals.decide(review=review, outcome="approve", actor=cast.second)
    with pytest.raises(NotPossibleNow):
        checks.give_opinion(opinion=late, actor=make.member_of(silent), **SAID)
    assert set(rooms.experts_to_ask(made)) == {expert, silent} and not work_listing.items_for(person)
    again = checks.ask_opinion(challenge=made, expert=expert, actor=cast.officer)
    assert again.pk != old.pk and work_listing.items_for(person)
    checks.give_opinion(opinion=make.promised(again), actor=person, **SAID)
    approvals.decide(review=review, outcome="approve", actor=cast.second)
    made.refresh_from_db()
    assert made.state == "approved"


@pytest.fixture
def asked(client):
    """The expert, and an opinion that a challenge in the check waits for."""
    cast, owner, expert = make.Cast(), accounts.member("owner"), make.expert()
    draft = make.draft(cast, owner)
    papers = {"upload": picture(), "title": "产线参数", "is_confidential": True}
    rooms_service.add_attachment(challenge=draft, actor=owner, **papers)
    made = checks.submit(challenge=draft, actor=owner)
    person = make.member_of(expert)
    client.force_login(person.user)
    return cast, checks.ask_opinion(challenge=made, expert=expert, actor=cast.officer), person


def reads(client, opinion) -> list[int]:
    """How the page of the opinion, its annex and the challenge answer."""
    challenge = opinion.challenge
    assert challenge.attachments.exists()
    pages = [reverse("challenges:opinion_give", args=[opinion.pk])]
    pages += [reverse("challenges:opinion_file", args=[opinion.pk, one.pk]) for one in challenge.attachments.all()]
    visible = challenges.visible_to(make.member_of(opinion.expert)).filter(pk=challenge.pk).exists()
    return [*(client.get(page).status_code for page in pages), visible]


def test_an_asked_expert_reads_title_firm_and_field_and_nothing_more_before_the_promise(client, asked):
    _cast, opinion, person = asked
    assert reads(client, opinion) == [303, 403, False]
    page = seen(client, "opinion_promise", opinion.pk)
    assert opinion.challenge.title in page and opinion.challenge.owner.display_name in page
    assert "恒温箱" not in page and "产线参数" not in page and opinion.challenge.problem_zh_hans not in page
    unread = post(client, "opinion_give", opinion.pk, status=303, is_real="yes")  # sent without having read
    assert unread["Location"] == reverse("challenges:opinion_promise", args=[opinion.pk])
    with pytest.raises(opinions.PromiseFirst):
        checks.give_opinion(opinion=opinion, actor=person, **SAID)
    with pytest.raises(IntegrityError), transaction.atomic():
        Opinion.objects.filter(pk=opinion.pk).update(given_at=opinion.asked_at)
    pinned = texts.promise_sha256()
    post(client, "opinion_promise", opinion.pk, status=422, sha256=pinned)
    assert reads(client, opinion)[1] == 403
    post(client, "opinion_promise", opinion.pk, status=422, sha256="0" * 64, may_sign="on")
    post(client, "opinion_promise", opinion.pk, status=303, sha256=pinned, may_sign="on")
    seen(client, "opinion_promise", opinion.pk, status=303)
    assert reads(client, opinion) == [200, 200, True]
    signed = Opinion.objects.get()
    assert (signed.promise_sha256, signed.promised_at is not None) == (pinned, True)
    for other in (make.member_of(make.expert()), accounts.patentee()):
        with pytest.raises(NotAllowed):
            opinions.promise(opinion=opinion, sha256=pinned, actor=other)


@pytest.mark.parametrize("promised", [False, True])
def test_an_expert_with_a_conflict_steps_back_and_another_one_is_asked(client, asked, promised):
    cast, opinion, person = asked
    challenge = opinion.challenge
    if promised:
        make.promised(opinion)
    seen(client, "opinion_decline", opinion.pk)
    post(client, "opinion_decline", opinion.pk, status=422, reason=" ")
    post(client, "opinion_decline", opinion.pk, status=303, reason="曾与该企业合作")
    assert "Stepped back" in seen(client, "opinion_list") and not work_listing.items_for(person)
    assert reads(client, opinion) == [404, 403, False]
    with pytest.raises(NotPossibleNow):
        checks.give_opinion(opinion=opinion, actor=person, **SAID)
    with pytest.raises(NotPossibleNow):
        make.promised(opinion)
    assert opinion.expert not in rooms.experts_to_ask(challenge)
    with pytest.raises(Invalid):
        checks.ask_opinion(challenge=challenge, expert=opinion.expert, actor=cast.officer)
    while audit.deliver_pending():
        pass
    assert Notice.objects.filter(user=cast.officer.user, name="challenges.challenge.opinion_declined").exists()
    client.force_login(cast.officer.user)
    assert "stepped back for a conflict" in seen(client, "challenge_opinions", challenge.pk)
    make.decide(challenge, checks.FORMAL, "approve", cast.officer)
    assert "No expert is asked" in str(work_listing.items_for(cast.second))


def test_what_the_rules_find_by_the_time_of_the_promise_ends_the_request(asked):
    _cast, opinion, _person = asked
    Expert.objects.filter(pk=opinion.expert_id).update(unit=opinion.challenge.owner)
    ended = make.promised(Opinion.objects.get(pk=opinion.pk))
    assert (ended.promised_at, ended.declined_at is not None) == (None, True)
    assert Conflict.objects.get(expert=opinion.expert).kind == "unit"
