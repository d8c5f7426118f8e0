"""A bid on the lot of a number as one database call."""

from django.db import migrations

from auctions import number_sql


class Migration(migrations.Migration):
    dependencies = [("auctions", "0010_quick_overbids_tell_nobody")]

    operations = [migrations.RunSQL(number_sql.INSTALL, number_sql.REMOVE)]
