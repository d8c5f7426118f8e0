"""The pages of contracts, milestones and what came of a result."""

from tests.architecture.permissions.table import Entry
from tests.architecture.permissions.table import entry as e

READ, WRITE, BOTH = "GET", "POST", "GET POST"
REASON = {"reason": "因双方协商一致。", "form_token": ""}
SIGNATURE = {"sha256": "0" * 64, "may_sign": "on"}
TOLD = {"kind": "product", "on": "2026-01-05", "text": "已上市。"}
DECIDED = {"outcome": "accepted", "reason": "已测。"}
FIRST = "=1"  # place of a milestone in its contract


def act(route: str, rule: str, body: dict, number: str = "contract", **more: str) -> list[Entry]:
    """A page that either side opens, and who of them may act on it."""
    taken = {"number": number, **more}
    page = e(route, READ, f"{rule}: page", "counterparty", **taken)
    return [page, e(route, WRITE, rule, "counterparty", body=body, **taken)]


ENTRIES: list[Entry] = [
    e("challenges:contract_list", READ, "member"),
    e("challenges:award_detail", READ, "sees a contract of a challenge", "counterparty", number="contract"),
    e("challenges:milestone_detail", READ, "sees a contract of a challenge", "counterparty", number="contract",
      position=FIRST),
    *act("challenges:contract_terms", "agrees on a contract", {}, "contract_new"),
    *act("challenges:contract_sign", "agrees on a contract", SIGNATURE, "contract_new"),
    *act("challenges:outcome_tell", "agrees on a contract", TOLD),
    e("challenges:outcome_open_license", BOTH, "agrees on a contract: page", "counterparty", number="contract"),
    *act("challenges:contract_gate", "has the contract as a firm, by either", REASON),
    *act("challenges:contract_ask_end", "has the contract as a team, by either", REASON),
    *act("challenges:contract_promote", "ends a contract", {**REASON, "amount": "1000000.00"}),
    *act("challenges:contract_terminate", "ends a contract", REASON),
    *act("challenges:milestone_hand_in", "has the contract as a team", {"text": "报告。"}, position=FIRST),
    *act("challenges:milestone_begin", "has the contract as a firm", {}, position=FIRST),
    *act("challenges:milestone_decide", "has the contract as a firm", DECIDED, position=FIRST),
    *act("challenges:milestone_fail", "has the contract as a firm", REASON, position=FIRST),
]  # fmt: skip
