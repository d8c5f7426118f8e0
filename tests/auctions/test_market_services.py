"""Lots through their services, from the proposal to the announcement: the good case and every refusal."""

from datetime import timedelta

import pytest

from auctions.models import Floor, Lot
from auctions.services import announcing, lots, materials, priority, rooms, seasons, sessions, withdrawing
from foundation.core import clock, crypto, numbering
from foundation.core.clock import database_now
from foundation.core.errors import Invalid, InvalidMany, NotAllowed
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
    lot = made.proposed_lot(by=keeper)
    with pytest.raises(InvalidMany) as refused:
        lots.save_part(lot=lot, part="price", values={"start": lot.start, "valuation": None}, actor=keeper)
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
