"""Marks texts for translation in modules that import no Django: makemessages finds them, the page translates them."""


class Counted(str):
    """A marked text that counts something: the text itself is for many, ``one`` for one, chosen by the fact ``by``."""

    __slots__ = ("by", "one")

    one: str
    by: str


def _(text: str) -> str:
    """Return the text as it is; it is translated where it is shown."""
    return text


def ngettext(one: str, many: str, by: str) -> Counted:
    """Both forms of a text that counts the fact ``by``; the form is chosen and translated where it is shown."""
    made = Counted(many)
    made.one, made.by = one, by
    return made
