"""Signals in words: the rule, the paddles, the evidence; and what an officer can do about a running lot."""

from django.urls import reverse
from django.utils.translation import gettext

from auctions import collusion_rules
from auctions.lifecycle import LotState
from auctions.models import Lot, Signal
from auctions.queries import suspicions
from foundation.core.display import money
from foundation.core.money import Money

BEFORE_THE_END = (LotState.ANNOUNCED, LotState.REGISTRATION_OPEN, LotState.LIVE, LotState.PAUSED)
UNKNOWN = collusion_rules.Rule("", "", "")


def shown(signal: Signal) -> dict:
    """A signal for the page, in the language of now."""
    rule = collusion_rules.RULES.get(signal.rule, UNKNOWN)
    evidence = dict(signal.evidence)
    if "difference_fen" in evidence:
        evidence["difference"] = money(Money(evidence["difference_fen"]))
    return {
        "signal": signal,
        "title": gettext(rule.title) if rule.title else signal.rule,
        "sentence": gettext(rule.sentence).format_map(evidence) if rule.sentence else "",
        "harmless": gettext(rule.harmless) if rule.harmless else "",
        "paddles": [{"lot": lot, "paddle": paddle, "url": _page(lot)} for lot, paddle in signal.paddles],
        "note_url": reverse("auctions:signal_note", args=[signal.pk]),
    }


def _page(number: str) -> str:
    return reverse("auctions:lot_replay", args=[number])


def rules() -> list[dict]:
    """The table of rules for the page that explains them."""
    return [
        {"label": gettext(rule.title), "value": gettext(rule.sentence).replace("{", "").replace("}", "")}
        for rule in collusion_rules.RULES.values()
    ]


def conduct(lot: Lot) -> list[dict]:
    """What an officer can do about a lot now: the first one is the most likely."""
    found = []
    if lot.state == LotState.LIVE:
        found.append((gettext("Pause the bidding"), "lot_pause", "danger"))
    if lot.state == LotState.PAUSED:
        found += [(gettext("Resume the bidding"), "lot_resume", "primary"),
                  (gettext("Call the bidding off"), "lot_call_off", "danger")]  # fmt: skip
    if lot.state in BEFORE_THE_END:
        found.append((gettext("Disqualify a bidder"), "lot_disqualify", ""))
    found.append((gettext("Signals of collusion"), "lot_signals", ""))
    if suspicions.has_ended(lot):
        found.append((gettext("Look behind the paddles"), "lot_identities", ""))
    return [{"label": label, "url": reverse(f"auctions:{name}", args=[lot.number]), "tone": tone}
            for label, name, tone in found]  # fmt: skip
