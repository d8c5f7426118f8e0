"""Shares are lost: one loses nothing, two make every team submit again by its receipt."""

from datetime import timedelta

import pytest

from challenges import texts
from challenges.models import Challenge, OpenedProposal, Proposal
from challenges.services import openers, opening, proposal_drafts, proposing, publishing, reopening, resubmitting
from foundation.audit.queries import visible_to
from foundation.core import clock
from foundation.core.clock import local_date
from foundation.core.errors import Invalid, NotAllowed
from tests.challenges import walking
from tests.factories import accounts
from tests.factories import challenges as make
from tests.journeys.cast import paper
from tests.patents.portfolio import upload

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


@pytest.fixture
def cast():
    return make.Cast()


@pytest.fixture
def challenge(cast):
    return make.published(cast, accounts.member("owner"))


def hand_in(cast, challenge, actor, share):
    return opening.hand_in(challenge=challenge, share=share, passphrase=make.PASSPHRASE, actor=actor)


def new_key(cast, actor):
    return openers.take_key(season=cast.season, passphrase=make.PASSPHRASE, actor=actor).share


def submit(proposal, solver, **named):
    pinned = texts.sha256_of(proposal.challenge.season, texts.COMMITMENT)
    return proposing.submit(proposal=proposal, commitment_sha256=pinned, actor=solver, **named)


def test_where_a_key_was_changed_in_between_the_third_share_opens_the_rest(cast, challenge):
    early = make.submitted(challenge, accounts.patentee(), solution="early").proposal
    cast.shares["officer"] = new_key(cast, cast.officer)  # lost and replaced
    late = make.submitted(challenge, accounts.patentee(), solution="late").proposal
    with clock.at(challenge.closes_at):
        publishing.close_due(challenge=challenge)
        assert hand_in(cast, challenge, cast.officer, cast.shares["officer"]).proposals is None
        two = hand_in(cast, challenge, cast.finance, cast.shares["custodian"])
        assert (two.finished_at, OpenedProposal.objects.count()) == (None, 0)  # all or nothing
        done = hand_in(cast, challenge, cast.auditor, cast.shares["supervisor"])
    assert done.proposals == 2 and not done.half_opened.exists()
    read = {one.proposal_id: one.content["solution"] for one in OpenedProposal.objects.all()}
    assert read == {early.pk: "early", late.pk: "late"}


def test_two_lost_shares_make_every_team_submit_again(cast, challenge):
    solver, silent = accounts.patentee(), accounts.patentee()
    made, written = proposing.start(challenge=challenge, actor=solver), make.content(team=solver, solution="first")
    proposal_drafts.save_draft(proposal=made, content=written, version=0, actor=solver)
    proposal_drafts.add_file(proposal=made, upload=upload(paper(), "p.png"), actor=solver)
    first = submit(made, solver)
    other = make.submitted(challenge, silent).proposal
    later = local_date(challenge.closes_at) + WEEK
    with clock.at(challenge.closes_at):
        publishing.close_due(challenge=challenge)
        hand_in(cast, challenge, cast.officer, cast.shares["officer"])
        act = {"challenge": challenge, "last_day": later, "reason": "两份密钥遗失", "actor": cast.officer}
        for part in ("supervisor", "custodian"):
            with pytest.raises(reopening.NothingLost):  # none is lost, then one: two can still open
                reopening.reopen(**act)
            openers.retire_key(key=cast.season.opener_keys.get(part=part), reason="遗失", actor=cast.officer)
        with pytest.raises(reopening.KeysMissing):
            reopening.reopen(**act)
        cast.shares |= {"supervisor": new_key(cast, cast.auditor), "custodian": new_key(cast, cast.finance)}
        for nobody in (cast.auditor, accounts.member("owner", organization=challenge.owner)):
            with pytest.raises(NotAllowed):
                reopening.reopen(**act | {"actor": nobody})
        for wrong in ({"reason": " "}, {"last_day": local_date(challenge.closes_at) - WEEK}):
            with pytest.raises(Invalid):
                reopening.reopen(**act | wrong)
        for _click in range(2):  # one officer alone changes nothing, nor do two who say different days
            reopening.reopen(**act)
        reopening.reopen(**act | {"actor": cast.second, "last_day": later + WEEK})
        assert Challenge.objects.get(pk=challenge.pk).state == "closed_for_proposals"
        assert set(Proposal.objects.values_list("state", flat=True)) == {"submitted"}
        reopening.reopen(**act)
        reopening.reopen(**act | {"actor": cast.second})
        again = Challenge.objects.get(pk=challenge.pk)
        assert again.state == "open" and again.opening_planned_at > again.closes_at
        assert set(Proposal.objects.values_list("state", "submitted_at")) == {("draft", None)}
        told = visible_to(cast.officer).filter(name="challenges.proposal.unseal")
        assert not told.exists() and visible_to(solver).filter(name="challenges.proposal.unseal").count() == 1
        back = resubmitting.restore(proposal=made, receipt=first.receipt, actor=solver)
        assert proposal_drafts.draft_of(back, solver)["solution"] == "first"
        assert [one.name for one in proposal_drafts.files_of(back, solver)] == ["p.png"]
        submit(back, solver)
    with clock.at(publishing.closing(later)):
        assert publishing.close_due(challenge=challenge)
        hand_in(cast, challenge, cast.auditor, cast.shares["supervisor"])
        done = hand_in(cast, challenge, cast.finance, cast.shares["custodian"])
    assert (done.proposals, challenge.openings.count()) == (1, 2)
    assert OpenedProposal.objects.get().content["solution"] == "first"
    assert OpenedProposal.objects.get().files.count() == 1
    assert Proposal.objects.get(pk=other.pk).state == "not_submitted"


