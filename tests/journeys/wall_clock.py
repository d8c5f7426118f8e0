"""Days that pass in a moment: the clock of a whole running site is put forward, and goes on from there.

`core.clock.at` holds one connection at one moment. A journey needs the web, the worker and the beat to live on the
same later day, so the database's ``app_now()`` itself is replaced: only the owner of a test database may do that, and
the next copy of the template has the true one again.
"""

from datetime import datetime, timedelta

import psycopg2

from foundation.core.clock import database_now

FORWARD = """
CREATE OR REPLACE FUNCTION app_now() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$
  SELECT coalesce(nullif(current_setting('kaixu.now', true), '')::timestamptz,
                  clock_timestamp() + interval '{seconds} seconds')
$$
"""


class WallClock:
    """The clock on the wall of one test database."""

    def __init__(self, owner_url: str) -> None:
        self.owner_url = owner_url
        self.ahead = timedelta(0)

    def forward(self, by: timedelta) -> None:
        """Every process lives this much later from its next statement on."""
        if by <= timedelta(0):
            raise ValueError("time does not go back")
        self.ahead += by
        with psycopg2.connect(self.owner_url) as link, link.cursor() as cursor:
            cursor.execute(FORWARD.format(seconds=self.ahead.total_seconds()))

    def until(self, moment: datetime, *, before: timedelta = timedelta(0)) -> None:
        """Go on until this moment, or so much before it; a moment that is over is no error."""
        by = moment - before - database_now()
        if by > timedelta(0):
            self.forward(by)
