"""What every endpoint of the API shares."""

from foundation.core.paging import Cursor, NewestFirst
from foundation.core.parsers import StrictJSONParser
from foundation.core.problems import Handler, Problem
from foundation.core.repeats import Idempotent

__all__ = ["Cursor", "Handler", "Idempotent", "NewestFirst", "Problem", "StrictJSONParser"]
