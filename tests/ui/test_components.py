"""Each component renders what it is given, escaped, with the manners of the catalogue."""

from datetime import date

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, RequestContext, Template
from django.test import RequestFactory
from django.utils import translation

EVIL = "<b>&\"'"


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def rendered(source, **context):
    request = RequestFactory().get("/list/?kind=a&page=3")
    engine = Template("{% load kaixu i18n %}" + source)
    return engine.render(RequestContext(request, {"request": request, **context}))


def included(name, **context):
    arguments = " ".join(f"{key}={key}" for key in context)
    return rendered(f'{{% include "components/{name}.html" with {arguments} %}}', **context)


class Fee(forms.Form):
    method = forms.ChoiceField(
        choices=[("lump", "Lump sum"), ("free", "Free")], widget=forms.RadioSelect, label="Method"
    )
    rate = forms.IntegerField(
        label="Rate", help_text="At most 20", max_value=20, widget=forms.NumberInput(attrs={"data-suffix": "%"})
    )
    note = forms.CharField(required=False, label="Note", widget=forms.Textarea)
    agreed = forms.BooleanField(label="I agree")
    token = forms.CharField(widget=forms.HiddenInput, initial="abc", required=False)


def test_a_component_block_shows_its_body_as_markup_and_its_arguments_escaped():
    html = rendered('{% component "card" title=title %}<p>{{ word }}</p>{% endcomponent %}', title=EVIL, word=EVIL)
    assert "<p>&lt;b&gt;&amp;&quot;&#x27;</p>" in html
    assert '<h2 class="card-title">&lt;b&gt;' in html


def test_a_component_block_sees_only_its_arguments():
    assert "leak" not in rendered('{% component "card" %}x{% endcomponent %}', title="leak", footer="leak")


def test_a_form_lists_its_errors_first_with_links_to_the_fields():
    html = included("form", form=Fee({"rate": "25", "token": "abc"}))
    assert html.index("error-summary") < html.index("<form")
    assert "There is a problem" in html
    assert '<a href="#id_method_0">This field is required.</a>' in html
    assert '<a href="#id_rate">' in html
    assert "data-focus" in html


def test_a_field_puts_label_hint_error_and_control_in_this_order():
    html = included("field", field=Fee({"rate": "25"})["rate"])
    places = [html.index(part) for part in ('<label class="form-label"', "id_rate-hint", "id_rate-error", "<input")]
    assert places == sorted(places)
    assert 'aria-describedby="id_rate-hint id_rate-error"' in html
    assert html.count("aria-describedby") == 1
    assert 'aria-invalid="true"' in html


def test_a_form_without_errors_has_no_summary_and_marks_what_is_optional():
    html = included("form", form=Fee())
    assert "error-summary" not in html
    assert html.count("(optional)") == 1
    assert '<input type="hidden" name="token" value="abc"' in html


def test_choices_are_native_inputs_in_a_fieldset():
    html = included("field", field=Fee()["method"])
    assert html.count('type="radio"') == 2
    assert '<legend class="form-label">Method' in html


def test_pages_keep_the_rest_of_the_address():
    html = included("pagination", page=Paginator(range(213), 10).get_page(3))
    assert "21–30 of 213" in html
    assert "?kind=a&amp;page=4" in html
    assert 'aria-current="page">3<' in html


def test_an_empty_list_has_no_pages():
    assert included("pagination", page=Paginator([], 10).get_page(1)).strip() == ""


@pytest.mark.parametrize(
    ("state", "tone"), [("published", "success"), ("REJECTED", "danger"), ("never_heard", "neutral")]
)
def test_a_state_is_an_icon_and_a_word(state, tone):
    html = included("state", state=state, label="Word")
    assert f"badge-{tone}" in html
    assert "<svg" in html
    assert "Word" in html


def test_a_check_that_is_unknown_is_never_shown_as_passed():
    unknown = {
        "code": "E05",
        "outcome": "unknown",
        "title": "Pledge",
        "remedy": "Upload an extract",
        "remedy_url": "/x/",
    }
    html = included("check_list", checks=[unknown], counts={"pass": 0, "unknown": 1}, fold=True)
    assert "badge-warning" in html
    assert "Unknown" in html
    assert '<a href="/x/">Upload an extract</a>' in html
    assert "badge-success" not in html


def test_a_task_that_cannot_start_is_no_link():
    tasks = [{"number": 9, "title": "Submit", "state": "cannot_start", "url": "/submit/"}]
    html = included("task_list", groups=[{"title": "End", "tasks": tasks}])
    assert "/submit/" not in html
    assert "Cannot start yet" in html


def test_an_action_that_changes_something_is_a_form():
    html = included("actions", actions=[{"label": "Approve", "post": "/do/", "tone": "primary", "fields": {"a": "1"}}])
    assert '<form action="/do/" method="post" data-once>' in html
    assert '<input type="hidden" name="a" value="1">' in html


def test_a_table_gives_each_cell_the_name_of_its_column():
    html = included(
        "table", caption="Entries", columns=[{"label": "Day"}, {"label": "Sum", "css": "num"}], rows=[["1", EVIL]]
    )
    assert '<td data-label="Day">1</td>' in html
    assert '<td data-label="Sum" class="num">&lt;b&gt;' in html
    assert ">Entries</caption>" in html


def test_a_timeline_escapes_what_people_wrote():
    html = included("timeline", entries=[{"at": date(2026, 11, 24), "title": EVIL, "reason": EVIL}])
    assert "<b>" not in html
    assert html.count("&lt;b&gt;") == 2


def test_a_price_of_nothing_says_free():
    assert ">Free<" in included("money", amount=0, free=True)
    assert ">¥0.00<" in included("money", amount=0)


def test_an_amount_can_be_said_in_capitals():
    assert '<span class="money-capitals" lang="zh-Hans">叁万元整</span>' in included(
        "money", amount=3_000_000, capitals=True
    )


def test_components_stand_alone():
    plain = Template('{% load kaixu %}{% component "notice" tone="warning" %}x{% endcomponent %}')
    assert "notice-warning" in plain.render(Context({}))


def test_chinese_words_on_an_english_page_carry_their_language():
    shown = rendered("{{ text|in_own_language }}", text='Declaration 7 for “石墨烯膜（双层）” & <b>"more"</b>')
    assert '“<span lang="zh-Hans">石墨烯膜（双层）</span>” &amp; &lt;b&gt;' in shown
    with translation.override("zh-hans"):
        assert rendered("{{ text|in_own_language }}", text="石墨烯膜") == "石墨烯膜"
    assert rendered("{{ text|in_own_language }}", text=None) == "None"
