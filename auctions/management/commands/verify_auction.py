"""Check the public record of a lot; the check itself is the module a stranger runs alone."""

import sys

from django.core.management.base import BaseCommand

from auctions import verify_record


class Command(BaseCommand):
    """``manage.py verify_auction FILE [--receipt FILE]``: exit 0 where everything fits, else 1."""

    help = "Recomputes winner and chain of a lot from its record; names missing or changed receipts."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("record")
        parser.add_argument("--receipt", action="append", default=[])

    def handle(self, *, record, receipt, **options):
        given = [record, *(part for path in receipt for part in ("--receipt", path))]
        if code := verify_record.main(given, write=self.stdout.write):
            sys.exit(code)
