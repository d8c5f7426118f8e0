"""The SQL of the guards: plain triggers without a way to switch them off from a session of the application.

Pure text; `dbguards` installs it by migration. Every refusal is a check violation, so Django raises IntegrityError.
"""
# ruff: noqa: S608


def quoted(text: str) -> str:
    """A SQL string literal."""
    return "'" + text.replace("'", "''") + "'"


def append_only_sql(table: str) -> str:
    """Refuse UPDATE, DELETE (row trigger) and TRUNCATE (statement trigger: row triggers let it through)."""
    return f"""
CREATE OR REPLACE FUNCTION kaixu_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'append only: % on % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER kaixu_append_only_rows BEFORE UPDATE OR DELETE ON "{table}"
  FOR EACH ROW EXECUTE FUNCTION kaixu_append_only();
CREATE TRIGGER kaixu_append_only_table BEFORE TRUNCATE ON "{table}"
  FOR EACH STATEMENT EXECUTE FUNCTION kaixu_append_only();
"""


def append_only_undo_sql(table: str) -> str:
    """Take the append-only guard off a table."""
    return f"""
DROP TRIGGER IF EXISTS kaixu_append_only_rows ON "{table}";
DROP TRIGGER IF EXISTS kaixu_append_only_table ON "{table}";
"""


def state_guard_sql(table: str, initial: str, pairs: list[tuple[str, str]]) -> str:
    """Refuse rows that start elsewhere, changes that are not in the table, and changes without an audit event.

    The last one is `recorded_guard_sql`.
    """
    lawful = ", ".join(f"({quoted(old)}, {quoted(new)})" for old, new in pairs) or "(NULL, NULL)"
    return f"""
CREATE OR REPLACE FUNCTION "kaixu_state_{table}"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state IS DISTINCT FROM {quoted(initial)} THEN
      RAISE EXCEPTION 'state: % cannot begin as %', TG_TABLE_NAME, NEW.state USING ERRCODE = 'check_violation';
    END IF;
  ELSIF NEW.state IS DISTINCT FROM OLD.state AND NOT ((OLD.state::text, NEW.state::text) IN ({lawful})) THEN
    RAISE EXCEPTION 'state: % cannot go from % to %', TG_TABLE_NAME, OLD.state, NEW.state
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER kaixu_state BEFORE INSERT OR UPDATE ON "{table}"
  FOR EACH ROW EXECUTE FUNCTION "kaixu_state_{table}"();
"""


def recorded_guard_sql(table: str, kind: str) -> str:
    """The deferred half of the state guard for rows of one kind ("licenses.license").

    At commit the same transaction must have recorded an event about this row with the same state before and after.
    PL/pgSQL binds late, so the events' table need not exist yet.
    """
    return f"""
CREATE OR REPLACE FUNCTION kaixu_state_is_recorded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM audit_event e
    WHERE e.subject_kind = TG_ARGV[0] AND e.subject_id = NEW.id
      AND e.xact = pg_current_xact_id()::text::bigint
      AND e.data -> 'before' ->> 'state' = OLD.state AND e.data -> 'after' ->> 'state' = NEW.state
  ) THEN
    RAISE EXCEPTION 'state: % % went from % to % without a record', TG_ARGV[0], NEW.id, OLD.state, NEW.state
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS kaixu_state_recorded ON "{table}";
CREATE CONSTRAINT TRIGGER kaixu_state_recorded AFTER UPDATE ON "{table}" DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state)
  EXECUTE FUNCTION kaixu_state_is_recorded({quoted(kind)});
"""


def state_guard_undo_sql(table: str) -> str:
    """Take the state guard off a table."""
    return f"""
DROP TRIGGER IF EXISTS kaixu_state ON "{table}";
DROP TRIGGER IF EXISTS kaixu_state_recorded ON "{table}";
DROP FUNCTION IF EXISTS "kaixu_state_{table}"();
"""


def makers_stay_sql(table: str, *, fixed: str, facts: str, approvers: str, open_in: str, approvals: str) -> str:
    """Refuse to make somebody else the maker of what waits for, or has, its approval; see `dbguards.MakersStay`.

    All arguments but the table are lists with commas; ``approvals`` are "old>new" pairs of states.
    """
    arguments = ", ".join(quoted(one) for one in (fixed, facts, approvers, open_in, approvals))
    return f"""
CREATE OR REPLACE FUNCTION kaixu_makers_stay() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  before jsonb := to_jsonb(OLD);
  after jsonb := to_jsonb(NEW);
  states text[] := string_to_array(TG_ARGV[3], ',');
  was_open boolean := coalesce(before ->> 'state' = ANY(states), false);
  is_open boolean := coalesce(after ->> 'state' = ANY(states), false);
  field text;
BEGIN
  FOREACH field IN ARRAY string_to_array(TG_ARGV[0], ',') LOOP
    IF after -> field <> before -> field THEN
      RAISE EXCEPTION 'four eyes: % of % does not change', field, TG_TABLE_NAME USING ERRCODE = 'check_violation';
    END IF;
  END LOOP;
  FOREACH field IN ARRAY string_to_array(TG_ARGV[1], ',') LOOP
    IF NOT was_open AND after -> field <> before -> field AND NOT (is_open AND after ->> field IS NULL) THEN
      RAISE EXCEPTION 'four eyes: % of % does not change now', field, TG_TABLE_NAME USING ERRCODE = 'check_violation';
    END IF;
  END LOOP;
  FOREACH field IN ARRAY string_to_array(TG_ARGV[2], ',') LOOP
    IF NOT was_open AND before ->> field IS NOT NULL AND after -> field <> before -> field THEN
      RAISE EXCEPTION 'four eyes: % of % stands', field, TG_TABLE_NAME USING ERRCODE = 'check_violation';
    END IF;
    IF (before ->> 'state') || '>' || (after ->> 'state') = ANY(string_to_array(TG_ARGV[4], ','))
      AND after ->> field IS NULL THEN
      RAISE EXCEPTION 'four eyes: % needs %', TG_TABLE_NAME, field USING ERRCODE = 'check_violation';
    END IF;
  END LOOP;
  RETURN NEW;
END $$;
CREATE TRIGGER kaixu_makers_stay BEFORE UPDATE ON "{table}"
  FOR EACH ROW EXECUTE FUNCTION kaixu_makers_stay({arguments});
"""


def makers_stay_undo_sql(table: str) -> str:
    """Take that guard off a table."""
    return f'DROP TRIGGER IF EXISTS kaixu_makers_stay ON "{table}";'
