"""What somebody is typing, as a page sends it to be kept; and the answer the page shows."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext

from foundation.core.display import moment
from foundation.jobs.models import Draft

LONGEST, LONGEST_NAME, DIGITS = 20_000, 60, 9
OF_THE_PAGE = ("csrfmiddlewaretoken", "version", "form_token")


def typed_of(request: HttpRequest) -> dict[str, str]:
    """What stands in the fields, as it stands there."""
    return {
        name: request.POST[name][:LONGEST].replace("\x00", "")
        for name in request.POST
        if name not in OF_THE_PAGE and len(name) < LONGEST_NAME
    }


def version_of(request: HttpRequest) -> int:
    """The version of the draft the page was made from; -1 where none is said, which is never the latest."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= DIGITS else -1


def said(draft: Draft) -> dict[str, Any]:
    """The answer to an autosave."""
    return {
        "saved": gettext("Saved %(time)s") % {"time": moment(draft.saved_at, seconds=True)},
        "version": draft.version,
    }
