"""What the rules of `auctions.collusion` need to know of lots, read at once for many."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable

from allauth.usersessions.models import UserSession

from accounts.models import Membership, Organization
from auctions.collusion import Bidder, LotFacts, Offered
from auctions.lifecycle_parties import SaleState
from auctions.models import Bid, Lot, Registration, Result, Sale
from settlement.models import BankLine

FAILED = (SaleState.BUYER_DEFAULT, SaleState.DEPOSIT_FORFEITED)
LAST_DIGITS = 8  # of a phone number: country and area codes are written or left out


def facts_of(lots: Iterable[Lot], *, identities: bool = True) -> list[LotFacts]:
    """The facts of lots in their order. ``identities``: also who belongs together, which only the rules read."""
    lots = list(lots)
    ids = [lot.pk for lot in lots]
    bidders = _bidders(ids, identities=identities)
    bids: dict[int, list[Offered]] = defaultdict(list)
    columns = ("lot", "paddle", "amount_fen", "received_at", "by_proxy")
    for lot_id, paddle, amount, at, by_proxy in (
        Bid.objects.filter(lot__in=ids).order_by("lot", "seq").values_list(*columns)
    ):
        bids[lot_id].append(Offered(paddle, amount, at, by_hand=not by_proxy))
    winners = dict(Result.objects.filter(lot__in=ids).values_list("lot", "winning_bid__paddle"))
    sales = defaultdict(list)
    for sale in Sale.objects.filter(lot__in=ids, registration__isnull=False).select_related("registration"):
        sales[sale.lot_id].append(sale)
    return [_facts(lot, bidders[lot.pk], bids[lot.pk], winners.get(lot.pk) or "", sales[lot.pk]) for lot in lots]


def _facts(lot: Lot, bidders: list[Bidder], bids: list[Offered], winner: str, sales: list[Sale]) -> LotFacts:
    offered = next((sale for sale in sales if sale.way == Sale.Way.UNDERBIDDER), None)
    return LotFacts(
        number=lot.number,
        start=lot.start_fen,
        bidders=tuple(bidders),
        bids=tuple(bids),
        registration_until=lot.session.registration_until_at if lot.session else None,
        winner=winner,
        failed=tuple(sorted(sale.registration.paddle for sale in sales if sale.state in FAILED)),
        successor=offered.registration.paddle if offered else "",
        successor_price=offered.price_fen if offered else 0,
    )


def _bidders(lot_ids: list[int], *, identities: bool) -> dict[int, list[Bidder]]:
    """Everybody who was admitted, by lot."""
    admitted = Registration.objects.filter(lot__in=lot_ids).exclude(paddle="").select_related("organization")
    rows = list(admitted.order_by("lot", "pk"))
    known = _identities(rows) if identities else {}
    found: dict[int, list[Bidder]] = defaultdict(list)
    for row in rows:
        party = row.organization
        found[row.lot_id].append(
            Bidder(
                paddle=row.paddle,
                party=party.pk,
                group=party.group_root_id,
                registered_at=row.agreed_at,
                **known.get(row.pk, {}),
            )
        )
    return found


def _identities(rows: list[Registration]) -> dict[int, dict]:
    """People, contacts, network addresses and bank accounts of registrations, by id."""
    acting: dict[int, set[int]] = {row.pk: {row.registered_by_id} for row in rows}
    for registration, user in Bid.objects.filter(registration__in=rows).values_list("registration", "user_id"):
        acting[registration].add(user)
    members: dict[int, set[int]] = defaultdict(set)
    active = Membership.objects.filter(organization__in={row.organization_id for row in rows}, is_active=True)
    for organization, user in active.values_list("organization", "user"):
        members[organization].add(user)
    addresses: dict[int, set[str]] = defaultdict(set)
    users = set().union(*acting.values()) if acting else set()
    for user, address in UserSession.objects.filter(user__in=users).values_list("user", "ip"):
        addresses[user].add(str(address))
    accounts: dict[int, set[str]] = defaultdict(set)
    owed = [row.obligation_id for row in rows if row.obligation_id]
    paid = BankLine.objects.filter(payment__obligation__in=owed).exclude(counterparty_account="")
    for obligation, account in paid.values_list("payment__obligation", "counterparty_account"):
        accounts[obligation].add(account)
    return {
        row.pk: {
            "people": frozenset(acting[row.pk] | members[row.organization_id]),
            "representative": _representative(row.organization),
            "phone": re.sub(r"\D", "", row.organization.contact_phone)[-LAST_DIGITS:],
            "domain": row.organization.contact_email.rpartition("@")[2].lower(),
            "addresses": frozenset().union(*(addresses[user] for user in acting[row.pk])),
            "accounts": frozenset(accounts.get(row.obligation_id, ())),
        }
        for row in rows
    }


def _representative(party: Organization) -> str:
    """Who represents a party, comparable however the name was typed; a natural person represents itself."""
    name = party.name if party.is_person else party.legal_representative
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())
