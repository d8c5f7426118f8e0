"""`manage.py export_seal > seals.json`: what to keep outside, so that nobody can rewrite all of history unseen."""

import json

from django.core.management.base import BaseCommand

from foundation.audit import sealing
from foundation.core import clock


class Command(BaseCommand):
    help = "Print all seals as JSON; --now also seals everything up to this moment."

    def add_arguments(self, parser):
        parser.add_argument("--now", action="store_true", help="seal today so far, too")

    def handle(self, *args, **options):
        sealing.seal_days()
        if options["now"]:
            sealing.seal(clock.local_date(clock.machine_now()))
        self.stdout.write(json.dumps({"seals": sealing.exported()}, indent=1))
