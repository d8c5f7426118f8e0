from django.db import migrations

APP_NOW = """
CREATE OR REPLACE FUNCTION app_now() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$
  SELECT coalesce(nullif(current_setting('kaixu.now', true), '')::timestamptz, clock_timestamp())
$$
"""


class Migration(migrations.Migration):
    """The one clock: what the session has set for demo, replay and tests, else the time of the wall."""

    dependencies = [("core", "0001_initial")]
    operations = [migrations.RunSQL(APP_NOW, "DROP FUNCTION app_now()")]
