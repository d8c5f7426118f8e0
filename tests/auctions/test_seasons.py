"""Seasons and their sessions through the services: the good case and every refusal."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from auctions.models import Lot, Season
from auctions.services import seasons, sessions
from foundation.core import clock
from foundation.core.clock import database_now, local_date
from foundation.core.errors import Invalid, InvalidMany, NotAllowed, NotPossibleNow
from tests.factories import accounts
from tests.factories import auctions as made

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_a_season_begins_with_the_default_rules():
    season = made.draft_season()
    assert season.increments == [[10_000_000, 100_000], [50_000_000, 500_000], [100_000_000, 1_000_000],
                                 [500_000_000, 5_000_000], [None, 10_000_000]]  # fmt: skip
    assert season.commissions == [[200_000_000, 300], [1_000_000_000, 200], [None, 100]]
    assert "保证金" in season.agreement_zh_hans and "deposit" in season.agreement_en


def test_only_an_officer_of_the_province_founds_a_season():
    for role in ("owner", "finance", "auditor", "city_officer"):
        with pytest.raises(NotAllowed):
            made.draft_season(officer=accounts.member(role))


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"code": "season one"}, "code"),
        ({"deposit_bp": 400}, "deposit_bp"),
        ({"notice_days": 6}, "notice_days"),
        ({"viewing_days": 1}, "viewing_days"),
        ({"increments": [[None, 0]]}, "increments"),
        ({"increments": [[500, 1], [100, 1], [None, 1]]}, "increments"),
        ({"commissions": [[None, 600]]}, "commissions"),
        ({"legal_form": "house"}, "house_name"),
        ({"title_en": ""}, "title_en"),
        ({"agreement_en": ""}, "agreement_en"),
    ],
)
def test_a_season_with_wrong_rules_is_refused_beside_the_field(values, field):
    with pytest.raises(InvalidMany) as refused:
        made.draft_season(**values)
    assert field in refused.value.errors


def test_the_code_of_a_season_stands_once():
    made.draft_season(code="2026S1")
    with pytest.raises(Invalid) as refused:
        made.draft_season(code="2026S1")
    assert refused.value.field == "code"


def test_the_rules_are_fixed_from_the_announcement_on():
    officer = accounts.officer()
    season = made.draft_season(officer=officer)
    seasons.edit_season(season=season, actor=officer, deposit_bp=500)
    season = seasons.lead(season=season, move="announce", actor=officer)
    with pytest.raises(NotPossibleNow):
        seasons.edit_season(season=season, actor=officer, deposit_bp=2000)
    with pytest.raises(IntegrityError), transaction.atomic():
        Season.objects.filter(pk=season.pk).update(deposit_bp=2000)
    Season.objects.filter(pk=season.pk).update(next_lot=7)  # what is no rule goes on
    assert Season.objects.get(pk=season.pk).deposit_bp == 500


def test_bidding_begins_with_a_published_session_only_and_a_season_with_lots_is_not_cancelled():
    officer, season = accounts.officer(), made.season("promote")
    with pytest.raises(seasons.NoSession):
        seasons.lead(season=season, move="start_bidding", actor=officer)
    lot = made.announced_lot(officer=officer)
    with pytest.raises(seasons.LotsUnderWay) as refused:
        seasons.lead(season=lot.season, move="cancel", actor=officer, reason="no interest")
    assert lot.number in refused.value.sentence
    with pytest.raises(Invalid):
        seasons.lead(season=season, move="cancel", actor=officer)
    assert seasons.lead(season=season, move="cancel", actor=officer, reason="no interest").state == "cancelled"


def test_weekly_sessions_are_planned_all_or_none():
    officer, season = accounts.officer(), made.season()
    first = local_date(database_now()) + 8 * DAY
    planned = sessions.plan_weeks(season=season, first_day=first, weeks=3, actor=officer)
    assert [one.position for one in planned] == [1, 2, 3]
    assert {(one.planned_ends_at - one.starts_at) for one in planned} == {DAY}
    with pytest.raises(Invalid) as refused:
        sessions.plan_weeks(season=season, first_day=first - 7 * DAY, weeks=2, actor=officer)
    assert refused.value.field == "first_day"
    assert season.sessions.count() == 3


@pytest.mark.parametrize(
    ("dates", "field"),
    [
        ({"starts_at": 6 * DAY}, "starts_at"),
        ({"viewing_until": 3 * DAY}, "viewing_until"),
        ({"viewing_until": 20 * DAY}, "viewing_until"),
        ({"viewing_from": -1 * DAY}, "viewing_from"),
        ({"planned_ends_at": 8 * DAY - timedelta(hours=1)}, "planned_ends_at"),
        ({"registration_until_at": 10 * DAY}, "registration_until_at"),
    ],
)
def test_the_dates_of_a_session_keep_notice_and_viewing(dates, field):
    season, now = made.season(), database_now()
    named = {name: (local_date(now) + gap if name.startswith("viewing") else now + gap) for name, gap in dates.items()}
    with pytest.raises(InvalidMany) as refused:
        made.session(season, **named)
    assert field in refused.value.errors


def test_a_session_opens_and_closes_by_the_clock_alone():
    lot = made.announced_lot()
    assert sessions.turn_due() == 0
    with clock.at(lot.session.starts_at):
        assert sessions.turn_due() == 1
        withdrawing_later = Lot.objects.get(pk=lot.pk)
        assert withdrawing_later.session.state == "open"
