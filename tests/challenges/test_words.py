"""One challenge is 榜题 in Chinese, the list it stands in 榜单; a team in reserve is 候补."""

import re
from pathlib import Path

import polib
from django.conf import settings

PARTS = Path(settings.BASE_DIR) / "locale/zh_Hans/parts"
ONE, LIST = re.compile(r"\bchallenge\b", re.I), re.compile(r"\b(list|season|call)", re.I)


def translations():
    """(English, Chinese in all its forms) of the market of challenges."""
    for path in sorted(PARTS.glob("challenges_*.po")):
        for entry in polib.pofile(str(path)):
            yield entry.msgid, entry.msgstr or "".join(entry.msgstr_plural.values())


def test_one_challenge_is_never_called_the_list_nor_a_reserve_by_two_names():
    found = list(translations())
    assert sum("榜题" in chinese for _english, chinese in found) > 100
    assert [one for one in found if ONE.search(one[0]) and not LIST.search(one[0]) and "榜单" in one[1]] == []
    assert [one for one in found if "备选" in one[1]] == []
