"""The errors people get to read. One sentence for page, API and toast, in the reader's language."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.core.lifecycle import UnlawfulMove


class Shown(dict):
    """Format arguments; a name the template asks for and nobody gave stays readable."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


class DomainError(Exception):
    """A refusal with a sentence. Subclasses set ``code``, ``message`` and may set ``status`` and ``field``.

    ``raise BidTooLow(minimum=Money(100))`` fills ``{minimum}`` in the message; the same values are ``extra``.
    ``field`` names the form field the sentence stands beside and may be given per raise.
    """

    code = "refused"
    status = 409
    field: str | None = None
    message: Any = _("This is not possible.")

    def __init__(self, *, field: str | None = None, **values: Any):
        self.field = field or type(self).field
        self.extra = values
        Exception.__init__(self, self.code)

    @property
    def members(self) -> dict[str, Any]:
        """Further members of its problem document, for programs."""
        return {}

    @property
    def sentence(self) -> str:
        """The message in the language of now, with the values filled in."""
        values = {key: gettext(v) if isinstance(v, str) and v else v for key, v in self.extra.items()}
        return str(self.message).format_map(Shown(values))

    def __str__(self) -> str:
        return f"{self.code}: {self.sentence}"


class Invalid(DomainError):
    """Something that was sent is wrong: ``Invalid(_("Enter a date."), field="starts_on")``."""

    code, status = "invalid", 400
    message = _("This value is not valid.")

    def __init__(self, message: Any = None, *, field: str | None = None, **values: Any):
        super().__init__(field=field, **values)
        if message is not None:
            self.message = message


class InvalidMany(Invalid):
    """Several fields are wrong at once: ``InvalidMany({"fee": "…", "years": "…"})``."""

    def __init__(self, errors: Mapping[str, Any]):
        super().__init__()
        self.errors = dict(errors)


class NotAllowed(DomainError):
    """Visible, but not for this actor to do."""

    code, status = "not_allowed", 403
    message = _("You may not do this.")


class NotVisible(DomainError):
    """As if it did not exist."""

    code, status = "not_found", 404
    message = _("There is nothing at this address.")


class NotPossibleNow(DomainError, UnlawfulMove):
    """The lifecycle has no such move from the state it is in."""

    code = "not_possible_now"
    message = _("This is not possible in the present state: {state}.")

    def __init__(self, *, lifecycle: str, state: str, move: str, label: str = ""):
        DomainError.__init__(self, state=label or state, move=move)
        self.lifecycle, self.state, self.move = lifecycle, state, move


class StateChanged(DomainError):
    """Somebody else moved it first."""

    code = "state_changed"
    message = _("Somebody changed this a moment ago. Look at it again.")


class Unavailable(DomainError):
    """The database is away, or starts again."""

    code, status = "unavailable", 503
    message = _("The service does not answer for a moment. What was not confirmed has not been stored: try again.")


class Busy(DomainError):
    """A lock was not free in time, or the database is short of something: try again."""

    code, status = "busy", 503
    message = _("The system is busy. Please try again in a moment.")
