"""States and moves of a season, its sessions and its lots (pure). Bidders and sales: `lifecycle_parties`."""

from enum import StrEnum

from foundation.core.lifecycle import Lifecycle
from foundation.core.marks import _


class SeasonState(StrEnum):
    DRAFT = "draft"
    ANNOUNCED = "announced"
    COLLECTING = "collecting"
    SELECTING = "selecting"
    PROMOTING = "promoting"
    BIDDING = "bidding"
    DELIVERY = "delivery"
    TRACKING = "tracking"
    CLOSED = "closed"
    CANCELLED = "cancelled"


S = SeasonState
SEASON = Lifecycle(
    "auction season",
    SeasonState,
    initial=S.DRAFT,
    moves=[
        # move, from, to, by, the button says
        ("announce", (S.DRAFT,), S.ANNOUNCED, "officer", _("Announce the season")),
        ("collect", (S.ANNOUNCED,), S.COLLECTING, "officer", _("Start collecting lots")),
        ("select", (S.COLLECTING,), S.SELECTING, "officer", _("Close the collection and select")),
        ("promote", (S.SELECTING,), S.PROMOTING, "officer", _("Start the preview")),
        ("start_bidding", (S.PROMOTING,), S.BIDDING, "officer", _("Start the bidding stage")),
        ("deliver", (S.BIDDING,), S.DELIVERY, "officer", _("Start the delivery of rights")),
        ("track", (S.DELIVERY,), S.TRACKING, "officer", _("Start tracking results")),
        ("close", (S.TRACKING,), S.CLOSED, "officer", _("Close the season")),
        (
            "cancel",
            (S.DRAFT, S.ANNOUNCED, S.COLLECTING, S.SELECTING, S.PROMOTING),
            S.CANCELLED,
            "officer",
            _("Cancel the season"),
        ),
    ],
    permits={
        S.DRAFT: {"edit_rules", "plan"},
        S.ANNOUNCED: {"plan", "show"},
        S.COLLECTING: {"plan", "show", "propose"},
        S.SELECTING: {"plan", "show", "assign"},
        S.PROMOTING: {"plan", "show", "assign", "publish_notice"},
        S.BIDDING: {"plan", "show", "assign", "publish_notice", "relist"},
        S.DELIVERY: {"show"},
        S.TRACKING: {"show"},
        S.CLOSED: {"show"},
    },
    labels={
        S.DRAFT: _("Draft"),
        S.ANNOUNCED: _("Announced"),
        S.COLLECTING: _("Publicity and collection"),
        S.SELECTING: _("Selection and packaging"),
        S.PROMOTING: _("Release and promotion"),
        S.BIDDING: _("Bidding"),
        S.DELIVERY: _("Delivery of rights"),
        S.TRACKING: _("Tracking results"),
        S.CLOSED: _("Over"),
        S.CANCELLED: _("Cancelled"),
    },
    final=(S.CLOSED, S.CANCELLED),
)


class SessionState(StrEnum):
    PLANNED = "planned"
    NOTICE_PUBLISHED = "notice_published"
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


N = SessionState
SESSION = Lifecycle(
    "auction session",
    SessionState,
    initial=N.PLANNED,
    moves=[
        ("publish_notice", (N.PLANNED,), N.NOTICE_PUBLISHED, "officer", _("Publish the notice")),
        ("open", (N.NOTICE_PUBLISHED,), N.OPEN, "clock", _("Open the session")),
        ("close", (N.OPEN,), N.CLOSED, "clock", _("Close the session")),
        ("cancel", (N.PLANNED, N.NOTICE_PUBLISHED), N.CANCELLED, "officer", _("Cancel the session")),
    ],
    permits={N.PLANNED: {"edit", "assign"}, N.NOTICE_PUBLISHED: {"show"}, N.OPEN: {"show"}, N.CLOSED: {"show"}},
    labels={
        N.PLANNED: _("In planning"),
        N.NOTICE_PUBLISHED: _("Notice published"),
        N.OPEN: _("Running"),
        N.CLOSED: _("Over"),
        N.CANCELLED: _("Cancelled"),
    },
    final=(N.CLOSED, N.CANCELLED),
)


class LotState(StrEnum):
    PROPOSED = "proposed"
    MATERIALS_CHECK = "materials_check"
    RETURNED = "returned"
    NOT_SELECTED = "not_selected"
    SELECTED = "selected"
    ANNOUNCED = "announced"
    REGISTRATION_OPEN = "registration_open"
    LIVE = "live"
    PAUSED = "paused"
    SOLD_PROVISIONAL = "sold_provisional"
    SOLD = "sold"
    UNSOLD = "unsold"
    AFTER_SALE_TALKS = "after_sale_talks"
    SOLD_BY_AGREEMENT = "sold_by_agreement"
    RELISTED = "relisted"
    RETURNED_TO_POOL = "returned_to_pool"
    CONVERTED = "converted_to_open_license"
    WITHDRAWN = "withdrawn"


L = LotState
PUBLIC = tuple(
    state for state in LotState if state not in (L.PROPOSED, L.MATERIALS_CHECK, L.RETURNED, L.NOT_SELECTED, L.SELECTED)
)
ON_PATENT = (  # while it is in one of these the lot lies on its patents as an encumbrance
    L.MATERIALS_CHECK, L.RETURNED, L.SELECTED, L.ANNOUNCED, L.REGISTRATION_OPEN, L.LIVE, L.PAUSED,
    L.SOLD_PROVISIONAL, L.UNSOLD, L.AFTER_SALE_TALKS, L.SOLD_BY_AGREEMENT,
)  # fmt: skip

