"""Translations: every app keeps its own part, the site reads one file.

`merge` makes locale/<language>/LC_MESSAGES/django.po from the parts, `check` names what is not translated,
`compile` makes the .mo files. English is the language of the source: its parts hold plural forms at most.
"""

import fcntl
import shutil
import subprocess
import sys
from pathlib import Path

import polib

REPOSITORY = Path(__file__).resolve().parents[1]
LOCALE = REPOSITORY / "locale"
PLURALS = {"zh_Hans": "nplurals=1; plural=0;", "en": "nplurals=2; plural=(n != 1);"}
SOURCES = "{language}/LC_MESSAGES/django.po"
IGNORED = [".venv", "node_modules", ".local", "static", "staticfiles", "tests", "bench", "local"]


def header(language: str) -> dict[str, str]:
    """The header of a catalogue."""
    return {
        "Project-Id-Version": "kaixu",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[language],
    }


def key(entry: polib.POEntry) -> tuple[str | None, str]:
    """What a translation is found by."""
    return entry.msgctxt, entry.msgid


def merge(language: str) -> tuple[polib.POFile, list[str]]:
    """(one catalogue from all parts, sorted; what two parts translate differently)."""
    merged = polib.POFile(wrapwidth=110)
    merged.metadata = header(language)
    found: dict[tuple[str | None, str], polib.POEntry] = {}
    clashes = []
    for part in sorted((LOCALE / language / "parts").glob("*.po")):
        for entry in polib.pofile(str(part)):
            if entry.obsolete:
                continue
            first = found.setdefault(
                key(entry),
                polib.POEntry(
                    msgctxt=entry.msgctxt,
                    msgid=entry.msgid,
                    msgid_plural=entry.msgid_plural,
                    msgstr=entry.msgstr,
                    msgstr_plural=entry.msgstr_plural,
                    flags=[flag for flag in entry.flags if flag == "fuzzy"],
                    comment=part.stem,
                ),
            )
            if (first.msgstr, first.msgstr_plural) != (entry.msgstr, entry.msgstr_plural):
                clashes.append(
                    f"{part.name} and {first.comment}.po differ: {entry.msgid[:70]!r}: "
                    f"{entry.msgstr!r}, {first.msgstr!r}"
                )
            if entry.msgid_plural and not first.msgid_plural:
                first.msgid_plural, first.msgstr_plural, first.msgstr = entry.msgid_plural, entry.msgstr_plural, ""
    merged.extend(found[which] for which in sorted(found, key=lambda which: (which[1], which[0] or "")))
    path = LOCALE / SOURCES.format(language=language)
    path.parent.mkdir(parents=True, exist_ok=True)
    merged.save(str(path))
    return merged, clashes


def in_the_source() -> polib.POFile:
    """Every string that the code and the templates mark, with its place (needs xgettext)."""
    path = LOCALE / "source" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "manage.py", "makemessages", "-l", "source", "-v", "0", "--no-wrap"]
    ignore = [word for name in IGNORED for word in ("-i", name)]
    try:
        subprocess.run([*command, *ignore], cwd=REPOSITORY, check=True)
        return polib.pofile(str(path))
    finally:
        shutil.rmtree(LOCALE / "source")


def missing(merged: polib.POFile) -> list[str]:
    """What a reader of Chinese would meet in English, each with its place."""
    done = {key(entry): entry for entry in merged}
    found = []
    for entry in in_the_source():
        ours = done.get(key(entry))
        place = ":".join(entry.occurrences[0]) if entry.occurrences else "?"
        if ours is None or not (ours.msgstr or any(ours.msgstr_plural.values())):
            found.append(f"{place}: not translated: {entry.msgid!r}")
        elif ours.fuzzy:
            found.append(f"{place}: fuzzy: {entry.msgid!r}")
    return found


def compile_all() -> None:
    """The .mo files beside every django.po."""
    for path in LOCALE.glob("*/LC_MESSAGES/*.po"):
        polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))


def main() -> int:
    """1 where `check` finds something."""
    what = sys.argv[1] if len(sys.argv) > 1 else "merge"
    with (REPOSITORY / ".venv" / "messages.lock").open("a") as lock:  # one at a time: all write the same files
        fcntl.flock(lock, fcntl.LOCK_EX)
        return merge_and_report(what)


def merge_and_report(what: str) -> int:
    """1 where something is not translated and `what` is "check"; `compile` reports nothing."""
    done = {language: merge(language) for language in PLURALS if (LOCALE / language / "parts").exists()}
    compile_all()
    if what == "compile":
        return 0
    if what != "check":
        print(", ".join(f"{language}: {len(entries)} strings" for language, (entries, _clashes) in done.items()))
    found = [clash for _entries, clashes in done.values() for clash in clashes] + missing(done["zh_Hans"][0])
    print("\n".join(found) if found else "every string is translated")
    return 1 if found and what == "check" else 0


if __name__ == "__main__":
    sys.exit(main())
