"""Reading bank statements: camt.053 and camt.054, and the exports of Chinese banks and wallets."""

from settlement.statements.found import ReadLine, ReadStatement, StatementRefused
from settlement.statements.identity import line_keys
from settlement.statements.reading import MOST_BYTES, read

__all__ = ["MOST_BYTES", "ReadLine", "ReadStatement", "StatementRefused", "line_keys", "read"]
