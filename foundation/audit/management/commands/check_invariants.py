"""`manage.py check_invariants`: does every promise hold?"""

import json
import sys

from django.core.management.base import BaseCommand

from foundation.audit import invariants


class Command(BaseCommand):
    help = "Run the SQL of every invariant; print id, sentence and rows of those that are broken; exit 1 if any is."

    def add_arguments(self, parser):
        parser.add_argument("ids", nargs="*", help="only these, for example I15 I17")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args, **options):
        found = invariants.check(set(options["ids"]))
        if options["json"]:
            self.stdout.write(json.dumps([self._plain(finding) for finding in found], default=str))
        else:
            for finding in found:
                self.stdout.write(
                    f"{finding.invariant.id} broken by {finding.count} rows: {finding.invariant.sentence}"
                )
                for row in finding.rows:
                    self.stdout.write("  " + ", ".join(f"{name}={value}" for name, value in row.items()))
            if not found:
                self.stdout.write(f"{len(invariants.everything())} invariants hold")
        if found:
            sys.exit(1)

    def _plain(self, finding: invariants.Finding) -> dict:
        return {
            "id": finding.invariant.id,
            "sentence": finding.invariant.sentence,
            "count": finding.count,
            "rows": finding.rows,
        }
