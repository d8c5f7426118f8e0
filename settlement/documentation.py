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
    rows += ["", "## Purposes of obligations", "", "| purpose | held in | received | released | refunded |"]
    rows.append("|---|---|---|---|---|")
    for purpose in chart.PURPOSES.values():
        cells = (purpose.key, purpose.held_in, purpose.received, purpose.released, purpose.refunded)
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows) + "\n"


def install() -> None:
    """Let `manage.py write_docs` make the page."""
    documentation.register(LEDGER, ledger_page)
