"""`manage.py verify_audit [--seal FILE]`: is history as it was written?"""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from foundation.audit import verifying
from foundation.audit.models import Event, Seal


class Command(BaseCommand):
    help = "Recompute the chains and seals of all events; exit 1 and name the first that does not fit."

    def add_arguments(self, parser):
        parser.add_argument("--seal", type=Path, help="a file written earlier by export_seal, kept elsewhere")

    def handle(self, *args, **options):
        earlier = self._read(options["seal"]) if options["seal"] else None
        found = []
        if broken := verifying.first_broken_event():
            event, what = broken
            found.append(f"event {event.seq} ({event.name}, {event.subject}): {what}")
        found += verifying.broken_seals(earlier)
        if found:
            raise CommandError("\n".join(found), returncode=1)
        self.stdout.write(f"{Event.objects.count()} events and {Seal.objects.count()} seals are as they were written")

    def _read(self, path: Path) -> list[dict]:
        try:
            seals = json.loads(path.read_text())["seals"]
            return [{name: seal[name] for name in ("date", "head", "previous_hash", "hash")} for seal in seals]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise CommandError(f"{path} holds no exported seals: {error}", returncode=2) from error
