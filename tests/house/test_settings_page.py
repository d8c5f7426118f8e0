"""docs/operations/settings.md names every variable that the code reads, and no other."""

import re

from django.conf import settings

READ = re.compile(
    r"(?:env|environment)\.(?:text|flag|number|words|required)\(\s*\"([A-Z_]+)\""
    r"|environ(?:\.get\(|\.setdefault\(|\[)\"([A-Z_]+)\""
    r"|\$\{([A-Z_]+):"
)
FOREIGN = {"CI", "PATH", "PYTEST_XDIST_WORKER", "DJANGO_SETTINGS_MODULE", "PYTHONDONTWRITEBYTECODE"}
WHERE = [
    "marketplace/settings/*.py",
    "marketplace/schedule.py",
    "manage.py",
    "local/*.py",
    "tests/conftest.py",
    "bin/python",
]


def read_by_the_code() -> set[str]:
    """Every variable that settings, set-up and tests read."""
    found: set[str] = set()
    for pattern in WHERE:
        for path in settings.BASE_DIR.glob(pattern):
            for match in READ.finditer(path.read_text()):
                found.add(next(filter(None, match.groups())))
    return found - FOREIGN


def test_the_page_names_every_variable_and_no_other() -> None:
    page = (settings.BASE_DIR / "docs" / "operations" / "settings.md").read_text()
    rows = "\n".join(line.split("|")[1] for line in page.splitlines() if line.startswith("| `"))
    assert set(re.findall(r"`([A-Z_]+)`", rows)) == read_by_the_code()
