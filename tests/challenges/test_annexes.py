"""Confidential annexes: read by whom they are for, as long as they are, and every reading is kept."""

from functools import partial

import pytest
from django.urls import reverse

from challenges import texts
from challenges.models import Attachment, Challenge, NdaSignature
from challenges.services import checks, rooms
from foundation.audit.models import Event
from tests.challenges.walking import picture
from tests.concurrency.racing import Meanwhile, outcome_of
from tests.factories import accounts
from tests.factories import challenges as make
from tests.factories.settlement import pay, started_payment

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make.Cast()


@pytest.fixture
def owner():
    return accounts.member("owner")


@pytest.fixture
def draft(cast, owner):
    return make.draft(cast, owner)


@pytest.fixture
def annex(draft, owner):
    named = {"challenge": draft, "title": "附件", "is_confidential": True}
    return rooms.add_attachment(upload=picture(), actor=owner, **named)


def test_an_expert_who_never_answered_reads_no_annex_after_the_check(cast, owner, draft, annex):
    silent = make.expert()
    made = checks.submit(challenge=draft, actor=owner)
    opinion = checks.ask_opinion(challenge=made, expert=silent, actor=cast.officer)
    assert not rooms.may_read(Attachment.objects.get(pk=annex.pk), make.member_of(silent))  # secrecy comes first
    make.promised(opinion)
    assert rooms.may_read(Attachment.objects.get(pk=annex.pk), make.member_of(silent))
    made = make.decide(made, checks.FORMAL, "approve", cast.officer)
    asked = checks.ask_opinion(challenge=made, expert=make.expert(), actor=cast.officer)
    answers = {"is_real": True, "is_testable": True, "is_funded": True, "text": "真实"}
    checks.give_opinion(opinion=make.promised(asked), actor=make.member_of(asked.expert), **answers)
    made = make.decide(made, checks.EXPERT, "approve", cast.second)
    assert not rooms.may_read(Attachment.objects.get(pk=annex.pk), make.member_of(silent))
    assert pay(started_payment(made.obligation)) == "accepted"
    assert not rooms.may_read(Attachment.objects.get(pk=annex.pk), make.member_of(silent))


def test_an_annex_is_read_where_the_reading_is_kept_and_nowhere_else(client, cast, owner, draft, annex):
    named = {"challenge": draft, "title": "公开附件", "is_confidential": False}
    plain = rooms.add_attachment(upload=picture(), actor=owner, **named)
    challenge = make.through_the_checks(cast, owner, draft)
    read = Event.objects.filter(name="challenges.challenge.annex_read")
    for reader, own, by_id in ((cast.officer, 200, 404), (cast.auditor, 403, 404), (owner, 200, 200)):
        client.force_login(reader.user)
        said = [
            client.get(reverse("challenges:challenge_file", args=[challenge.number, annex.pk])).status_code,
            client.get(reverse("documents:file", args=[annex.file_id])).status_code,
            client.get(f"/api/v1/files/{annex.file_id}/").status_code,
            client.get(reverse("documents:file", args=[plain.file_id])).status_code,
        ]
        assert said == [own, by_id, by_id, 200], reader.role
    assert read.count() == 1
    assert annex.file.is_apart and not plain.file.is_apart


@pytest.mark.django_db(transaction=True)
def test_two_colleagues_who_sign_at_the_same_moment_have_one_signature(monkeypatch):
    challenge = make.published(make.Cast(), accounts.member("owner"))
    first = accounts.patentee()
    second = accounts.member("owner", organization=first.organization)
    pinned = texts.sha256_of(challenge.season, texts.NDA)
    sign = partial(rooms.sign_nda, challenge=Challenge.objects.get(pk=challenge.pk), sha256=pinned)
    colleague = Meanwhile(monkeypatch, texts, "sha256_of", partial(sign, actor=second))
    mine = outcome_of(partial(sign, actor=first))
    assert colleague.end() == mine == NdaSignature.objects.get() and mine.signed_by_id == second.user_id
    assert colleague.was_inside and Event.objects.filter(name="challenges.challenge.nda_signed").count() == 1
