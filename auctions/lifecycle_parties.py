"""States and moves of a bidder's registration and of a sale after the hammer (pure)."""

from enum import StrEnum

from foundation.core.lifecycle import Lifecycle
from foundation.core.marks import _


class RegistrationState(StrEnum):
    APPLIED = "applied"
    QUALIFIED = "qualified"
    DEPOSIT_PENDING = "deposit_pending"
    DEPOSIT_HELD = "deposit_held"
    ADMITTED = "admitted"
    WON = "won"
    LOST = "lost"
    DEPOSIT_RELEASED = "deposit_released"
    LAPSED = "lapsed"
    DISQUALIFIED = "disqualified"
    WITHDRAWN = "withdrawn"


R = RegistrationState
STANDING = (
    R.APPLIED,
    R.QUALIFIED,
    R.DEPOSIT_PENDING,
    R.DEPOSIT_HELD,
    R.ADMITTED,
    R.WON,
)  # one of these per party and lot

REGISTRATION = Lifecycle(
    "registration",
    RegistrationState,
    initial=R.APPLIED,
    moves=[
        ("qualify", (R.APPLIED,), R.QUALIFIED, "system", _("Qualify")),
        ("ask_deposit", (R.QUALIFIED,), R.DEPOSIT_PENDING, "system", _("Ask for the deposit")),
        ("hold_deposit", (R.DEPOSIT_PENDING, R.LAPSED), R.DEPOSIT_HELD, "system", _("Hold the deposit")),
        ("admit", (R.DEPOSIT_HELD,), R.ADMITTED, "system", _("Admit")),
        ("win", (R.ADMITTED,), R.WON, "system", _("Win the lot")),
        ("lose", (R.ADMITTED,), R.LOST, "system", _("Lose the lot")),
        ("release_deposit", (R.LOST,), R.DEPOSIT_RELEASED, "system", _("Give the deposit back")),
        (
            "lapse",
            (R.APPLIED, R.QUALIFIED, R.DEPOSIT_PENDING),
            R.LAPSED,
            ("clock", "system"),
            _("Deposit not paid in time"),
        ),
        (
            "disqualify",
            (R.APPLIED, R.QUALIFIED, R.DEPOSIT_PENDING, R.DEPOSIT_HELD, R.ADMITTED),
            R.DISQUALIFIED,
            "officer",
            _("Disqualify"),
        ),
        (
            "withdraw",
            (R.APPLIED, R.QUALIFIED, R.DEPOSIT_PENDING, R.DEPOSIT_HELD, R.ADMITTED),
            R.WITHDRAWN,
            ("bidder", "system"),
            _("Withdraw the registration"),
        ),
    ],
    permits={
        R.DEPOSIT_PENDING: {"pay"},
        R.ADMITTED: {"bid", "proxy"},
    },
    labels={
        R.APPLIED: _("Applied"),
        R.QUALIFIED: _("Qualified"),
        R.DEPOSIT_PENDING: _("Deposit to be paid"),
        R.DEPOSIT_HELD: _("Deposit held"),
        R.ADMITTED: _("Admitted"),
        R.WON: _("Won"),
        R.LOST: _("Not won"),
        R.DEPOSIT_RELEASED: _("Deposit given back"),
        R.LAPSED: _("Deposit not paid in time"),
        R.DISQUALIFIED: _("Disqualified"),
        R.WITHDRAWN: _("Withdrawn"),
    },
    final=(R.DEPOSIT_RELEASED, R.DISQUALIFIED, R.WITHDRAWN),
)


class SaleState(StrEnum):
    PROVISIONAL = "sold_provisional"
    CONFIRMATION_SIGNED = "confirmation_signed"
    BALANCE_PAID = "balance_paid"
    CONTRACT_SIGNED = "contract_signed"
    PUBLIC_NOTICE = "public_notice"
    TRANSFER_FILED = "transfer_filed"
    TRANSFERRED = "transferred"
    FUNDS_RELEASED = "funds_released"
    COMPLETED = "completed"
    BUYER_DEFAULT = "buyer_default"
    DEPOSIT_FORFEITED = "deposit_forfeited"
    SELLER_DEFAULT = "seller_default"
    ANNULLED = "annulled"
    REFUNDED = "refunded"
    DECLINED = "declined"


T = SaleState
RUNNING = (
    T.PROVISIONAL, T.CONFIRMATION_SIGNED, T.BALANCE_PAID, T.CONTRACT_SIGNED, T.PUBLIC_NOTICE, T.TRANSFER_FILED,
    T.TRANSFERRED, T.FUNDS_RELEASED,
)  # fmt: skip
ENFORCED_STATES = (T.PROVISIONAL, T.CONFIRMATION_SIGNED)  # the buyer who misses these deadlines is in default
STANDING_SALES = (*RUNNING, T.COMPLETED)  # at most one of these for each lot: one winner

