"""The endpoints of contracts, milestones and what came of a result."""

from tests.architecture.permissions.table import Entry
from tests.architecture.permissions.table import entry as e

READ, WRITE = "GET", "POST"
REASON = {"reason": "因双方协商一致。"}
FIRST = "=1"  # place of a milestone in its contract
SEES = "sees a contract of a challenge"


def act(name: str, rule: str, body: dict, number: str = "contract", **more: str) -> Entry:
    """What is done with a contract, or with a milestone of it."""
    return e(f"api_challenge_{name}", WRITE, rule, "counterparty", body=body, number=number, **more)


ENTRIES: list[Entry] = [
    e("api_challenge_contracts", READ, "member"),
    e("api_challenge_contract", READ, SEES, "counterparty", number="contract"),
    e("api_challenge_milestone", READ, SEES, "counterparty", number="contract", position=FIRST),
    act("contract_texts", "agrees on a contract", {"sha256": "0" * 64, "milestones": []}, "contract_new"),
    act("contract_signatures", "agrees on a contract", {"sha256": "0" * 64, "may_sign": True}, "contract_new"),
    act("contract_outcomes", "agrees on a contract", {"kind": "product", "on": "2026-01-05", "text": "已上市。"}),
    act("contract_open_licenses", "agrees on a contract", {"patent": "@patent"}),
    act("contract_gate_choices", "has the contract as a firm, by either", REASON),
    act("contract_end_requests", "has the contract as a team, by either", REASON),
    act("contract_endings", "ends a contract", REASON),
    act("contract_reserves", "ends a contract", {**REASON, "amount": "1000000.00"}),
    act("deliverables", "has the contract as a team", {"text": "报告。"}, position=FIRST),
    act("acceptances", "has the contract as a firm", {}, position=FIRST),
    act("decisions", "has the contract as a firm", {"outcome": "accepted", "reason": "已测。"}, position=FIRST),
    act("failures", "has the contract as a firm", REASON, position=FIRST),
]
