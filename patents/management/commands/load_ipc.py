"""`manage.py load_ipc FILE`: the full official classification from a CSV file (symbol,zh,en)."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from patents.models import IpcSymbol
from patents.reference import loading


class Command(BaseCommand):
    """Inserts or replaces sections, classes and subclasses; nothing is written where a line is wrong."""

    help = "Load the International Patent Classification from a CSV file with the header symbol,zh,en."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    @transaction.atomic
    def handle(self, *args, **options):
        try:
            count = loading.store(IpcSymbol, loading.read(options["file"]))
        except (OSError, UnicodeDecodeError, loading.RowInvalid) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{count} symbols")
