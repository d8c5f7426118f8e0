"""Before the opening nobody reads a proposal or learns that it exists; two openers open all of them at once."""

import json

import pytest
from django.apps import apps
from django.db import connection

from challenges.models import Challenge, OpenedProposal, Proposal
from challenges.services import opening, proposal_drafts, publishing, resubmitting
from foundation import audit
from foundation.audit.queries import visible_to
from foundation.core import clock
from foundation.core.errors import Invalid, NotAllowed, NotPossibleNow
from tests.factories import accounts
from tests.factories import challenges as make

pytestmark = pytest.mark.django_db
CANARY = "canary-7f3a-低温电解液"
ROLES = ("provincial_officer", "city_officer", "finance", "auditor", "superuser", "expert")


@pytest.fixture
def cast():
    return make.Cast()


@pytest.fixture
def challenge(cast):
    return make.published(cast, accounts.member("owner"))


@pytest.fixture
def solver():
    return accounts.patentee()


@pytest.fixture
def sealed(challenge, solver):
    return make.submitted(challenge, solver, solution=CANARY)


def everything_stored():
    """Every row of every table of the project as text: what a dump of the database holds."""
    found = []
    with connection.cursor() as cursor:
        for model in apps.get_models():
            cursor.execute(f'SELECT to_jsonb(t)::text FROM "{model._meta.db_table}" t')
            found += [row[0] for row in cursor.fetchall()]
    return "\n".join(found)


def test_a_dump_of_the_database_with_all_settings_reads_nothing(sealed):
    stored = everything_stored()
    for told in (CANARY, json.dumps(CANARY)[1:-1], CANARY.encode().hex(), sealed.receipt):
        assert told not in stored
    assert Proposal.objects.get(pk=sealed.proposal.pk).draft == ""


@pytest.mark.parametrize("role", ROLES)
def test_no_event_tells_the_administration_that_there_is_a_proposal(sealed, role):
    viewer = accounts.member(role)
    seen = visible_to(viewer).filter(subject_kind__startswith="challenges.proposal")
    assert not seen.exists()
    assert not audit.timeline(sealed.proposal, viewer).exists()


def test_its_own_organization_reads_its_history(sealed, solver, challenge):
    assert [one.name for one in audit.timeline(sealed.proposal, solver)] == [
        "challenges.proposal.submit", "challenges.proposal.started",
    ]  # fmt: skip
    assert (
        not visible_to(accounts.member("owner", organization=challenge.owner))
        .filter(subject_kind="challenges.proposal")
        .exists()
    )


def test_the_receipt_reads_the_own_copy_and_makes_a_replacement(sealed, solver):
    assert resubmitting.reread(proposal=sealed.proposal, receipt=sealed.receipt, actor=solver)["solution"] == CANARY
    with pytest.raises(Invalid):
        resubmitting.reread(proposal=sealed.proposal, receipt="wrong", actor=solver)
    with pytest.raises(NotAllowed):
        resubmitting.reread(proposal=sealed.proposal, receipt=sealed.receipt, actor=accounts.patentee())
    again = resubmitting.replace(proposal=sealed.proposal, receipt=sealed.receipt, actor=solver)
    assert again.state == "draft" and proposal_drafts.draft_of(again, solver)["solution"] == CANARY


def test_two_openers_open_everything_at_once(cast, challenge, sealed):
    other = make.submitted(challenge, accounts.patentee(), solution="another")
    with clock.at(challenge.closes_at):
        assert publishing.close_due(challenge=challenge)
        first = opening.hand_in(
            challenge=challenge, share=cast.shares["custodian"], passphrase=make.PASSPHRASE, actor=cast.finance
        )
        assert (first.proposals, first.finished_at) == (None, None)
        assert CANARY not in everything_stored() and not OpenedProposal.objects.exists()
        done = opening.hand_in(
            challenge=challenge, share=cast.shares["officer"], passphrase=make.PASSPHRASE, actor=cast.officer
        )
    assert done.proposals == 2 and Challenge.objects.get(pk=challenge.pk).state == "reviewing"
    opened = OpenedProposal.objects.get(proposal=sealed.proposal)
    assert opened.content["solution"] == CANARY
    numbers = {Proposal.objects.get(pk=one.proposal.pk).number for one in (sealed, other)}
    assert {row["proposal"] for row in done.record["proposals"]} == numbers and None not in numbers


def test_one_opener_opens_nothing_not_even_twice(cast, challenge, sealed):
    share = {"share": cast.shares["officer"], "passphrase": make.PASSPHRASE, "actor": cast.officer}
    with pytest.raises(NotPossibleNow):
        opening.hand_in(challenge=challenge, **share)  # before the deadline
    with clock.at(challenge.closes_at):
        publishing.close_due(challenge=challenge)
        opening.hand_in(challenge=challenge, **share)
        with pytest.raises(opening.SecondPersonNeeded):
            opening.hand_in(challenge=challenge, **share)
        stolen = {**share, "share": cast.shares["supervisor"]}  # somebody else's share in the same hands
        with pytest.raises(opening.ShareWrong):
            opening.hand_in(challenge=challenge, **stolen)
    assert not OpenedProposal.objects.exists()


def test_an_opening_without_proposals_says_so(cast, challenge):
    with clock.at(challenge.closes_at):
        assert make.opened(cast, challenge).state == "no_proposal"


def test_a_cancelled_challenge_ends_its_proposals_unread(challenge, sealed):
    owner = accounts.member("owner", organization=challenge.owner)
    publishing.cancel(challenge=challenge, reason="需求变化", actor=owner)
    assert Proposal.objects.get(pk=sealed.proposal.pk).state == "dropped"
    assert Challenge.objects.get(pk=challenge.pk).state == "cancelled"
