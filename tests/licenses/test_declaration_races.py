"""Two people at once: consent taken back while submitting; approve, reject and take back together. With twins."""

import threading
from contextlib import suppress
from itertools import permutations

import pytest
from django.db import DatabaseError, connection

from approvals import services as approvals
from approvals.models import Decision, Review
from approvals.services import deciding
from foundation.audit import invariants
from foundation.core import locking
from foundation.core.errors import DomainError, NotPossibleNow, StateChanged
from licenses.models import CoOwnerConsent, Declaration
from licenses.services import declarations as services
from licenses.services import submitting
from licenses.services.consents import ConsentUsed
from tests.factories import accounts
from tests.factories import licenses as make
from tests.factories.patents import make_patent

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Run the acts in threads of their own; what each raised, in order of the acts."""
    outcomes = [None] * len(acts)

    def run(index, act):
        try:
            act()
        except (DomainError, DatabaseError) as error:
            outcomes[index] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return outcomes


def submit_while_consent_is_revoked(monkeypatch):
    """The co-owner takes its consent back after the checks of the submission, before it is written."""
    patentee = accounts.patentee()
    partner = accounts.member("owner", organization=accounts.UniversityFactory())
    patent = make_patent(patentee.organization, partner.organization)
    declaration = make.drafted_declaration(patent=patent, actor=patentee)
    services.sign_consent(declaration=declaration, actor=partner)
    checked, revoked = threading.Event(), threading.Event()
    check = submitting.require_eligible

    def slow(*arguments):
        results = check(*arguments)
        checked.set()
        revoked.wait(1)
        return results

    def revoke():
        checked.wait(10)
        services.revoke_consent(declaration=Declaration.objects.get(), actor=partner)
        revoked.set()

    monkeypatch.setattr(submitting, "require_eligible", slow)
    outcomes = at_once(lambda: services.submit(declaration=Declaration.objects.get(), actor=patentee), revoke)
    standing = CoOwnerConsent.objects.filter(revoked_at=None).count()
    return outcomes, Declaration.objects.get().state, standing


def test_consent_cannot_be_taken_back_under_a_running_submission(monkeypatch):
    outcomes, state, standing = submit_while_consent_is_revoked(monkeypatch)
    assert (state, standing, outcomes[0]) == ("submitted", 1, None)
    assert isinstance(outcomes[1], ConsentUsed)


def test_without_the_lock_a_declaration_is_submitted_without_consent(monkeypatch):
    with locking.without_locks():
        outcomes, state, standing = submit_while_consent_is_revoked(monkeypatch)
    assert (outcomes, state, standing) == ([None, None], "submitted", 0)


def claimed_case():
    patentee, officer = accounts.patentee(), accounts.officer()
    declaration = make.submitted_declaration(actor=patentee)
    approvals.claim(review=make.review_of(declaration), actor=officer)

    def decide(**values):
        return lambda: approvals.decide(review=Review.objects.get(), actor=officer, **values)

    return {
        "approve": decide(outcome="approve"),
        "reject": decide(outcome="reject", reasons=["R01"], text="不符合条件。"),
        "take back": lambda: services.take_back(declaration=Declaration.objects.get(), actor=patentee),
    }


@pytest.mark.parametrize("order", list(permutations(["approve", "reject", "take back"])), ids=" then ".join)
def test_of_approve_reject_and_take_back_one_wins_and_the_others_are_told(order):
    acts = claimed_case()
    outcomes = at_once(*(acts[name] for name in order))
    winners = [name for name, outcome in zip(order, outcomes, strict=True) if outcome is None]
    assert len(winners) == 1
    state = {"approve": "published", "reject": "rejected", "take back": "draft"}[winners[0]]
    assert Declaration.objects.get().state == state
    assert Decision.objects.count() == (winners[0] != "take back")
    losers = [outcome for outcome in outcomes if outcome is not None]
    assert all(isinstance(loser, DomainError) and len(loser.sentence) > 10 for loser in losers)
    assert [finding.invariant for finding in invariants.check({"I14", "I15", "I16"})] == []


def approve_twice(monkeypatch):
    """Two tabs approve; each waits after its checks for the other to have checked too (or for the lock)."""
    acts = claimed_case()
    both = threading.Barrier(2)
    check = deciding._check_facts

    def slow(review):
        check(review)
        with suppress(threading.BrokenBarrierError):  # with the lock on, the other one cannot get here
            both.wait(1)

    monkeypatch.setattr(deciding, "_check_facts", slow)
    outcomes = at_once(acts["approve"], acts["approve"])
    return sorted(type(outcome) for outcome in outcomes if outcome is not None)


def test_second_tab_is_told_the_present_state(monkeypatch):
    assert approve_twice(monkeypatch) == [NotPossibleNow]


def test_without_the_lock_the_second_tab_passes_all_checks_and_fails_only_at_the_write(monkeypatch):
    with locking.without_locks():
        assert approve_twice(monkeypatch) == [StateChanged]
