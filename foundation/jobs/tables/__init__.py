"""Tables people send: CSV in any usual encoding and separator, XLSX; and the ones they get back.

What cannot be read is refused with one sentence (TableRefused) before anything is stored.
"""

from foundation.jobs.tables.reading import Line, Table, TableRefused, address, open_table
from foundation.jobs.tables.writing import csv_bytes, csv_lines, safe, xlsx_bytes

__all__ = [
    "Line", "Table", "TableRefused", "address", "csv_bytes", "csv_lines", "open_table", "safe", "xlsx_bytes",
]  # fmt: skip
