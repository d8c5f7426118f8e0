"""The patentee's pages, through the browser's eyes (HTTP), in both languages."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from licenses.models import Declaration
from licenses.services import declarations as services
from licenses.services.drafting import draft_of
from tests.factories import accounts
from tests.factories import licenses as make
from tests.factories.patents import CLEAN_FACTS, make_patent

pytestmark = pytest.mark.django_db


@pytest.fixture
def patentee(client):
    made = accounts.patentee()
    client.force_login(made.user)
    client.cookies["kaixu_language"] = "en"
    return made


def text(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def section(declaration, name) -> str:
    return reverse("licenses:declaration_section", args=[declaration.pk, name])


CONTACT_POST = {**{k: v for k, v in make.CONTACT.items() if k != "contact_is_public"}, "contact_is_public": "on"}
PRICE_POST = {
    "method": "entry_plus_royalty",
    "entry_fee": "５0,000.00",
    "royalty_rate": "3",
    "royalty_base": "net_sales",
    "royalty_period": "quarter",
    "explanation": "按投入计算。",
}


def post_section(client, declaration, name, values, **extra):
    version = draft_of(declaration).version
    return client.post(section(declaration, name), {**values, "version": version, **extra})


def test_whole_journey_through_the_pages(client, patentee):
    patent = make_patent(patentee.organization)
    page = client.get(reverse("licenses:declaration_new"), {"number": patent.display_number})
    assert page.status_code == 200 and "Begin the declaration" in text(page)
    begun = client.post(reverse("licenses:declaration_new"), {"number": patent.display_number})
    declaration = Declaration.objects.get()
    assert begun.url == reverse("licenses:declaration_task_list", args=[declaration.pk])
    assert client.get(begun.url).status_code == 200
    sent = {
        "contact": CONTACT_POST,
        "price": PRICE_POST,
        "term": {"offer_until": make.term()["offer_until"], "term_kind": "years", "term_years": "3"},
        "other": {"other_matters": "提供中试数据"},
        "promises": dict.fromkeys(make.PROMISES, "on"),
    }
    for name, values in sent.items():
        assert client.get(section(declaration, name)).status_code == 200
        saved = post_section(client, declaration, name, values)
        assert saved.status_code == 302, (name, text(saved)[:3000])
    for name in ("patent", "owners", "summary"):
        assert client.get(section(declaration, name)).status_code == 200
    check = client.get(reverse("licenses:declaration_check_answers", args=[declaration.pk]))
    assert "¥50,000.00" in text(check)
    token = check.context["form"]["form_token"].value()
    url = reverse("licenses:declaration_check_answers", args=[declaration.pk])
    done = client.post(url, {"form_token": token})
    again = client.post(url, {"form_token": token})
    assert done.url == again.url == reverse("licenses:declaration_submitted", args=[declaration.pk])
    declaration.refresh_from_db()
    assert declaration.state == "submitted" and declaration.terms_versions.count() == 1
    assert declaration.number in text(client.get(done.url))


def test_wrong_price_shows_the_sentence_at_summary_and_field_and_keeps_what_was_typed(client, patentee):
    declaration = make.drafted_declaration(actor=patentee)
    page = post_section(client, declaration, "price", {**PRICE_POST, "entry_fee": "两万", "royalty_rate": "25"})
    assert page.status_code == 422
    assert text(page).count("Enter an amount in yuan in digits") >= 2
    assert 'value="两万"' in text(page)
    above = post_section(client, declaration, "price", {**PRICE_POST, "royalty_rate": "25"})
    assert above.status_code == 422 and "lies above 20%" in text(above)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("price", {"method": "lump_sum", "lump_sum": value, "explanation": "x"})
        for value in ("0", "-1", "0.001", "1e309", "NaN", "壹万", str(2**63), "1.234.5", "x" * 1_000_000)
    ]
    + [
        ("term", {"offer_until": value, "term_kind": "years", "term_years": "3"})
        for value in ("2027-02-30", "0001-01-01", "9999-12-31", "tomorrow", "")
    ]
    + [
        ("term", {"offer_until": "2027-12-31", "term_kind": "years", "term_years": value})
        for value in ("0", "-1", "2.5", "９９９", "")
    ]
    + [
        ("contact", {**CONTACT_POST, "contact_email": value})
        for value in ("x", "a@b\r\nBcc: c@d.org", "a" * 300 + "@x.org")
    ]
    + [("other", {"other_matters": value}) for value in ("a\x00b", "字" * 2_001)],
)
def test_bad_input_is_a_sentence_and_nothing_is_stored(name, values, client, patentee):
    declaration = make.drafted_declaration(actor=patentee)
    before = draft_of(declaration).data["sections"]
    page = post_section(client, declaration, name, values)
    assert page.status_code == 422
    assert draft_of(declaration).data["sections"] == before


def test_full_width_digits_are_read_as_plain_ones(client, patentee):
    declaration = make.drafted_declaration(actor=patentee)
    values = {"method": "lump_sum", "lump_sum": "１０，０００．５０", "explanation": "按投入计算。"}
    assert post_section(client, declaration, "price", values).status_code == 302
    assert draft_of(declaration).data["sections"]["price"]["lump_sum_fen"] == 1_000_050


def test_stale_tab_gets_the_page_with_two_versions_and_can_keep_its_own(client, patentee):
    declaration = make.drafted_declaration(actor=patentee)
    old = draft_of(declaration).version
    services.save_section(
        declaration=declaration, section="price", values=make.price("free"), version=old, actor=patentee
    )
    page = client.post(section(declaration, "price"), {**PRICE_POST, "version": old})
    assert page.status_code == 409 and "Two versions" in text(page)
    kept = client.post(section(declaration, "price"), {**PRICE_POST, "version": page.context["stored"].version})
    assert kept.status_code == 302
    assert draft_of(declaration).data["sections"]["price"]["method"] == "entry_plus_royalty"


def test_autosave_answers_json_and_a_stale_one_409(client, patentee):
    declaration = make.drafted_declaration(actor=patentee)
    url = reverse("licenses:declaration_autosave", args=[declaration.pk, "price"])
    version = draft_of(declaration).version
    first = client.post(url, {"version": version, "entry_fee": "两万"})
    assert first.json()["version"] == version + 1
    stale = client.post(url, {"version": version, "entry_fee": "3"})
    location = reverse("licenses:declaration_versions", args=[declaration.pk, "price"])
    assert (stale.status_code, stale.json()["location"]) == (409, location)
    both = client.get(location)
    assert both.status_code == 409 and 'value="3"' in text(both)
    assert 'value="两万"' in text(client.get(section(declaration, "price")))


def test_second_click_on_save_is_no_conflict(client, patentee):
    declaration = make.drafted_declaration(actor=patentee)
    version = draft_of(declaration).version
    first, second = (
        client.post(section(declaration, "price"), {**PRICE_POST, "version": version}) for _click in range(2)
    )
    assert (first.status_code, second.status_code) == (302, 302)
    assert draft_of(declaration).version == version + 1


def test_strangers_declaration_is_not_there(client, patentee):
    foreign = make.drafted_declaration(actor=accounts.patentee())
    for url in (
        reverse("licenses:declaration_task_list", args=[foreign.pk]),
        section(foreign, "price"),
        reverse("licenses:declaration_check_answers", args=[foreign.pk]),
        reverse("licenses:declaration_discard", args=[foreign.pk]),
        reverse("licenses:declaration_withdrawal", args=[foreign.pk]),
        reverse("licenses:declaration_consent", args=[foreign.pk]),
        reverse("licenses:declaration_task_list", args=[10**17]),
    ):
        assert client.get(url).status_code == 404, url


def test_visitor_signs_in_and_a_licensing_user_is_refused(client):
    url = reverse("licenses:declaration_new")
    assert client.get(url).status_code == 302
    client.force_login(accounts.licensee().user)
    assert client.get(url).status_code == 403


def test_unknown_facts_stand_on_the_page_as_unknown_with_what_to_do(client, patentee):
    patent = make_patent(patentee.organization, facts={k: v for k, v in CLEAN_FACTS.items() if k != "pledge"})
    page = client.get(reverse("licenses:declaration_new"), {"number": patent.number})
    assert page.context["counts"]["unknown"] == 1
    assert "Unknown is not a pass" in text(page) and "Rule 86(4)" in text(page)


def test_list_runs_the_same_number_of_queries_for_one_and_three(client, patentee):
    def count(n):

        for _i in range(n):
            make.drafted_declaration(actor=patentee)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(reverse("licenses:declaration_list")).status_code == 200
        return len(seen)

    assert count(1) == count(2)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_pages_of_an_open_declaration_in_both_languages(language, client, patentee):
    client.cookies["kaixu_language"] = language
    declaration = make.published_declaration(actor=patentee)
    for url in (
        reverse("licenses:declaration_list"),
        reverse("licenses:declaration_task_list", args=[declaration.pk]),
        reverse("licenses:declaration_detail", args=[declaration.number]),
        reverse("licenses:declaration_history", args=[declaration.number]),
        reverse("licenses:declaration_withdrawal", args=[declaration.pk]),
    ):
        assert client.get(url).status_code == 200, url