def test_the_same_submission_again_answers_the_same(challenge):
    solver = accounts.patentee()
    made = proposing.start(challenge=challenge, actor=solver)
    proposal_drafts.save_draft(proposal=made, content=make.content(team=solver), version=0, actor=solver)
    receipt = proposing.sealing.new_receipt()
    first, again = (submit(made, solver, receipt=receipt) for _click in range(2))
    assert first.copy == again.copy and first.receipt == again.receipt == receipt
    assert receipt not in repr(again) and receipt not in str(again)
    broken = proposing.start(challenge=challenge, actor=(second := accounts.patentee()))
    proposal_drafts.save_draft(proposal=broken, content=make.content(team=second), version=0, actor=second)
    with pytest.raises(Invalid):
        submit(broken, second, receipt="short")
    assert not broken.copies.exists()


def test_a_damaged_copy_opens_nothing_and_lets_two_officers_take_proposals_again(cast, challenge, client, settings):
    kept = [make.submitted(challenge, accounts.patentee()).proposal for _team in range(2)]
    with clock.at(challenge.closes_at):
        publishing.close_due(challenge=challenge)
        half = hand_in(cast, challenge, cast.officer, cast.shares["officer"]).half_opened.order_by("pk").last()
        half.boxes = [{**row, "box": "AAAA"} for row in half.boxes]
        half.save()
        with pytest.raises(opening.CopyDamaged):
            hand_in(cast, challenge, cast.finance, cast.shares["custodian"])
        assert not OpenedProposal.objects.exists() and Proposal.objects.filter(state="submitted").count() == len(kept)
        act = {"challenge": challenge, "last_day": local_date(challenge.closes_at) + WEEK, "reason": "数据损坏"}
        for officer in (cast.officer, cast.second):
            assert Proposal.objects.filter(state="submitted").count() == len(kept)
            reopening.reopen(**act, actor=officer)
    assert set(Proposal.objects.values_list("state", flat=True)) == {"draft"}
    settings.KAIXU_SECOND_FACTOR_REQUIRED = False
    done = challenge.reopenings.get()
    assert (done.asked_by_id, done.confirmed_by_id) == (cast.officer.user_id, cast.second.user_id)
    assert done.confirmed_at >= done.asked_at
    names = f"Asked by {cast.officer.user.name}, confirmed by {cast.second.user.name}"
    owner = accounts.member("owner", organization=challenge.owner)
    for reader, reads in ((None, False), (cast.auditor, True), (accounts.patentee(), False), (owner, False)):
        client.logout() if reader is None else client.force_login(reader.user)
        assert (names in walking.seen(client, "opening_detail", challenge.number)) is reads
