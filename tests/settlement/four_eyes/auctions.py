"""Acts of two persons in auctions: the materials check, a decision about a sale, the answer to an objection."""

from typing import Any

from approvals.queries import open_review_of
from auctions.services import balances, claims, confirmations, deposits, materials, objections, rulings
from foundation.core import handlers
from foundation.core.money import Money
from foundation.core.refs import Ref
from tests.factories import auction_sales, auctions
from tests.factories.accounts import member, officer
from tests.settlement.four_eyes.table import Act, Scene


def _lot(_patch: Any) -> Scene:
    maker = auctions.seller()
    lot = auctions.submitted_lot(by=maker)
    return Scene(lot, (maker,), auctions.review_of(lot))


def _ruling(act: str, sale: Any, objection: Any = None) -> Scene:
    maker = officer()
    made = rulings.propose(sale=sale, act=act, reason="公告有重大遗漏", objection=objection, actor=maker)
    makers = (maker, objection and member("owner", user=objection.raised_by))
    review = open_review_of(rulings.REVIEW, Ref.of(made))
    return Scene(made, tuple(one for one in makers if one), review, also=(sale.buyer, sale.seller))


def _sale(patch: Any) -> Any:
    """A lot knocked down to a bidder whose deposit is held: settlement's own tests have no owner of deposits."""
    patch.setitem(handlers._owners, f"obligation.paid:{deposits.PURPOSE}", deposits.on_paid)
    patch.setitem(handlers._owners, f"obligation.paid:{confirmations.PURPOSE}", balances.on_price_paid)
    return auction_sales.knocked_down()


def _annulment(patch: Any) -> Scene:
    return _ruling("annul", _sale(patch))


def _upheld(patch: Any) -> Scene:
    """The officer who decides is not who objected, either."""
    sale = _sale(patch)
    return _ruling("annul", sale, auction_sales.objected(sale))


def _objection(patch: Any) -> Scene:
    maker = member("owner")
    return Scene(auction_sales.objected(_sale(patch), maker), (maker,))


def _dismiss(scene: Scene, actor: Any) -> Any:
    return objections.dismiss(objection=scene.subject, answer="成交有效", actor=actor)


def _claim(patch: Any) -> Scene:
    """The buyer had everything back from a seller in default and claims damages."""
    sale = auction_sales.paid(_sale(patch))
    auction_sales.ruled(sale, "seller_default")
    maker = auction_sales.buyer_of(sale)
    made = claims.raise_claim(sale=sale, amount=Money(10_000_00), reason="尽职调查费用", actor=maker)
    return Scene(made, (maker,), also=(sale.seller,))


def _agree(scene: Scene, actor: Any) -> Any:
    return claims.answer(claim=scene.subject, agreed=Money(1_00), answer="", actor=actor)


CLAIM = (
    ("UPDATE auctions_claim SET answered_at = now(), agreed_fen = 1, answered_by_id = {maker} WHERE id = {pk}",
     "auctions_claim_two_persons"),
    ("UPDATE auctions_claim SET answered_at = now(), agreed_fen = 1 WHERE id = {pk}",
     "auctions_claim_answered_by_somebody"),
    ("UPDATE auctions_claim SET raised_by_id = {other} WHERE id = {pk}", "four eyes"),
    ("UPDATE auctions_claim SET amount_fen = 1 WHERE id = {pk}", "four eyes"),
)  # fmt: skip
RULING = (
    ("UPDATE auctions_ruling SET decided_at = now(), approved = true, decided_by_id = {maker} WHERE id = {pk}",
     "auctions_ruling_two_persons"),
    ("UPDATE auctions_ruling SET decided_at = now(), approved = true WHERE id = {pk}",
     "auctions_ruling_decided_by_somebody"),
    ("UPDATE auctions_ruling SET made_by_id = {other} WHERE id = {pk}", "four eyes"),
    ("UPDATE auctions_ruling SET act = 'forfeit' WHERE id = {pk}", "four eyes"),
    ("UPDATE auctions_sale SET state = 'annulled' WHERE id = (SELECT sale_id FROM auctions_ruling WHERE id = {pk})",
     "four eyes: sale"),
)  # fmt: skip
OBJECTION = (
    ("UPDATE auctions_saleobjection SET decided_at = now(), upheld = false, decided_by_id = {maker} WHERE id = {pk}",
     "auctions_objection_two_persons"),
    ("UPDATE auctions_saleobjection SET decided_at = now(), upheld = false WHERE id = {pk}",
     "auctions_objection_decided_by_somebody"),
    ("UPDATE auctions_saleobjection SET raised_by_id = {other} WHERE id = {pk}", "four eyes"),
)  # fmt: skip
AUCTIONS = (
    Act("a lot is selected", _lot, kind=materials.REVIEW_KIND),
    Act("a sale is annulled", _annulment, RULING, kind=rulings.REVIEW),
    Act("a sale is annulled after an objection", _upheld, RULING, kind=rulings.REVIEW),
    Act("an objection to a sale is dismissed", _objection, OBJECTION, attempt=_dismiss),
    Act("a claim for damages is answered", _claim, CLAIM, attempt=_agree,
        second=lambda scene: auction_sales.member_of(scene.subject.respondent)),
)  # fmt: skip
