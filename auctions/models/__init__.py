"""What is stored about auctions."""

from auctions.models.bid import Bid, BidAttempt, Proxy, Result
from auctions.models.claim import Claim
from auctions.models.lot import Floor, Lot, LotPatent, Subject
from auctions.models.registration import Bar, PriorityHolder, Registration
from auctions.models.room import LotDocument, LotQuestion, RoomAccess
from auctions.models.ruling import Ruling, SaleObjection
from auctions.models.sale import Offer, Sale
from auctions.models.season import LegalForm, Season, Session
from auctions.models.signal import Signal

__all__ = [
    "Bar",
    "Bid",
    "BidAttempt",
    "Claim",
    "Floor",
    "LegalForm",
    "Lot",
    "LotDocument",
    "LotPatent",
    "LotQuestion",
    "Offer",
    "PriorityHolder",
    "Proxy",
    "Registration",
    "Result",
    "RoomAccess",
    "Ruling",
    "Sale",
    "SaleObjection",
    "Season",
    "Session",
    "Signal",
    "Subject",
]
