"""What the matrix needs of auctions: one season for all, and for each side lots to sell, lots to bid on, and sales."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any

from auctions.models import Lot, LotDocument, Season, Session, Signal
from auctions.queries.records import RECORD
from auctions.services import burdens, lots, materials, priority, rooms, talks
from foundation.core.actors import SYSTEM
from foundation.core.clock import database_now, local_date
from foundation.core.money import Money
from foundation.core.refs import Ref
from foundation.documents import services as documents
from tests.factories import auction_floor as floor
from tests.factories import auction_sales as sales
from tests.factories import auctions as market
from tests.factories import bidders
from tests.factories.patents import make_patent
from tests.journeys.cast import paper
from tests.patents.portfolio import upload

DAY = timedelta(days=1)
START = Money(900_000_00)


@dataclass(frozen=True)
class SeasonOfAll:
    """A season whose notice is out, one that takes proposals, and one in draft."""

    session: Session
    collecting: Season
    draft: Season
    announced: str

    @property
    def objects(self) -> dict[str, Any]:
        """By the names of the matrix."""
        return {
            "season": self.session.season.code,
            "session": self.session.pk,
            "season_draft": self.draft.code,
            "sale_announced": self.announced,
        }


def season(officer: Any) -> SeasonOfAll:
    """Made once."""
    draft = market.draft_season(officer=officer)
    market.session(draft, officer=officer)
    return SeasonOfAll(
        session=market.announced_lot(officer=officer).session,
        collecting=market.season("collect", officer=officer),
        draft=draft,
        announced=sales.contracted().lot.sales.get().number,
    )


@dataclass(frozen=True)
class Side:
    """What one organization (``actor``) sells and buys; ``other`` is the party across from it."""

    season: SeasonOfAll
    actor: Any
    other: Any
    officer: Any

    @cached_property
    def lot(self) -> Lot:
        """Announced, on a patent of the actor's."""
        return self.listed(floor.announced_lot(self.season.session, seller=self.actor, deposit=None))

    @cached_property
    def lot_of_the_other(self) -> Lot:
        """Announced by the other party."""
        return floor.announced_lot(self.season.session, seller=self.other, deposit=None)

    def listed(self, lot: Lot) -> Lot:
        """With the patent it is about."""
        lot.items.create(patent=make_patent(lot.seller))
        burdens.place(lot, actor=SYSTEM)
        return lot

    def selling(self) -> dict[str, Any]:
        """Lots before, at and after the bidding."""
        selected = self.listed(floor.selected_lot(self.season.session, seller=self.actor))
        question = rooms.ask(lot=self.lot, text="能否提供试验数据？", actor=self.other)
        return {
            "lot": self.lot.number,
            "lot_question": question.pk,
            "lot_selected": selected.number,
            "room_selected": self.document(selected, "public"),
            **{f"room_{one}": self.document(self.lot, one) for one in LotDocument.Audience.values},
            **self.proposals(),
            **self.unsold(),
        }

    def document(self, lot: Lot, audience: str) -> int:
        """A paper of the data room."""
        return self.kept(lot, audience, LotDocument.Kind.TECHNICAL)

    def kept(self, lot: Lot, audience: str, kind: str) -> int:
        """A file of the seller's in the room, whatever the lot's state."""
        file = documents.accept_upload(upload=upload(paper(), "p.png"), actor=self.actor)
        return LotDocument.objects.create(lot=lot, file=file, kind=kind, title="资料", audience=audience).pk

    def proposals(self) -> dict[str, Any]:
        """A draft with one of each, and a proposal that was submitted."""
        draft, sent = self.proposed(), self.proposed()
        materials.submit(lot=sent, actor=self.actor)
        holder = priority.add_holder(lot=draft, basis="inventor", name="王工", email="w@example.org", actor=self.actor)
        return {
            "lot_draft": draft.pk,
            "lot_draft_patent": draft.items.get().patent_id,
            "lot_draft_holder": holder.pk,
            "lot_draft_document": draft.documents.get().pk,
            "lot_submitted": sent.pk,
        }

    def proposed(self) -> Lot:
        """Complete, with the valuation that state institutions need."""
        number = make_patent(self.actor.organization).number
        lot = lots.start_lot(
            season=self.season.collecting, subject="assignment", numbers=[number], start=START, actor=self.actor
        )
        today = local_date(database_now())
        price = {"start": START, "reserve": None, "valuation": START, "valuation_date": today, "valuation_by": "评估"}
        facts = {"defects": "无已知瑕疵。", "contact_name": "周敏", "contact_phone": "025-84890000"}
        for part, values in (("about", {"title_zh_hans": "一种测试标的"}), ("price", price), ("disclosure", facts)):
            lots.save_part(lot=lot, part=part, values=values, actor=self.actor)
        self.kept(lot, "members", LotDocument.Kind.VALUATION)
        return lot

    def unsold(self) -> dict[str, Any]:
        """Two lots nobody bid on: one as it is, one in talks with an offer of the other party."""
        left, talking = sales.unsold_lot(seller=self.actor), sales.unsold_lot(seller=self.actor)
        until = local_date(database_now()) + 30 * DAY
        talking = talks.open_talks(lot=talking, until=until, actor=self.actor)
        offer = talks.make_offer(lot=talking, amount=START, actor=self.other)
        return {"lot_unsold": left.number, "lot_in_talks": talking.number, "lot_offer": offer.pk}

    def bidding(self) -> dict[str, Any]:
        """A first right and a registration on the other party's lots."""
        lot = self.lot_of_the_other
        registration = bidders.admitted(lot, self.actor)
        holder = lot.priority_holders.create(
            basis="co_owner",
            name="李工",
            organization=self.actor.organization,
            notified_at=database_now(),
            answer_by=local_date(database_now()) + 7 * DAY,
        )
        return {
            "registration": registration.pk,
            "bidding": {"lot": lot.number, "room_bidders": self.document(lot, "bidders")},
            "first_right": holder.pk,
            "first_right_link": priority.token_of(holder),
        }

    def sale(self, seller: Any, buyer: Any) -> tuple[Any, Any]:
        """Knocked down, and objected to by the buyer; the objection too."""
        offered, _parties = sales.lot_on_patent(seller, bidding=[(buyer.organization, sales.PRICE)])
        sale = sales.decided(offered).sales.get()
        return sale, sales.objected(sale, buyer)


def recorded(lot: Lot) -> str:
    """The number of a decided lot whose record is sealed."""
    documents.attach_document(
        subject=Ref.of(lot), kind=RECORD, name=f"{lot.number}.pdf", pdf=b"%PDF-1.7\n%%EOF\n", party_ids=[]
    )
    return lot.number


def signal(lot: Lot) -> int:
    """A signal of collusion on a lot."""
    facts = {"season": lot.season, "lot": lot, "rule": "same_line", "key": lot.number, "found_at": database_now()}
    return Signal.objects.create(**facts).pk


def added(made: dict[str, Any], side: Side) -> dict[str, Any]:
    """The things of a side, with those of auctions."""
    bought, objection = side.sale(side.other, side.actor)
    sold, _objection = side.sale(side.actor, side.other)
    made |= side.season.objects | side.selling() | side.bidding()
    made |= {"sale": bought.number, "sale_objection": objection.pk, "sold": sold.number}
    made |= {"lot_sold": recorded(bought.lot), "signal": signal(bought.lot)}
    made["counterparty"] |= {"sale": sold.number, "lot_sold": recorded(sold.lot)}
    return made
