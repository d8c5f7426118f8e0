"""History: `record`, `advance`, and what listens. ``from foundation import audit``; loaded when first used."""

import importlib
from typing import Any

_HOMES = {
    "record": "recording",
    "advance": "moves",
    "actions_for": "moves",
    "timeline": "queries",
    "describe": "phrases",
    "deliver_pending": "delivery",
}
_MODULES = {
    "delivery",
    "feed",
    "invariants",
    "models",
    "moves",
    "phrases",
    "queries",
    "recording",
    "sealing",
    "subscriptions",
    "verifying",
}
__all__ = ["InFlight", "KeyReused", "actions_for", "advance", "deliver_pending", "describe", "fingerprint", "once",
           "record", "timeline"]  # fmt: skip
_FROM_CORE = {"once", "fingerprint", "KeyReused", "InFlight"}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
    if name in _FROM_CORE:
        return getattr(importlib.import_module("foundation.core.idempotency"), name)
    if name in _MODULES:
        return importlib.import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
