"""The floor of a lot, its bids by paddle, and what a bidder sends and gets."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from auctions import bidding
from auctions.models import Bid, Floor
from foundation.core.money import Money
from foundation.core.schema import ProblemDocument
from foundation.core.serializers import MoneyField, Strict, TextField

LARGEST_SEQ = 2_000_000_000
KEY = r"^[!-~]{1,64}$"


def next_amount(floor: Floor, rank: int = 0) -> int | None:
    """The lowest amount of a bid now, in fen; None once nobody can bid any more."""
    return None if floor.closed_at else bidding.minimum(floor.rules, floor.as_state, rank)


class BidData(serializers.ModelSerializer):
    """A bid by its paddle; `hash` covers the one before it and is what the bidder's receipt says."""

    amount = MoneyField(source="amount_fen")

    class Meta:
        model = Bid
        fields = ["seq", "paddle", "amount", "rank", "received_at", "ends_at", "extended", "previous_hash", "hash"]
        read_only_fields = fields


class NewBid(Strict):
    """A bid: an amount in yuan and a key of one's own; the same key and amount get the first receipt again."""

    amount = MoneyField(minimum=1)
    key = serializers.RegexField(KEY, max_length=64, help_text="1 to 64 visible ASCII characters.")
    seen_seq = serializers.IntegerField(
        min_value=0, max_value=LARGEST_SEQ, required=False, allow_null=True, default=None,
        help_text="The last sequence number you saw: a bid that came too late is told so (`stale`).",
    )  # fmt: skip


_asked = NewBid()


def read_bid(data: Any) -> dict[str, Any]:
    """What was sent as a bid, clean, without building the fields anew for each one. Raises ValidationError."""
    return _asked.run_validation(data)


class BidReceipt(serializers.Serializer):
    """An accepted bid. `leading`: no maximum of another bidder answered it at once."""

    lot = serializers.CharField()
    seq = serializers.IntegerField()
    paddle = serializers.CharField()
    amount = MoneyField()
    received_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField(help_text="When the lot ends after this bid.")
    extended = serializers.BooleanField()
    leading = serializers.BooleanField()
    hash = serializers.CharField()


class BidRefusal(ProblemDocument):
    """Why a bid was not taken; `code` is the rule of the floor, or that of any refusal."""

    code = serializers.CharField(help_text=", ".join(bidding.Code))
    minimum = MoneyField(required=False, help_text="The lowest amount that would be taken now, where there is one.")


class OwnBidData(BidData):
    """One's own bid, from the record: what the receipt must equal."""

    by_maximum = serializers.BooleanField(source="by_proxy")

    class Meta(BidData.Meta):
        fields = [*BidData.Meta.fields, "by_maximum"]
        read_only_fields = fields


class OwnPosition(serializers.Serializer):
    """Where one's own organization stands; a maximum is never read back, only whether one stands."""

    paddle = serializers.CharField(allow_blank=True)
    leading = serializers.BooleanField()
    highest = MoneyField(allow_null=True)
    bids = serializers.IntegerField()
    next_amount = MoneyField(allow_null=True)
    has_maximum = serializers.BooleanField()


class LiveData(serializers.Serializer):
    """A lot at this moment; `now` is the clock that decides."""

    now = serializers.DateTimeField()
    number = serializers.CharField()
    state = serializers.CharField()
    seq = serializers.IntegerField()
    price = MoneyField(allow_null=True)
    paddle = serializers.CharField(allow_null=True, help_text="Of the highest bid.")
    next_amount = MoneyField(allow_null=True, help_text="The lowest amount of a bid, without a first right.")
    opens_at = serializers.DateTimeField()
    planned_ends_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    extensions = serializers.IntegerField()
    is_open = serializers.BooleanField()
    is_paused = serializers.BooleanField()
    resumes_at = serializers.DateTimeField(allow_null=True)
    is_closed = serializers.BooleanField()
    own = OwnPosition(allow_null=True)


class NewMaximum(Strict):
    """The most the platform may bid for one's organization. Nobody reads it again, and bids made from it bind."""

    maximum = MoneyField(minimum=1)
    binds = serializers.BooleanField()
    key = serializers.RegexField(KEY, max_length=64)

    def validate_binds(self, value):
        if not value:
            raise serializers.ValidationError(
                _("Tick that bids made from the maximum bind your organization."), code="not_stated"
            )
        return value


class MaximumStands(serializers.Serializer):
    """Whether a maximum stands and whether its bidder leads; never how high it is."""

    has_maximum = serializers.BooleanField()
    leading = serializers.BooleanField()

    reason = TextField(multiline=True, max_length=500)


def position_of(own: Any) -> dict[str, Any] | None:
    """`queries.bids.Position` as `OwnPosition` shows it."""
    if own is None:
        return None
    return {
        "paddle": own.registration.paddle,
        "leading": own.leads,
        "highest": own.highest,
        "bids": own.bids,
        "next_amount": own.minimum,
        "has_maximum": own.has_maximum,
    }


def live(lot: Any, floor: Floor, now: Any, own: Any) -> dict[str, Any]:
    """The state of a floor as `LiveData` shows it."""
    rules, state = floor.rules, floor.as_state
    lowest = next_amount(floor)
    return {
        "now": now,
        "number": lot.number,
        "state": lot.state,
        "seq": floor.seq,
        "price": floor.price,
        "paddle": getattr(floor, "paddle", None),
        "next_amount": None if lowest is None else Money(lowest),
        "opens_at": floor.opens_at,
        "planned_ends_at": floor.planned_ends_at,
        "ends_at": floor.ends_at,
        "extensions": floor.extensions,
        "is_open": bidding.is_open(state, now) and not bidding.is_paused(rules, state, now),
        "is_paused": bidding.is_paused(rules, state, now),
        "resumes_at": floor.resumes_at,
        "is_closed": state.closed,
        "own": position_of(own),
    }
