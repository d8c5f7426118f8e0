"""Loading the official tables, and appointing the first officers."""

import pytest
from django.core.management import CommandError, call_command

from accounts.models import City, Industry, Membership
from tests.factories import accounts as cast

pytestmark = pytest.mark.django_db


def test_the_small_tables_are_there_from_the_start():
    assert City.objects.count() == 13
    assert Industry.objects.get(code="39").parent.code == "C"
    assert {city.name_en for city in City.objects.all()} >= {"Nanjing", "Suzhou", "Huai'an"}


def test_a_full_table_of_industries_is_loaded_and_loaded_again(tmp_path):
    file = tmp_path / "industries.csv"
    file.write_text(
        "\ufeffcode,parent,section,name_zh\nC,,C,制造业\n39,C,C,计算机制造业\n"
        "391,39,C,计算机制造\n3911,391,C,计算机整机制造\n",
        encoding="utf-8",
    )
    for _again in range(2):
        call_command("load_reference", "industries", str(file), verbosity=0)
    assert Industry.objects.get(code="3911").parent.parent.code == "39"
    assert Industry.objects.get(code="39").name_en == "Computers, communication and other electronics"


def test_cities_of_one_province_are_loaded(tmp_path):
    file = tmp_path / "cities.csv"
    file.write_text("code,name\n330100,杭州市\n320100,南京市\n", encoding="utf-8")
    call_command("load_reference", "cities", str(file), prefix="33")
    assert City.objects.get(code="330100").pinyin == "hang zhou shi"


@pytest.mark.parametrize("content", ["", "a,b\n1,2\n", "code,name\nabc,某市\n", "\x00\x01"])
def test_a_broken_file_is_refused_and_changes_nothing(tmp_path, content):
    file = tmp_path / "cities.csv"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(CommandError):
        call_command("load_reference", "cities", str(file))
    assert City.objects.count() == 13


@pytest.mark.real_data
def test_the_official_tables_are_loaded(real_data):
    call_command("load_reference", "industries", str(real_data / "ref" / "gbt4754_2017_industry.csv"))
    call_command("load_reference", "cities", str(real_data / "ref" / "gbt2260_city.csv"))
    assert Industry.objects.filter(code__regex=r"^[0-9]{2}$").count() == 97
    assert City.objects.filter(code__startswith="32").count() == 13


def test_the_first_officer_is_appointed_once():
    user = cast.UserFactory()
    for _again in range(2):
        call_command("appoint", user.email, "provincial_officer")
    assert Membership.objects.get(user=user).organization.kind == "administration"
    with pytest.raises(CommandError):
        call_command("appoint", "nobody@example.org", "finance")
    with pytest.raises(CommandError):
        call_command("appoint", user.email, "city_officer")
