"""Which line is which: the key by which a line is known again in another file."""

import hashlib
from collections import Counter
from collections.abc import Iterable

from settlement.statements.found import ReadLine


def line_keys(lines: Iterable[ReadLine]) -> list[str]:
    """A key for each line of one statement: the bank's own id with day and amount, else all facts; equal ones counted.

    The same file, or one that overlaps by whole days, gives the same keys. The bank's id alone is not enough: batches
    and refunds share one, and losing a line would be worse than keeping two.
    """
    seen: Counter[str] = Counter()
    keys = []
    for line in lines:
        facts = [line.booked_on.isoformat(), str(line.amount.fen), line.amount.currency]
        if line.transaction_id:
            facts.insert(0, line.transaction_id)
        else:
            moment = line.booked_at.isoformat() if line.booked_at else ""
            balance = "" if line.balance_fen is None else str(line.balance_fen)
            facts += [moment, line.end_to_end_id, line.name, line.account, line.text, balance]
        digest = hashlib.sha256("\x1f".join(facts).encode()).hexdigest()[:48]
        seen[digest] += 1
        keys.append(f"{digest}:{seen[digest]}")
    return keys
