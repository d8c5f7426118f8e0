"""A little model with a lifecycle, for the tests of the ground; its table is made by the owner, guards and all."""

from enum import StrEnum

import psycopg2
import rules
from django.conf import settings
from django.db import models
from psycopg2 import sql

from foundation.core import guards
from foundation.core.actors import Actor
from foundation.core.lifecycle import Lifecycle
from foundation.core.models import Stamped, Stateful
from local import roles


class State(StrEnum):
    OFF = "off"
    ON = "on"
    BROKEN = "broken"


LAMP = Lifecycle(
    "lamp",
    State,
    State.OFF,
    [
        ("switch_on", State.OFF, State.ON, "keeper", "Switch on"),
        ("switch_off", State.ON, State.OFF, ("keeper", "clock"), "Switch off"),
        ("wear_out", (State.OFF, State.ON), State.BROKEN, "clock", "Wear out"),
    ],
    labels={State.OFF: "Unlit lamp", State.ON: "Lit lamp", State.BROKEN: "Broken lamp"},
)


class Lamp(Stateful, Stamped):
    LIFECYCLE = LAMP

    number = models.CharField(max_length=20, blank=True)
    watts = models.IntegerField(default=10)

    class Meta:
        app_label = "trials"
        db_table = "trials_lamp"

    def __str__(self):
        return self.number


KEEPER = Actor(user_id=7, organization_id=3, role="keeper", label="Lin")
STRANGER = Actor(user_id=8, organization_id=4, role="guest", label="Wu")

if not rules.rule_exists("trials.keeper"):
    rules.add_rule("trials.keeper", rules.predicate(lambda actor, lamp: actor.role == "keeper"))

TABLE = """
CREATE TABLE IF NOT EXISTS trials_lamp (
  id bigserial PRIMARY KEY, state varchar(40) NOT NULL, state_since timestamptz NOT NULL,
  created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL, number varchar(20) NOT NULL, watts int NOT NULL
)
"""


def make_table(owner_url: str) -> None:
    """Make the table, once per database."""
    connection = psycopg2.connect(owner_url)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT to_regclass('trials_lamp')")
            if cursor.fetchone()[0] is None:
                cursor.execute(TABLE)
                cursor.execute(
                    LAMP.as_trigger_sql("trials_lamp") + guards.recorded_guard_sql("trials_lamp", "trials.lamp")
                )
                app = sql.Identifier(roles.role_of(settings.SERVERS.app))
                rights = "GRANT SELECT, INSERT, UPDATE, DELETE ON trials_lamp TO {}; "
                rights += "GRANT USAGE ON SEQUENCE trials_lamp_id_seq TO {}"
                cursor.execute(sql.SQL(rights).format(app, app))
    finally:
        connection.close()
