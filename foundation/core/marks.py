"""Marks texts for translation in modules that import no Django: makemessages finds them, the page translates them."""


def _(text: str) -> str:
    """Return the text as it is; it is translated where it is shown."""
    return text
