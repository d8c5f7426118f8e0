"""Load the demo province: `--small` at once, `--rest` as a background job that the site shows."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from foundation.jobs import services as jobs
from foundation.jobs.models import Job
from local.demo import cast, province
from local.demo.wiring import KIND


class Command(BaseCommand):
    """Refused outside local settings: nothing fictional reaches a real province."""

    help = "Loads the fictional demo province by calling the services."
    requires_system_checks = []

    def add_arguments(self, parser):
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--small", action="store_true", help="ten declarations and five licenses")
        which.add_argument("--rest", action="store_true", help="the rest, as a background job")

    def handle(self, *args, **options):
        if not settings.KAIXU_DEMO:
            raise CommandError("The demo province is loaded under local settings only.")
        if options["small"]:
            province.load_small()
            return
        if not Job.objects.filter(kind=KIND).exclude(state__in=["failed", "cancelled"]).exists():
            jobs.start(kind=KIND, actor=cast.officer())
