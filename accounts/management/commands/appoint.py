"""Give a user an office by order of the system: the way in for the first officers."""

from django.core.management.base import BaseCommand, CommandError

from accounts import queries, roles, services
from accounts.models import City


class Command(BaseCommand):
    """`appoint EMAIL ROLE [--city CODE] [--office NAME]`; the user has signed up before."""

    help = "Appoint a user as an officer of the provincial administration."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("role", choices=[r.key for r in roles.for_kind("administration")])
        parser.add_argument("--city", default="", help="division code, for city officers")
        parser.add_argument("--office", default="省知识产权局", help="name, when it is founded")

    def handle(self, *args, email, role, city, office, **options):
        user = queries.user_by_email(email)
        if user is None:
            raise CommandError(f"{email} has no account")
        scope = City.objects.filter(code=city).first()
        if roles.ROLES[role].city_scoped and scope is None:
            raise CommandError(f"{role} needs --city with a known code")
        administration = services.found_administration(name=office)
        services.appoint(user=user, role=role, organization=administration, city=scope)
        self.stdout.write(f"{user.email}: {role}")
