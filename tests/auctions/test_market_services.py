"""Seasons, sessions and lots through their services: the good case and every refusal."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from auctions.models import Floor, Lot, Season
from auctions.services import announcing, lots, materials, priority, rooms, seasons, sessions, withdrawing
from foundation.core import clock, crypto, numbering
from foundation.core.clock import database_now, local_date
from foundation.core.errors import Invalid, InvalidMany, NotAllowed, NotPossibleNow
from foundation.core.money import Money
from patents.models import Encumbrance
from tests.factories import accounts
from tests.factories import auctions as made
from tests.factories.patents import make_patent

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def on_patents(lot: Lot) -> int:
    """How many of the lot's patents it lies on."""
    return Encumbrance.objects.filter(kind="auction_lot", basis_id=lot.pk, until_at=None).count()


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


def test_the_number_is_given_at_the_selection_and_counts_on_in_the_season():
    season = made.season()
    first, second = made.selected_lot(of=season), made.selected_lot(of=season)
    assert [first.number[:-2], second.number[:-2]] == [f"JSPA-{season.code}-0001", f"JSPA-{season.code}-0002"]
    assert numbering.is_valid(first.number) and numbering.with_check("JSPA-2026S1-0031") == "JSPA-2026S1-0031-4"


def test_a_seller_offers_own_patents_of_a_verified_organization_while_lots_are_collected():
    by, season = made.seller(), made.season()
    foreign = make_patent(accounts.OrganizationFactory())
    with pytest.raises(lots.NotSeller):
        made.proposed_lot(of=season, by=by, patents=[foreign])
    with pytest.raises(lots.PatentUnknown):
        lots.start_lot(season=season, subject="assignment", numbers=["ZL 12"], start=Money(100), actor=by)
    with pytest.raises(NotAllowed):
        made.proposed_lot(of=season, by=accounts.licensee(), patents=[foreign])
    with pytest.raises(lots.NotVerified):
        made.proposed_lot(of=season, by=made.seller(organization=accounts.OrganizationFactory(state="unverified")))
    with pytest.raises(lots.SeasonClosed):
        made.proposed_lot(of=made.season("select"), by=by)


def test_the_reserve_is_sealed_and_lies_above_the_start_price():
    by = made.seller()
    lot = made.proposed_lot(by=by, reserve=Money(150_000_00))
    assert "15000000" not in lot.reserve_sealed and crypto.decrypt(lot.reserve_sealed) == "15000000"
    assert lots.reserve_for(lot, by) == Money(150_000_00)
    with pytest.raises(NotAllowed):
        lots.reserve_for(lot, accounts.officer())
    with pytest.raises(InvalidMany) as refused:
        values = {"start": made.START, "reserve": made.START}
        lots.save_part(lot=lot, part="price", values=values, actor=by)
    assert set(refused.value.errors) == {"reserve"}


def test_a_state_seller_needs_a_valuation_and_its_report():
    keeper = accounts.patentee()
    with pytest.raises(InvalidMany) as refused:
        made.proposed_lot(by=keeper)
    assert set(refused.value.errors) == {"valuation"}


def test_inventors_are_named_before_a_lot_is_submitted():
    by = made.seller()
    patent = make_patent(by.organization, inventors=["李工"])
    lot = made.proposed_lot(by=by, patents=[patent])
    with pytest.raises(materials.NotEligible) as refused:
        materials.submit(lot=lot, actor=by)
    assert "A12" in refused.value.sentence
    priority.add_holder(lot=lot, basis="inventor", name="李工", email="li@example.org", actor=by)
    assert materials.submit(lot=lot, actor=by).state == "materials_check"


def test_a_lot_lies_on_its_patents_from_the_submission_to_its_end():
    by = made.seller()
    lot = made.proposed_lot(by=by, patents=[make_patent(by.organization), make_patent(by.organization)])
    assert on_patents(lot) == 0
    lot = materials.submit(lot=lot, actor=by)
    assert on_patents(lot) == 2
    lot = materials.take_back(lot=lot, actor=by)
    assert (lot.state, on_patents(lot)) == ("proposed", 0)
    materials.submit(lot=lot, actor=by)
    lot = made.decide(lot, "reject", reasons=["R46"], text="does not fit")
    assert (lot.state, on_patents(lot)) == ("not_selected", 0)


