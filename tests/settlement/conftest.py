"""The owner of license fees, as settlement sees it; settlement's own tests need no license."""

import pytest

from foundation.core import handlers

FEE = "obligation.paid:license.fee"
OWNED = (":auction.deposit", ":auction.price", ":license.instalment")  # no lot, sale or license stands behind these
BOUNTY = ":challenge.bounty"


@pytest.fixture(autouse=True)
def owner_accepts(monkeypatch):
    """Whoever owns license fees accepts every payment; the calls are kept."""
    calls = []

    def accept(*, obligation, payment, now):
        calls.append((obligation.number, payment and payment.pk, now))
        return "accepted"

    monkeypatch.setitem(handlers._owners, FEE, accept)
    monkeypatch.setitem(handlers._owners, "obligation.may_release:license.fee", lambda *, obligation: True)
    monkeypatch.delitem(handlers._owners, "obligation.url:license.fee", raising=False)
    for key in [key for key in handlers._owners if key.endswith(OWNED)]:
        monkeypatch.delitem(handlers._owners, key)
    return calls


@pytest.fixture
def no_challenge(monkeypatch):
    """No challenge stands behind a bounty."""
    for key in [key for key in handlers._owners if key.endswith(BOUNTY)]:
        monkeypatch.delitem(handlers._owners, key)


@pytest.fixture
def owner_refuses(monkeypatch):
    """The owner does not want the money; call with the reason."""

    def refuse(reason="not_waiting"):
        monkeypatch.setitem(handlers._owners, FEE, lambda **facts: f"refused:{reason}")

    return refuse
