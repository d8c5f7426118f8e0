"""Replay recorded auctions through the services."""

import json
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from auctions.replaying import files
from auctions.replaying.play import replay

EVERY = 100


class Command(BaseCommand):
    """``manage.py replay_auctions FILE [--items FILE] [--json]``; refused where the clock cannot be set."""

    help = "Replays recorded bids (CSV) on set clocks; leaves a season with its lots, deposits and bids."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--items", type=Path, help="the auctions, where the file of bids does not describe them")
        parser.add_argument("--limit", type=int, help="only the first so many auctions")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *, file, items, limit, json: bool, **options):
        try:
            report = replay(files.read(file, items)[:limit], tell=self._tell).as_dict()
        except (files.Unreadable, OSError, UnicodeDecodeError, ImproperlyConfigured) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(as_json(report) if json else "\n".join(f"{name}: {value}" for name, value in report.items()))

    def _tell(self, done: int, of: int) -> None:
        if done % EVERY == 0 or done == of:
            self.stderr.write(f"{done} of {of} auctions")


def as_json(report: dict) -> str:
    """One line."""
    return json.dumps(report)