def test_a_returned_lot_is_corrected_and_lapses_otherwise():
    by = made.seller()
    lot = made.decide(made.submitted_lot(by=by), "return", text="Name the defects.")
    assert lot.state == "returned" and lot.correction_due_at is not None
    lot = materials.submit(lot=lot, actor=by)
    assert (lot.state, made.review_of(lot).state) == ("materials_check", "queued")
    lot = made.decide(lot, "return", text="Again.")
    with clock.at(lot.correction_due_at):
        made.lapse(lot)
    lot = Lot.objects.get(pk=lot.pk)
    assert (lot.state, on_patents(lot)) == ("not_selected", 0)


def test_a_notice_announces_the_lots_of_a_session_with_increment_and_deposit():
    lot = made.announced_lot()
    floor = Floor.objects.get(lot=lot)
    assert lot.state == "registration_open" and lot.session.state == "notice_published"
    assert (floor.increment_fen, floor.deposit_fen) == (500_000, 1_200_000)
    assert floor.opens_at == lot.session.starts_at


def test_a_notice_waits_for_the_holders_of_first_rights():
    by, officer = made.seller(), accounts.officer()
    season = made.season(officer=officer)
    lot = made.proposed_lot(of=season, by=by)
    holder = priority.add_holder(lot=lot, basis="inventor", name="李工", email="li@example.org", actor=by)
    materials.submit(lot=lot, actor=by)
    lot = made.decide(lot, "approve", officer=officer)
    for move in ("select", "promote"):
        season = seasons.lead(season=season, move=move, actor=officer)
    planned = made.session(season, officer=officer, starts_at=database_now() + 30 * DAY)
    with pytest.raises(announcing.SessionEmpty):
        announcing.publish_notice(session=planned, actor=officer)
    sessions.assign_lots(session=planned, lots=[lot], actor=officer)
    with pytest.raises(priority.PriorityPending):
        announcing.publish_notice(session=planned, actor=officer)
    holder.refresh_from_db()
    with clock.at(database_now() + 15 * DAY):
        with pytest.raises(priority.AnswerTooLate):
            priority.answer(holder=holder, answer="bids")
        announcing.publish_notice(session=planned, actor=officer)
    holder.refresh_from_db()
    assert holder.answer == "silent"


def test_a_holder_who_bids_has_the_rank_of_the_basis():
    bidder = accounts.member("bidder")
    lot = made.announced_lot(holders=[{"organization": bidder}])
    assert priority.rank_of(lot, bidder.organization_id) == 1
    assert priority.rank_of(lot, accounts.OrganizationFactory().pk) == 0


def test_a_lot_is_withdrawn_before_its_start_only():
    by = made.seller()
    lot = made.announced_lot(by=by)
    with pytest.raises(Invalid):
        withdrawing.withdraw(lot=lot, actor=by, reason=" ")
    with pytest.raises(NotAllowed):
        withdrawing.withdraw(lot=lot, actor=made.seller(), reason="changed our mind")
    with clock.at(lot.session.starts_at), pytest.raises(withdrawing.AlreadyStarted):
        withdrawing.withdraw(lot=lot, actor=by, reason="changed our mind")
    lot = withdrawing.withdraw(lot=lot, actor=by, reason="changed our mind")
    assert (lot.state, on_patents(lot)) == ("withdrawn", 0)
    assert Floor.objects.get(lot=lot).closed_at is not None


def test_questions_are_open_to_all_and_nobody_sees_who_asked():
    by = made.seller()
    lot = made.announced_lot(by=by)
    asker = accounts.licensee()
    question = rooms.ask(lot=lot, text="Are trial data included?", actor=asker)
    with pytest.raises(NotAllowed):
        rooms.ask(lot=lot, text="Buy this!", actor=by)
    with pytest.raises(NotAllowed):
        rooms.answer_question(question=question, text="Yes.", actor=asker)
    assert rooms.answer_question(question=question, text="Yes.", actor=by).answer == "Yes."


def test_a_session_opens_and_closes_by_the_clock_alone():
    lot = made.announced_lot()
    assert sessions.turn_due() == 0
    with clock.at(lot.session.starts_at):
        assert sessions.turn_due() == 1
        withdrawing_later = Lot.objects.get(pk=lot.pk)
        assert withdrawing_later.session.state == "open"
