"""A bid by a token of the API as one database call."""

from django.db import migrations

from auctions import token_sql


class Migration(migrations.Migration):
    dependencies = [("auctions", "0006_second_persons"), ("knox", "0009_extend_authtoken_field")]

    operations = [migrations.RunSQL(token_sql.INSTALL, token_sql.REMOVE)]
