"""An opinion is on what was handed in, not on what it was corrected to."""

import pytest

from approvals import services as approvals
from approvals.queries import open_review_of
from approvals.services.deciding import ChecksOpen
from challenges import work_listing
from challenges.queries import rooms
from challenges.services import checks
from foundation.core.errors import NotPossibleNow
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
    checks.give_opinion(opinion=old, actor=person, **SAID)
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
    checks.give_opinion(opinion=again, actor=person, **SAID)
    approvals.decide(review=review, outcome="approve", actor=cast.second)
    made.refresh_from_db()
    assert made.state == "approved"
