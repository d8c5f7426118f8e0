"""How the room writes amounts and moments: whole yuan without decimals, times to the second."""

from datetime import datetime

from foundation.core import display
from foundation.core.clock import LOCAL
from foundation.core.money import Money

NO_FEN = ".00"


def yuan(amount: Money | int | None) -> str:
    """¥1,850,000 where there are no fen, else in full."""
    return display.money(amount).removesuffix(NO_FEN)


def short(amount: Money | int | None) -> str:
    """¥185万, ¥1.85M."""
    return display.money_short(amount).replace(NO_FEN, "")


def typed(amount: Money) -> str:
    """An amount as it stands in a field: 1,850,000."""
    return f"{amount.yuan:,}".removesuffix(NO_FEN)


def clock(moment: datetime | None) -> str:
    """10:05:48 in Shanghai."""
    return moment.astimezone(LOCAL).strftime("%H:%M:%S") if moment else ""


def clock_ms(moment: datetime) -> str:
    """10:00:48.214 in Shanghai: two bids of one second are told apart."""
    return f"{clock(moment)}.{moment.microsecond // 1000:03d}"


def near(moment: datetime, now: datetime) -> str:
    """10:05:48 on the same day in Shanghai, else with its date."""
    if moment.astimezone(LOCAL).date() == now.astimezone(LOCAL).date():
        return clock(moment)
    return display.moment(moment, seconds=True, zone=False)
