"""The demo's lists of challenges show a completed contract, one in work, one to sign, and challenges that are open."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from challenges.models import Award, Challenge, ListSeason, Milestone
from foundation.audit import invariants
from foundation.core import clock
from local.demo import cast, province, texts_read
from local.demo.challenges import story, table

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


def test_the_lists_are_told_once_and_keep_every_promise(province_at_now):
    for _n in range(2):
        story.tell(NOW, lambda _count: None)
    assert states(ListSeason) == {"tracking": 1, "collecting": 1}
    assert states(Challenge) == {"completed": 1, "in_progress": 1, "contracting": 1, "open": 2, "formal_check": 1}
    assert states(Award) == {"completed": 1, "running": 1, "contracting": 1}
    assert states(Milestone) == {"accepted": 4, "rework": 1, "planned": 1}
    assert "officer" in (province_at_now / story.SHARES).read_text()
    assert invariants.check() == []
