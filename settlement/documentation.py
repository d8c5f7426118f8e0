"""The pages of docs/ that are made from the chart of accounts."""

from foundation.audit import documentation
from settlement import chart

LEDGER = "domain/ledger.md"


def ledger_page() -> str:
    """Accounts, kinds of movements, purposes."""
    rows = [
        "# The ledger",
        "",
        "Client money lies in a bank's supervised account; the ledger mirrors it. Entries are only added,",
        "each balanced by a database trigger at commit; corrections are reversals. Sub-accounts are made of",
        "party and business object.",
        "",
        "## Accounts",
        "",
        "| account | name | type | client money |",
        "|---|---|---|---|",
    ]
    for account in chart.ACCOUNTS.values():
        rows.append(f"| {account.code} | {account.name} | {account.type} | {'yes' if account.client else ''} |")
    rows += ["", "1001 plus 1131 (as debits) equals the sum of all client money, always.", ""]
    rows += ["## Movements", "", "| kind | debits | credits | what happened |", "|---|---|---|---|"]
    for one in chart.MOVEMENTS.values():
        sides = [" ".join(codes) if len(codes) < len(chart.ACCOUNTS) else "any" for codes in (one.debits, one.credits)]
        rows.append(f"| {one.kind} | {sides[0]} | {sides[1]} | {one.sentence} |")
    rows += ["", "## Purposes of obligations", "", "| purpose | held in | received | released | refunded | rules |"]
    rows.append("|---|---|---|---|---|---|")
    for purpose in chart.PURPOSES.values():
        kinds = (purpose.received, purpose.released, purpose.refunded)
        cells = (purpose.key, purpose.held_in, *kinds, ", ".join(_rules_of(purpose)))
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows) + "\n"


def _rules_of(purpose: chart.Purpose) -> list[str]:
    """What is special about a purpose, in words."""
    words = [
        (purpose.partial, "part payments"),
        (purpose.late, "may be paid late"),
        (purpose.late_fee, f"late fee: {purpose.late_fee}"),
        (purpose.due_kind, f"memo: {purpose.due_kind}, {purpose.settled_kind}"),
        (purpose.hold, "becomes a hold"),
        (purpose.in_parts, "used in parts"),
        (purpose.applied, f"set off: {purpose.applied}"),
        (purpose.forfeited, f"forfeit: {purpose.forfeited}"),
        (purpose.expired, f"expiry: {purpose.expired}"),
    ]
    return [text for holds, text in words if holds]


def install() -> None:
    """Let `manage.py write_docs` make the page."""
    documentation.register(LEDGER, ledger_page)
