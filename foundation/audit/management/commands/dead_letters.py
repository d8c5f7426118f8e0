"""`manage.py dead_letters [--revive [SUBSCRIBER]]`: deliveries that were given up."""

from django.core.management.base import BaseCommand

from foundation.audit import delivery
from foundation.audit.models import Delivery


class Command(BaseCommand):
    help = "List deliveries that were given up; --revive lets them be tried again (all, or those of one subscriber)."

    def add_arguments(self, parser):
        parser.add_argument("--revive", nargs="?", const="", metavar="SUBSCRIBER")

    def handle(self, *args, **options):
        if options["revive"] is not None:
            self.stdout.write(f"{delivery.revive(options['revive'] or None)} will be tried again")
            return
        for dead in Delivery.objects.filter(state=Delivery.State.DEAD).select_related("event").order_by("id"):
            self.stdout.write(f"{dead.event} to {dead.subscriber}: {dead.last_error}")