SALE = Lifecycle(
    "auction sale",
    SaleState,
    initial=T.PROVISIONAL,
    moves=[
        ("sign_confirmation", (T.PROVISIONAL,), T.CONFIRMATION_SIGNED, "buyer", _("Sign the confirmation of sale")),
        ("pay_balance", (T.CONFIRMATION_SIGNED,), T.BALANCE_PAID, "system", _("Receive the balance")),
        ("sign_contract", (T.BALANCE_PAID,), T.CONTRACT_SIGNED, ("buyer", "seller"), _("Sign the contract")),
        ("give_notice", (T.CONTRACT_SIGNED,), T.PUBLIC_NOTICE, ("officer", "system"), _("Give public notice")),
        ("file", (T.CONTRACT_SIGNED, T.PUBLIC_NOTICE), T.TRANSFER_FILED, "seller", _("Record the filing")),
        ("register", (T.TRANSFER_FILED,), T.TRANSFERRED, "officer", _("Record the registration")),
        ("release_funds", (T.TRANSFERRED,), T.FUNDS_RELEASED, "system", _("Release the funds")),
        ("complete", (T.FUNDS_RELEASED,), T.COMPLETED, "system", _("Complete")),
        (
            "reopen",
            (T.BALANCE_PAID,),
            T.CONFIRMATION_SIGNED,
            "system",
            _("Take the balance back"),
        ),  # the bank reversed it
        ("decline", (T.PROVISIONAL,), T.DECLINED, ("buyer", "clock"), _("Decline the offer")),  # underbidders only
        ("default", (T.PROVISIONAL, T.CONFIRMATION_SIGNED), T.BUYER_DEFAULT, "clock", _("Find the buyer in default")),
        ("cure", (T.BUYER_DEFAULT,), T.BALANCE_PAID, "system", _("Receive a balance that was booked in time")),
        ("forfeit", (T.BUYER_DEFAULT,), T.DEPOSIT_FORFEITED, "officer", _("Forfeit the deposit")),
        (
            "seller_default",
            (T.BALANCE_PAID, T.CONTRACT_SIGNED, T.PUBLIC_NOTICE, T.TRANSFER_FILED),
            T.SELLER_DEFAULT,
            "officer",
            _("Find the seller in default"),
        ),
        (
            "annul",
            (
                T.PROVISIONAL,
                T.CONFIRMATION_SIGNED,
                T.BALANCE_PAID,
                T.CONTRACT_SIGNED,
                T.PUBLIC_NOTICE,
                T.TRANSFER_FILED,
            ),
            T.ANNULLED,
            "officer",
            _("Annul the sale"),
        ),
        ("refund", (T.ANNULLED, T.SELLER_DEFAULT), T.REFUNDED, ("officer", "system"), _("Give the buyer's money back")),
    ],
    permits={
        T.PROVISIONAL: {"confirm", "object", "annul"},
        T.CONFIRMATION_SIGNED: {"pay", "object", "annul"},
        T.BALANCE_PAID: {"sign", "object", "annul", "find_seller"},
        T.CONTRACT_SIGNED: {"file", "object", "annul", "find_seller"},
        T.PUBLIC_NOTICE: {"file", "object", "annul", "find_seller"},
        T.TRANSFER_FILED: {"register", "object", "annul", "find_seller"},
        T.BUYER_DEFAULT: {"forfeit"},
    },
    labels={
        T.PROVISIONAL: _("Knocked down, to be confirmed"),
        T.CONFIRMATION_SIGNED: _("Confirmation signed, balance due"),
        T.BALANCE_PAID: _("Balance paid"),
        T.CONTRACT_SIGNED: _("Contract signed"),
        T.PUBLIC_NOTICE: _("Public notice running"),
        T.TRANSFER_FILED: _("Transfer filed"),
        T.TRANSFERRED: _("Transfer registered"),
        T.FUNDS_RELEASED: _("Funds released"),
        T.COMPLETED: _("Completed"),
        T.BUYER_DEFAULT: _("Buyer in default"),
        T.DEPOSIT_FORFEITED: _("Deposit forfeited"),
        T.SELLER_DEFAULT: _("Seller in default"),
        T.ANNULLED: _("Annulled"),
        T.REFUNDED: _("Money given back"),
        T.DECLINED: _("Offer declined"),
    },
    final=(T.COMPLETED, T.DEPOSIT_FORFEITED, T.REFUNDED, T.DECLINED),
)
