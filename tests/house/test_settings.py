"""Settings: nothing guessed in production, nothing of the demo there, headers strict everywhere."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.cache import caches
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from marketplace import schedule
from marketplace.celery import app as celery
from marketplace.settings import environment

GIVEN = {
    "DJANGO_SETTINGS_MODULE": "marketplace.settings.production",
    "SECRET_KEY": "a-long-key-that-is-only-used-here-0123456789-abcdefghij",
    "KAIXU_FIELD_KEY": "another-long-key-that-is-only-used-here-0123456789",
    "DATABASE_URL": "postgresql://app:x@127.0.0.1:1/kaixu",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "ALLOWED_HOSTS": "kaixu.example",
    "KAIXU_PUBLIC_URL": "https://kaixu.example",
}


def production(*words: str, without: str = "", **more: str) -> subprocess.CompletedProcess:
    """A command under production settings, with no variable of ours but those given."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    given = {name: value for name, value in (GIVEN | more).items() if name != without}
    command = [sys.executable, *words]
    return subprocess.run(command, cwd=settings.BASE_DIR, env=kept | given, capture_output=True, text=True, check=False)


def test_the_deployment_check_finds_nothing() -> None:
    checked = production("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert (checked.returncode, checked.stderr) == (0, "")
    assert "no issues (0 silenced)" in checked.stdout


@pytest.mark.parametrize("name", sorted(set(GIVEN) - {"DJANGO_SETTINGS_MODULE", "ALLOWED_HOSTS"}))
def test_production_does_not_guess(name: str) -> None:
    refused = production("-c", "from django.conf import settings; settings.DEBUG", without=name)
    assert refused.returncode == 1
    assert f"Set the environment variable {name}." in refused.stderr


def test_production_has_no_demo_no_set_clock_no_play_money() -> None:
    names = ["KAIXU_DEMO", "KAIXU_CLOCK_MAY_BE_SET", "KAIXU_LOCKS_MAY_BE_OFF", "KAIXU_SANDBOX_BANK", "DEBUG"]
    code = "from django.conf import settings as s\n"
    code += f"print([getattr(s, n) for n in {names}], 'local.demo' in s.INSTALLED_APPS)"
    assert production("-c", code).stdout == "[False, False, False, False, False] False\n"


def test_the_command_line_runs_migrations_as_the_owner() -> None:
    code = "import sys; sys.argv = ['manage.py', 'migrate', '--help']\nimport manage\n"
    code += "try:\n manage.main()\nexcept SystemExit:\n pass\n"
    code += "from django.conf import settings; print(settings.DATABASES['default']['USER'], file=sys.stderr)"
    assert production("-c", code, DATABASE_OWNER_URL="postgresql://owner:y@127.0.0.1:1/kaixu").stderr == "owner\n"


@pytest.mark.parametrize(("value", "answer"), [("yes", True), ("0", False), ("TRUE", True), ("", False)])
def test_flags(monkeypatch: pytest.MonkeyPatch, value: str, answer: bool) -> None:
    monkeypatch.setenv("KAIXU_A_FLAG", value)
    assert environment.flag("KAIXU_A_FLAG", default=not answer) is answer


@pytest.mark.parametrize(
    ("read", "value"), [(environment.flag, "perhaps"), (lambda name: environment.number(name, 1), "1.5")]
)
def test_a_setting_that_cannot_be_read_is_named(monkeypatch: pytest.MonkeyPatch, read, value: str) -> None:
    monkeypatch.setenv("KAIXU_A_SETTING", value)
    with pytest.raises(ImproperlyConfigured, match="KAIXU_A_SETTING"):
        read("KAIXU_A_SETTING")


@pytest.mark.django_db
def test_pages_allow_no_inline_script_and_no_frame(client: Client) -> None:
    answer = client.get("/healthz")
    policy = dict(part.strip().partition(" ")[::2] for part in answer["Content-Security-Policy"].split(";"))
    assert (policy["default-src"], policy["script-src"], policy["style-src"]) == ("'none'", "'self'", "'self'")
    assert (policy["frame-ancestors"], answer["X-Frame-Options"]) == ("'none'", "DENY")
    assert "camera=()" in answer["Permissions-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_lost_redis_is_a_cache_miss_not_an_error() -> None:
    cache = caches.create_connection("default")
    away = type(cache)("redis://127.0.0.1:1/0", {"KEY_PREFIX": "away"})
    away.set("word", 1)
    assert (away.get("word"), away.get("word", "default"), away.get_many(["word"])) == (None, "default", {})
    assert (away.add("word", 1), away.delete("word"), away.has_key("word"), away.incr("word")) == (
        True,
        False,
        False,
        1,
    )


def test_every_row_of_the_schedule_names_a_task_that_exists() -> None:
    celery.loader.import_default_modules()
    assert sorted({task for _, task, _ in schedule.SCHEDULE} - set(celery.tasks)) == []
    assert len(schedule.beat()) == len(schedule.SCHEDULE)
