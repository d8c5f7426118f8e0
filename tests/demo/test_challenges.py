"""The demo's lists show challenges in every state that people meet, from a sealed draft to what came of a contract."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from accounts.models import Membership
from challenges.models import Award, Challenge, ListSeason, Milestone, Proposal
from foundation.audit import invariants
from foundation.core import clock
from local.demo import cast, province, texts_read
from local.demo.challenges import story, table
from marketplace import work

NOW = datetime(2026, 11, 24, 1, 41, tzinfo=UTC)


@pytest.fixture
def province_at_now(db, settings, tmp_path):
    """The office and the organizations that the challenges name."""
    settings.MEDIA_ROOT = tmp_path / "media"
    cast.officer.cache_clear()
    province.today.cache_clear()
    with clock.at(NOW):
        with clock.at(province.today() - province.FOUNDED):
            cast.administration()
        province.demo_logins()
        for row in texts_read.organizations():
            if row["key"] in table.organizations():
                province.found_organization(row)
        yield tmp_path
    cast.officer.cache_clear()
    province.today.cache_clear()


def states(model):
    return dict(Counter(model.objects.values_list("state", flat=True)))


def the_logins_find_what_the_lists_want_of_them():
    """The expert has proposals to score, the openers an opening, the officer an objection to rule on."""
    wanted = {"expert": "/challenges/reviews/", "auditor": "/opening/share/", "provincial_officer": "/panels/"}
    for login, part in wanted.items():
        urls = [item.url for item in work.items_for(Membership.objects.get(user__email=cast.address(login)))]
        assert any(part in url for url in urls), (login, urls)


def test_the_lists_are_told_once_and_keep_every_promise(province_at_now):
    for _n in range(2):
        story.tell(NOW, lambda _count: None)
    assert states(ListSeason) == {"tracking": 1, "running": 1, "collecting": 1}
    assert states(Challenge) == {
        "completed": 1, "in_progress": 1, "contracting": 1, "public_notice": 1, "reviewing": 1,
        "closed_for_proposals": 1, "open": 2, "formal_check": 1,
    }  # fmt: skip
    assert states(Award) == {"completed": 1, "running": 1, "contracting": 1, "noticed": 1}
    assert states(Milestone) == {"accepted": 4, "rework": 1, "planned": 1}
    sealed = Proposal.objects.filter(challenge__state="open").values_list("state", flat=True)
    assert sorted(sealed) == ["draft", "submitted", "submitted"]
    assert (province_at_now / story.SHARES).read_text().count("officer") == len((table.MIDDLE, table.PRESENT))
    the_logins_find_what_the_lists_want_of_them()
    assert invariants.check() == []
