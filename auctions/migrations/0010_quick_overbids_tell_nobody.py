"""A bid is delivered to its subscribers where it ends a lead of a minute; the function is put in once more."""

from django.db import migrations

from auctions import floor_sql


class Migration(migrations.Migration):
    dependencies = [("auctions", "0009_claims_and_costs")]

    operations = [migrations.RunSQL(floor_sql.RENEW, migrations.RunSQL.noop)]
