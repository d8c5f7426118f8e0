"""Lots of the demo that found no buyer: listed again, turned into an open license, talked about, called off."""

from datetime import datetime, timedelta
from random import Random

from auctions.models import Lot, Session
from auctions.services import converting, pausing, registering, relisting, talks, unsold
from foundation.core import clock
from foundation.core.clock import local_date
from foundation.core.money import Money
from licenses.models import Declaration
from licenses.services import declarations
from licenses.services.drafting import draft_of
from local.demo import offers
from local.demo.season import holding, money, people, proposing, selling
from local.demo.season.table import Row

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
NEXT_ROUND = 80  # percent of the start price
FAILED = "竞价系统所在机房网络中断，无法保证各方同等参与，经核实后终止本标的竞价。"


def relist(lot: Lot, row: Row, session: Session, moment: datetime) -> Lot:
    """The seller takes the lot to a later session at four fifths of the price, and it is selected again."""
    start = Money(lot.start_fen * NEXT_ROUND // 100)
    with clock.at(moment):
        made = relisting.relist(lot=lot, session=session, start=start, actor=people.seller(row.holder))
    proposing.decide(made, "approve", moment + 2 * DAY)
    proposing.answered(made, row, moment + 3 * DAY)
    with clock.at(moment + 2 * DAY + HOUR):
        return relisting.enter_session(lot=Lot.objects.get(pk=made.pk))


def convert(lot: Lot, row: Row, moment: datetime) -> Declaration:
    """The seller turns the lot into an open license: the filled-in draft is completed, submitted and approved."""
    manager, patent = people.seller(row.holder), lot.items.get().patent
    with clock.at(moment):
        converting.convert(lot=lot, actor=manager)
        declaration = Declaration.objects.filter(patent=patent).latest("pk")
        for name, values in _sections(declaration, lot, Random(row.key)).items():
            version = draft_of(declaration).version
            declarations.save_section(
                declaration=declaration, section=name, values=values, version=version, actor=manager
            )
    with clock.at(moment + HOUR):
        declarations.submit(declaration=declaration, actor=manager)
    with clock.at(moment + 2 * DAY):
        return offers.approve(declaration)


def _sections(declaration: Declaration, lot: Lot, random: Random) -> dict[str, dict]:
    """A whole declaration, at the fee that the conversion proposes."""
    why = offers.text(random, "pricing_explanation", {"lump_sum"})
    fee = converting.suggested_fee(lot).fen
    price = {"method": "lump_sum", "lump_sum_fen": fee, "explanation": why["text_zh"], "explanation_en": why["text_en"]}
    return {**offers.sections(declaration, random, costs=True), "price": price}


def talk(lot: Lot, row: Row, moment: datetime, named: dict[str, int]) -> Lot:
    """The seller invites offers for forty days; firms name prices (yuan) on the following days."""
    with clock.at(moment):
        until = local_date(moment + 40 * DAY)
        lot = talks.open_talks(lot=lot, until=until, actor=people.seller(row.holder))
    for n, (firm, yuan) in enumerate(named.items(), 1):
        with clock.at(moment + n * DAY):
            text = "愿按此价受让，可接受三十日内办理变更登记。"
            talks.make_offer(lot=lot, amount=Money(yuan * 100), actor=people.bidder(firm), message=text)
    return lot


def agree(lot: Lot, row: Row, moment: datetime) -> None:
    """The seller takes the best offer."""
    with clock.at(moment):
        talks.accept(offer=lot.offers.filter(answered_at=None).first(), actor=people.seller(row.holder))


def pool(lot: Lot, row: Row, moment: datetime) -> None:
    """The seller takes the patent back."""
    with clock.at(moment):
        unsold.return_to_pool(lot=lot, actor=people.seller(row.holder))


def call_off(lot: Lot, row: Row) -> Lot:
    """The bidding is paused when a system fails and called off two hours later; every deposit goes back."""
    lot = Lot.objects.select_related("season", "session", "seller", "floor").get(pk=lot.pk)
    began = lot.floor.opens_at
    parties = holding.admit(lot, row, began - 3 * DAY)
    holding.go_live(lot)
    holding.bid(lot, row, parties, holding.past_moments(lot, row))
    with clock.at(began + 5 * HOUR):
        pausing.pause(lot=lot, actor=people.officer(), reason="机房网络中断，暂停竞价。")
    with clock.at(began + 7 * HOUR):
        lot = pausing.call_off(lot=lot, actor=people.officer(), reason=FAILED)
        registering.withdraw_all(lot=lot, reason=FAILED)
    for registration in parties.values():
        money.sent_back(registration.obligation_id, began + 8 * HOUR)
    return lot


def settle(lot: Lot, buyer: str, seller: str, first: datetime) -> None:
    """Confirmed, paid two days later, signed by both two days after that."""
    selling.confirm(lot, buyer, first)
    selling.pay(lot, buyer, first + 2 * DAY)
    selling.sign(lot, seller, buyer, moment=first + 4 * DAY)
