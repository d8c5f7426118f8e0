from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db import connection

from foundation.core import clock
from foundation.core.models import Holiday, KeptAnswer

YEAR_END = datetime(2025, 12, 31, 16, tzinfo=UTC)


@pytest.mark.django_db
def test_the_database_clock_runs_within_a_transaction():
    first = clock.database_now()
    assert clock.database_now() > first
    assert abs(first - clock.machine_now()) < timedelta(seconds=5)


@pytest.mark.django_db
def test_the_clock_can_be_set_and_goes_back():
    with clock.at(YEAR_END):
        assert clock.database_now() == YEAR_END == clock.stamp()
        with clock.at(YEAR_END + timedelta(days=1)):
            assert clock.database_now() == YEAR_END + timedelta(days=1)
        assert clock.database_now() == YEAR_END
    assert clock.database_now() > YEAR_END + timedelta(days=300)


@pytest.mark.django_db
def test_the_clock_goes_back_after_an_error():
    with pytest.raises(ZeroDivisionError), clock.at(YEAR_END):
        _ = 1 / 0
    assert clock.database_now() != YEAR_END


@pytest.mark.django_db
def test_production_refuses_to_set_the_clock(settings):
    settings.KAIXU_CLOCK_MAY_BE_SET = False
    with pytest.raises(ImproperlyConfigured), clock.at(YEAR_END):
        pass


def test_the_day_and_its_end_are_those_of_shanghai():
    assert clock.local_date(YEAR_END - timedelta(milliseconds=1)) == date(2025, 12, 31)
    assert clock.local_date(YEAR_END) == date(2026, 1, 1)
    assert clock.end_of_local_day(date(2025, 12, 31)) == YEAR_END
    assert clock.end_of_local_day(date(1990, 6, 1)) == datetime(1990, 6, 1, 15, tzinfo=UTC)  # summer time, 1986 to 1991


@pytest.mark.django_db
def test_a_moment_without_zone_is_refused():
    with pytest.raises(ValueError, match="zone"), clock.at(datetime(2026, 1, 1)):  # noqa: DTZ001
        pass
    assert Holiday.objects.exists()
    with pytest.raises(ValidationError):
        KeptAnswer.objects.create(scope="a", key="b", created_at=datetime(2026, 1, 1))  # noqa: DTZ001


@pytest.mark.django_db
def test_stored_moments_come_back_in_utc():
    kept = KeptAnswer.objects.create(scope="a", key="b", created_at=YEAR_END)
    with connection.cursor() as cursor:
        cursor.execute("SELECT created_at::text FROM core_keptanswer WHERE id = %s", [kept.pk])
        assert cursor.fetchone()[0] == "2025-12-31 16:00:00+00"
