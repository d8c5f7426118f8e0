"""`manage.py write_docs [--check]`: the pages of docs/ that are made from the tables."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from foundation.audit import documentation


class Command(BaseCommand):
    help = "Write the made pages of docs/; --check only says which are stale, and exits 1."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true")

    def handle(self, *args, **options):
        folder = Path(settings.BASE_DIR) / "docs"
        stale = [
            (folder / path, text)
            for path, text in documentation.pages().items()
            if not (folder / path).exists() or (folder / path).read_text() != text
        ]
        if options["check"] and stale:
            names = ", ".join(str(path.relative_to(folder)) for path, _text in stale)
            raise CommandError(f"stale: {names}. Run manage.py write_docs.", returncode=1)
        for path, text in stale:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
            self.stdout.write(f"wrote {path.relative_to(folder)}")
