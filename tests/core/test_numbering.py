import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from foundation.core import numbering


@pytest.mark.django_db
def test_numbers_run_by_scheme_and_year_with_a_check_character():
    first, second = numbering.allocate("declaration", 2026), numbering.allocate("declaration", 2026)
    assert re.fullmatch(r"JSOL-2026-000001-[0-9A-Z]", first)
    assert re.fullmatch(r"JSOL-2026-000002-[0-9A-Z]", second)
    assert numbering.allocate("declaration", 2027).startswith("JSOL-2027-000001-")
    assert numbering.allocate("license", 2026).startswith("JSLIC-2026-000001-")
    assert numbering.allocate("certificate", 2026).startswith("JZ-2026-000001-")


def test_a_number_that_follows_another_takes_no_counter():
    number = numbering.following("hold", "JSOB-2026-000123-6")
    assert re.fullmatch(r"JSHO-2026-000123-[0-9A-Z]", number)
    assert numbering.is_valid(number)


@pytest.mark.django_db
def test_one_wrong_or_swapped_character_is_found():
    number = numbering.allocate("license", 2026)
    assert numbering.is_valid(number)
    assert numbering.is_valid(number.lower())
    wrong = [number[:k] + other + number[k + 1 :] for k in range(len(number)) for other in "05AZ" if number[k] != "-"]
    assert [text for text in wrong if text != number and numbering.is_valid(text)] == []
    assert not numbering.is_valid("")
    assert not numbering.is_valid("石墨烯")


def _allocate(n):
    try:
        with transaction.atomic():
            number = numbering.allocate("review", 2026)
            if n % 3 == 0:
                transaction.set_rollback(True)
                return None
            return number
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_numbers_have_no_gap_and_no_double_in_parallel():
    with ThreadPoolExecutor(8) as pool:
        given = [number for number in pool.map(_allocate, range(24)) if number]
    runs = sorted(int(number.split("-")[2]) for number in given)
    assert runs == list(range(1, 17))
