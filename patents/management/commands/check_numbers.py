"""`manage.py check_numbers < numbers.txt`: one JSON object a line for every number, in any notation."""

import json
import sys

from django.core.management.base import BaseCommand

from patents import numbers

LONGEST_LINE = 4_096  # bytes read of one line; the rest of a longer line is skipped


def lines(stream):
    """The lines of a byte stream, each cut at LONGEST_LINE, whatever its length."""
    while piece := stream.readline(LONGEST_LINE):
        rest = piece
        while not rest.endswith(b"\n") and (rest := stream.readline(LONGEST_LINE)):
            pass
        yield piece.rstrip(b"\r\n").decode("utf-8", errors="replace")


class Command(BaseCommand):
    """Reads standard input to its end: one answer for every line. Empty lines and what is no UTF-8 are malformed."""

    help = "Check patent numbers from standard input, one a line; prints one JSON object a line."
    requires_system_checks = []

    def handle(self, *args, **options):
        for text in lines(sys.stdin.buffer):
            self.stdout.write(json.dumps(numbers.verdict(text.removeprefix("\ufeff")), ensure_ascii=False))
