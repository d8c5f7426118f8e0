"""Amounts: integer fen and a currency. Never float; Decimal only at the edge."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import cn2an

from foundation.core.marks import _

FEN_PER_YUAN = 100
BASIS_POINTS = 10_000
LONGEST_WRITTEN = 30  # characters; beyond that it is too large without asking
LARGEST_FEN = 10**17  # a quadrillion yuan: far above any amount, far below the limit of BIGINT
SIGNS = {"CNY": "¥", "USD": "US$", "EUR": "€"}
WRITTEN = re.compile(r"-?(\d+|\d{1,3}(,\d{3})+)(\.\d{1,2})?")


class AmountInvalid(ValueError):
    """A text that is no amount. ``reason`` is a sentence in English, marked for translation."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


class CurrencyMismatch(TypeError):
    """Two amounts of different currencies were added or compared."""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in fen (the smallest unit of its currency). Frozen, ordered within one currency."""

    fen: int
    currency: str = "CNY"

    def __post_init__(self):
        if type(self.fen) is not int:
            raise TypeError(f"fen must be an int, not {type(self.fen).__name__}")

    @classmethod
    def parse(cls, text: str, currency: str = "CNY") -> "Money":
        """Read yuan as people type them: ``1,234.56``, full-width digits and a leading ¥ included.

        Raises AmountInvalid for anything else: more than two decimals, exponents, words, too large.
        """
        plain = unicodedata.normalize("NFKC", str(text)).strip()
        plain = plain.removeprefix("¥").removesuffix("元").strip()
        if not plain:
            raise AmountInvalid(_("Enter an amount in yuan."))
        if re.fullmatch(r"-?[\d,]+\.\d{3,}", plain):
            raise AmountInvalid(_("An amount has at most two decimals."))
        if not plain.isascii() or not WRITTEN.fullmatch(plain):
            raise AmountInvalid(_("Enter an amount in yuan in digits, for example 1,234.56."))
        fen = int(Decimal(plain.replace(",", "")) * FEN_PER_YUAN) if len(plain) < LONGEST_WRITTEN else LARGEST_FEN + 1
        if abs(fen) > LARGEST_FEN:
            raise AmountInvalid(_("This amount is too large."))
        return cls(fen, currency)

    @property
    def yuan(self) -> Decimal:
        """The amount in whole units with two decimals, for display and export."""
        return Decimal(self.fen).scaleb(-2)

    def _other(self, other: object) -> int:
        if not isinstance(other, Money) or other.currency != self.currency:
            raise CurrencyMismatch(f"{self!r} and {other!r}")
        return other.fen

    def __add__(self, other: "Money") -> "Money":
        return Money(self.fen + self._other(other), self.currency)

    def __radd__(self, other: object) -> "Money":
        return self if other == 0 else NotImplemented  # so that sum() works

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.fen - self._other(other), self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.fen, self.currency)

    def __mul__(self, times: int) -> "Money":
        return Money(self.fen * times, self.currency) if type(times) is int else NotImplemented

    __rmul__ = __mul__

    def __bool__(self) -> bool:
        return self.fen != 0

    def __lt__(self, other: "Money") -> bool:
        return self.fen < self._other(other)

    def __le__(self, other: "Money") -> bool:
        return self.fen <= self._other(other)

    def __gt__(self, other: "Money") -> bool:
        return self.fen > self._other(other)

    def __ge__(self, other: "Money") -> bool:
        return self.fen >= self._other(other)

    def __str__(self) -> str:
        whole, rest = divmod(abs(self.fen), FEN_PER_YUAN)
        sign = "-" if self.fen < 0 else ""
        return f"{sign}{SIGNS.get(self.currency, self.currency + ' ')}{whole:,}.{rest:02d}"


def round_half_up(value: Decimal) -> int:
    """The one rounding of the project: to the nearest whole, halves away from zero."""
    return int(value.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def at_rate_bp(money: Money, bp: int) -> Money:
    """A share of an amount at a rate in basis points (250 = 2.5 %), rounded half up to the fen."""
    return Money(round_half_up(Decimal(money.fen * bp) / BASIS_POINTS), money.currency)


def split(money: Money, weights: Iterable[int]) -> list[Money]:
    """Split by integer weights; the parts equal the whole, rests go by largest remainder, first come first.

    Raises ValueError for no weights, a negative weight, or weights that are all zero.
    """
    chosen = list(weights)
    total = sum(chosen)
    if total <= 0 or min(chosen) < 0:
        raise ValueError("weights must be non-negative and not all zero")
    sign = -1 if money.fen < 0 else 1
    parts = [divmod(abs(money.fen) * weight, total) for weight in chosen]
    left = abs(money.fen) - sum(whole for whole, _rest in parts)
    by_rest = sorted(range(len(chosen)), key=lambda place: (-parts[place][1], place))
    extra = set(by_rest[:left])
    return [Money(sign * (whole + (place in extra)), money.currency) for place, (whole, _rest) in enumerate(parts)]


def in_capitals(money: Money) -> str:
    """Chinese capitals as on an invoice: 壹仟贰佰叁拾肆元伍角陆分 (负 before amounts below zero)."""
    text = cn2an.an2cn(str(abs(money.yuan)), "rmb")
    return f"负{text}" if money.fen < 0 else text


def short(money: Money, language: str) -> str:
    """As a person says it: ¥3.86万 in Chinese, ¥38.6k in English; small amounts in full."""
    chinese = language.lower().startswith("zh")
    units = ((10**10, "亿"), (10**6, "万")) if chinese else ((10**8, "M"), (10**5, "k"))
    for unit, word in units:
        if abs(money.fen) >= unit:
            shown = Decimal(round_half_up(Decimal(money.fen * 100) / unit)).scaleb(-2)
            return f"{SIGNS.get(money.currency, money.currency)}{shown:,}{word}"
    return str(money)
