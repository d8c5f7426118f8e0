from django.db import migrations

from foundation.core.dbguards import AppendOnly

STAMP = """
CREATE FUNCTION kaixu_event_stamp() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.xact := pg_current_xact_id()::text::bigint;
  RETURN NEW;
END $$;
CREATE FUNCTION kaixu_event_queue() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO audit_eventposition (event_id) VALUES (NEW.seq);
  RETURN NULL;
END $$;
CREATE TRIGGER kaixu_event_stamp BEFORE INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION kaixu_event_stamp();
CREATE TRIGGER kaixu_event_queue AFTER INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION kaixu_event_queue();
"""
STAMP_UNDO = """
DROP TRIGGER kaixu_event_queue ON audit_event;
DROP TRIGGER kaixu_event_stamp ON audit_event;
DROP FUNCTION kaixu_event_queue();
DROP FUNCTION kaixu_event_stamp();
"""
POSITION_ONCE = """
CREATE FUNCTION kaixu_position_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.position IS NULL AND NEW.event_id = OLD.event_id THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'the place of an event is given once' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER kaixu_position_once BEFORE UPDATE OR DELETE ON audit_eventposition
  FOR EACH ROW EXECUTE FUNCTION kaixu_position_once();
CREATE TRIGGER kaixu_position_kept BEFORE TRUNCATE ON audit_eventposition
  FOR EACH STATEMENT EXECUTE FUNCTION kaixu_append_only();
"""
POSITION_UNDO = """
DROP TRIGGER kaixu_position_kept ON audit_eventposition;
DROP TRIGGER kaixu_position_once ON audit_eventposition;
DROP FUNCTION kaixu_position_once();
"""


class Migration(migrations.Migration):
    """Events and seals are written once. The database notes which transaction wrote an event, and queues it."""

    dependencies = [("audit", "0001_initial"), ("core", "0002_clock")]
    operations = [
        AppendOnly("audit_event"),
        AppendOnly("audit_seal"),
        migrations.RunSQL(STAMP, STAMP_UNDO),
        migrations.RunSQL(POSITION_ONCE, POSITION_UNDO),
    ]
