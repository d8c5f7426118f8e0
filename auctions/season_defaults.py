"""What a new season begins with, and which of its columns are fixed when it is announced (pure).

Fen, basis points, seconds. Sources: the Supreme People's Court's rules on judicial online auctions Arts. 10 to 24 as
the best tested set; Auction Law Arts. 39, 45, 48 and 56.
"""

from copy import deepcopy
from typing import Any

from auctions import agreement_texts

YUAN = 100
INCREMENTS = [
    [100_000 * YUAN, 1_000 * YUAN],
    [500_000 * YUAN, 5_000 * YUAN],
    [1_000_000 * YUAN, 10_000 * YUAN],
    [5_000_000 * YUAN, 50_000 * YUAN],
    [None, 100_000 * YUAN],
]
COMMISSIONS = [[2_000_000 * YUAN, 300], [10_000_000 * YUAN, 200], [None, 100]]
HIGHEST_COMMISSION_BP = 500  # Auction Law Art. 56

RULES = (  # fixed from the announcement on; a trigger holds it
    "legal_form", "house_name", "house_license", "auctioneer_name", "auctioneer_license", "deposit_bp", "increments",
    "commissions", "max_steps", "on_grid", "own_raise", "window_seconds", "extension_seconds", "hard_limit",
    "resume_at", "notice_days", "viewing_days", "priority_days", "confirmation_days", "balance_days",
    "public_notice_days", "relist_cut_bp", "forfeit_platform_bp", "withdrawal_cost_bp", "offer_to_underbidder",
    "agreement_zh_hans", "agreement_en", "code",
)  # fmt: skip


def new_season() -> dict[str, Any]:
    """The columns of a season that its founder did not name. The scalar defaults stand on the model."""
    agreement = agreement_texts.PLATFORM
    return {
        "increments": deepcopy(INCREMENTS),
        "commissions": deepcopy(COMMISSIONS),
        "agreement_zh_hans": agreement.zh_hans,
        "agreement_en": agreement.en,
    }


def is_table(rows: object, *, least: int, most: int) -> bool:
    """Whether these are rows of a table: ascending bounds, one open end, values from ``least`` to ``most``."""
    if (
        not isinstance(rows, list)
        or not rows
        or any(not isinstance(row, list) or len(row) != len("ab") for row in rows)
    ):
        return False
    bounds, values = [row[0] for row in rows], [row[1] for row in rows]
    closed = bounds[:-1]
    whole = all(type(number) is int for number in [*closed, *values])
    return (
        whole
        and bounds[-1] is None
        and all(bound > 0 for bound in closed)
        and closed == sorted(set(closed))
        and all(least <= value <= most for value in values)
    )
