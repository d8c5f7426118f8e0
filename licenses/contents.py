"""What a terms version says, in one canonical text with its digest (pure).

The text is what both sides rely on: same content, same text, same SHA-256, whoever computes it. Keys are sorted,
there is no white space, characters stand for themselves, amounts are integer fen, dates ISO.
"""

import hashlib
import json

SCHEMA = 1

# Clauses that every open license carries; their wording stands in the contract template.
CLAUSES = (
    "ordinary_license",  # Patent Law Art. 51(3): never exclusive or sole
    "same_price_for_all",
    "no_sublicense",  # Patent Law Art. 12
    "notice_before_withdrawal_keeps_its_right_to_pay",  # Patent Law Art. 50(2)
    "effective_on_notice_and_payment",  # Patent Law Art. 51(1)
    "patentee_keeps_patent_alive",
)


def canonical(content: dict) -> str:
    """The one text of a content."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def digest(text: str) -> str:
    """SHA-256 of the canonical text in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def compose(*, declaration: str, patent: str, version: int, pricing: dict, terms: dict) -> dict:
    """The content of a terms version: which offer, what it costs, how long, what else."""
    return {
        "schema": SCHEMA,
        "declaration": declaration,
        "patent": patent,
        "version": version,
        "pricing": pricing,
        "clauses": list(CLAUSES),
        **terms,
    }