LOT = Lifecycle(
    "lot",
    LotState,
    initial=L.PROPOSED,
    moves=[
        ("submit", (L.PROPOSED,), L.MATERIALS_CHECK, "seller", _("Submit for the materials check")),
        ("return", (L.MATERIALS_CHECK,), L.RETURNED, "reviewer", _("Return for correction")),
        ("resubmit", (L.RETURNED,), L.MATERIALS_CHECK, "seller", _("Submit again")),
        ("lapse", (L.RETURNED,), L.NOT_SELECTED, "clock", _("Not corrected in time")),
        ("take_back", (L.MATERIALS_CHECK, L.RETURNED), L.PROPOSED, "seller", _("Take back")),
        ("select", (L.MATERIALS_CHECK,), L.SELECTED, "reviewer", _("Select")),
        ("refuse", (L.MATERIALS_CHECK,), L.NOT_SELECTED, "reviewer", _("Do not select")),
        ("undo_selection", (L.SELECTED,), L.MATERIALS_CHECK, "reviewer", _("Undo the selection")),
        ("announce", (L.SELECTED,), L.ANNOUNCED, ("officer", "system"), _("Announce")),
        ("open_registration", (L.ANNOUNCED,), L.REGISTRATION_OPEN, ("clock", "system"), _("Open the registration")),
        ("go_live", (L.REGISTRATION_OPEN,), L.LIVE, "clock", _("Start the bidding")),
        ("pause", (L.LIVE,), L.PAUSED, ("officer", "clock"), _("Pause the bidding")),
        ("resume", (L.PAUSED,), L.LIVE, ("officer", "clock"), _("Resume the bidding")),
        ("knock_down", (L.LIVE,), L.SOLD_PROVISIONAL, "clock", _("Knock down")),
        ("fail", (L.LIVE,), L.UNSOLD, "clock", _("End unsold")),
        (
            "withdraw",
            (L.SELECTED, L.ANNOUNCED, L.REGISTRATION_OPEN),
            L.WITHDRAWN,
            ("seller", "officer"),
            _("Withdraw the lot"),
        ),
        ("call_off", (L.PAUSED,), L.WITHDRAWN, "officer", _("Call the bidding off")),
        ("complete", (L.SOLD_PROVISIONAL, L.SOLD_BY_AGREEMENT), L.SOLD, "system", _("Complete the sale")),
        (
            "fall_through",
            (L.SOLD_PROVISIONAL, L.SOLD_BY_AGREEMENT),
            L.UNSOLD,
            "system",
            _("The sale fell through"),
        ),
        ("talk", (L.UNSOLD,), L.AFTER_SALE_TALKS, "seller", _("Open after-sale talks")),
        ("end_talks", (L.AFTER_SALE_TALKS,), L.UNSOLD, ("seller", "clock"), _("End the talks")),
        ("agree", (L.AFTER_SALE_TALKS,), L.SOLD_BY_AGREEMENT, ("seller", "system"), _("Sell by agreement")),
        ("relist", (L.UNSOLD,), L.RELISTED, "seller", _("List again")),
        ("return_to_pool", (L.UNSOLD,), L.RETURNED_TO_POOL, ("seller", "clock"), _("Return to the pool")),
        ("convert", (L.UNSOLD,), L.CONVERTED, "seller", _("Offer as an open license")),
    ],
    permits={
        L.PROPOSED: {"edit", "delete"},
        L.RETURNED: {"edit"},
        L.SELECTED: {"assign", "answer_priority", "documents"},
        L.ANNOUNCED: {"show", "ask", "view", "answer_priority"},
        L.REGISTRATION_OPEN: {"show", "ask", "view", "register", "withdraw_registration"},
        L.LIVE: {"show", "ask", "view", "bid", "register"},
        L.PAUSED: {"show", "view", "register"},
        L.SOLD_PROVISIONAL: {"show"},
        L.SOLD: {"show"},
        L.UNSOLD: {"show", "view", "choose"},
        L.AFTER_SALE_TALKS: {"show", "view", "offer"},
        L.SOLD_BY_AGREEMENT: {"show"},
        L.RELISTED: {"show"},
        L.RETURNED_TO_POOL: {"show"},
        L.CONVERTED: {"show"},
        L.WITHDRAWN: {"show"},
    },
    labels={
        L.PROPOSED: _("Draft lot"),
        L.MATERIALS_CHECK: _("Materials being checked"),
        L.RETURNED: _("Returned for correction"),
        L.NOT_SELECTED: _("Not selected"),
        L.SELECTED: _("Selected"),
        L.ANNOUNCED: _("Announced"),
        L.REGISTRATION_OPEN: _("Registration open"),
        L.LIVE: _("Bidding now"),
        L.PAUSED: _("Bidding paused"),
        L.SOLD_PROVISIONAL: _("Knocked down"),
        L.SOLD: _("Sold"),
        L.UNSOLD: _("Not sold"),
        L.AFTER_SALE_TALKS: _("After-sale talks"),
        L.SOLD_BY_AGREEMENT: _("Sold by agreement"),
        L.RELISTED: _("Listed again"),
        L.RETURNED_TO_POOL: _("Returned to the pool"),
        L.CONVERTED: _("Became an open license"),
        L.WITHDRAWN: _("Withdrawn"),
    },
    final=(L.NOT_SELECTED, L.SOLD, L.RELISTED, L.RETURNED_TO_POOL, L.CONVERTED, L.WITHDRAWN),
)
