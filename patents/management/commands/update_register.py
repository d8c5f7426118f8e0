"""`manage.py update_register FILE`: newer register data for patents that are here, from a CSV or XLSX file."""

from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from foundation.core.actors import SYSTEM
from foundation.core.clock import database_now, local_date
from foundation.core.errors import DomainError
from foundation.jobs.tables import Line, TableRefused, open_table
from patents import services
from patents.importing import cells, columns, rows
from patents.importing.building import FACTS
from patents.models import Patent


class Command(BaseCommand):
    """The columns of a portfolio file: number, facts, day. Nothing is written if a row is wrong."""

    help = "Take over legal status, fees and encumbrances as of a day for patents that are registered here."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    @transaction.atomic
    def handle(self, *args, **options):
        try:
            table = open_table(options["file"].read_bytes())
        except (OSError, TableRefused) as error:
            raise CommandError(str(error)) from error
        places: dict[str, int] = {}
        done = missing = 0
        for line in table.lines(0):
            if not places:
                places, _twice = columns.recognise(line.cells)
                continue
            if self.take_over(line, places):
                done += 1
            else:
                missing += 1
        if "number" not in places:
            raise CommandError("The header row must hold the patent number.")
        self.stdout.write(f"{done} patents updated, {missing} not registered here")

    def take_over(self, line: Line, places: dict[str, int]) -> bool:
        """One row; whether the patent is here."""
        try:
            said = {
                key: rows.READERS[key](line.cells[place])
                for key, place in places.items()
                if key in WANTED and place < len(line.cells)
            }
            patent = Patent.objects.filter(number=said.get("number")).first()
            if patent is None:
                return False
            as_of = said.get("as_of")
            services.update_facts(
                patent=patent,
                facts={name: said[name] for name in FACTS if said.get(name)},
                as_of=date.fromisoformat(as_of) if as_of else local_date(database_now()),
                annual_fee_year=said.get("annual_fee_year"),
                actor=SYSTEM,
            )
        except (cells.CellInvalid, DomainError) as error:
            raise CommandError(f"row {line.number}: {error}") from error
        return True


WANTED = {"number", "as_of", "annual_fee_year", *FACTS}
