import pytest
from django import forms

from foundation.core.errors import DomainError, InvalidMany, NotAllowed
from foundation.core.forms import FormToken, run
from foundation.core.models import NumberSequence

pytestmark = pytest.mark.django_db


class Sheet(FormToken, forms.Form):
    year = forms.IntegerField()
    scheme = forms.CharField(required=False)


class YearTaken(DomainError):
    message = "The year {year} is taken."
    field = "year"


def create(*, year):
    return NumberSequence.objects.create(scheme="x", year=year, last=0)


def refuse(*, year):
    raise YearTaken(year=year)


def sent(token="t1", year="5"):  # noqa: S107, a form token
    sheet = Sheet({"form_token": token, "year": year})
    assert sheet.is_valid()
    return sheet


def test_each_rendered_form_has_its_own_token():
    first, second = Sheet(), Sheet()
    assert first["form_token"].value() != second["form_token"].value()
    assert 'type="hidden"' in str(first["form_token"])


def test_a_double_click_has_one_effect_and_the_same_result():
    first, second = run(sent(), create, year=5), run(sent(), create, year=5)
    assert first == second
    assert NumberSequence.objects.count() == 1
    run(sent("t2"), create, year=6)
    assert NumberSequence.objects.count() == 2


def test_a_double_click_on_what_makes_several_gives_them_again():
    def create_two(*, year):
        return [create(year=year), create(year=year + 1)]

    first, second = run(sent(), create_two, year=5), run(sent(), create_two, year=5)
    assert [row.year for row in first] == [5, 6]
    assert second == first
    assert NumberSequence.objects.count() == 2


def test_a_token_with_other_contents_is_refused_above_the_form():
    run(sent(), create, year=5)
    again = sent(year="6")
    assert run(again, create, year=6) is None
    assert list(again.errors) == ["__all__"]
    assert NumberSequence.objects.count() == 1


def test_a_refusal_stands_beside_its_field_and_the_form_may_be_sent_again():
    sheet = sent()
    assert run(sheet, refuse, year=5) is None
    assert sheet.errors == {"year": ["The year 5 is taken."]}
    assert run(sent(), create, year=5).year == 5


def test_several_faults_stand_beside_their_fields():
    def many(**_given):
        raise InvalidMany({"year": "Too early.", "moon": "Too full."})

    sheet = sent()
    run(sheet, many)
    assert sheet.errors == {"year": ["Too early."], "__all__": ["Too full."]}


def test_what_is_not_about_the_form_goes_on():
    def closed(**_given):
        raise NotAllowed()

    with pytest.raises(NotAllowed):
        run(sent(), closed)
