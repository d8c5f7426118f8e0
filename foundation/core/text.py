"""Text that people send, made safe to store: no NUL, no lone surrogates, no control or invisible characters."""

import re
import unicodedata

from django.utils.translation import gettext_lazy as _

from foundation.core.errors import Invalid

INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]")
BREAKS = re.compile(r"\r\n?|[\u2028\u2029\x85\v\f]")
HYPHENS = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")


class TextInvalid(Invalid):
    """The text cannot be stored as it is."""

    code = "text_invalid"


def clean_text(value: object, max_length: int | None = None, multiline: bool = False, identifier: bool = False) -> str:
    """The text without invisible characters, trimmed, in NFC (identifiers in NFKC, with plain hyphens, one line).

    Raises TextInvalid for characters nobody can see or store, for line breaks where one line is asked for, and for
    texts above ``max_length`` characters.
    """
    if not isinstance(value, str):
        raise TextInvalid(_("Enter a text."))
    if any(unicodedata.category(char) == "Cs" for char in value):
        raise TextInvalid(_("This text holds broken characters. Type it again."))
    text = BREAKS.sub("\n", INVISIBLE.sub("", value)).strip()
    if "\n" in text and not multiline:
        raise TextInvalid(_("This text must stand on one line."))
    if any(unicodedata.category(char) == "Cc" and char not in "\n\t" for char in text):
        raise TextInvalid(_("This text holds control characters. Type it again."))
    text = HYPHENS.sub("-", unicodedata.normalize("NFKC", text)) if identifier else unicodedata.normalize("NFC", text)
    if not multiline:
        text = " ".join(text.split())
    if max_length is not None and len(text) > max_length:
        raise TextInvalid(
            _("This text has {length} characters; at most {limit} are possible."), length=len(text), limit=max_length
        )
    return text
