"""Instalments on the pages and in the API: rows by buttons without a script, the plan before signing, bad input."""

from datetime import timedelta

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from foundation.core.clock import database_now, local_date
from licenses.services import notice_drafts
from licenses.services.drafting import draft_of
from tests.factories import accounts
from tests.factories import licenses as make
from tests.factories.uptakes import paid_license

pytestmark = pytest.mark.django_db
ROWS = {
    "method": "instalments",
    "instalments_total": "30,000.00",
    "instalments_from": "effective",
    "instalment_amount_1": "１0,000.00",
    "instalment_amount_2": "12,000.00",
    "instalment_days_2": "90",
    "instalment_amount_3": "8,000.00",
    "instalment_days_3": "180",
    "explanation": "按投入计算。",
}


@pytest.fixture
def patentee(client):
    made = accounts.patentee()
    client.force_login(made.user)
    client.cookies["kaixu_language"] = "en"
    return made


@pytest.fixture
def draft(patentee):
    return make.drafted_declaration(actor=patentee)


def send(client, declaration, values, **more):
    url = reverse("licenses:declaration_section", args=[declaration.pk, "price"])
    return client.post(url, {**values, "version": draft_of(declaration).version, **more})


def test_the_fee_in_rows_is_kept_and_shown_again(client, draft):
    assert send(client, draft, ROWS).status_code == 302
    kept = draft_of(draft).data["sections"]["price"]
    assert kept["instalments"] == [
        {"amount_fen": 1_000_000, "days": None, "day": ""},
        {"amount_fen": 1_200_000, "days": 90, "day": ""},
        {"amount_fen": 800_000, "days": 180, "day": ""},
    ]
    page = client.get(reverse("licenses:declaration_section", args=[draft.pk, "price"])).content.decode()
    assert 'name="instalment_days_3" value="180"' in page.replace("\n", " ")
    check = client.get(reverse("licenses:declaration_check_answers", args=[draft.pk])).content.decode()
    assert "¥12,000.00" in check and "90 days after the license took effect" in check


def test_a_row_more_and_a_row_less_keep_what_was_typed(client, draft):
    more = send(client, draft, {**ROWS, "instalment_amount_2": "twelve"}, rows="add")
    assert more.status_code == 303 and more.url.endswith("#instalments")
    typed = draft_of(draft).data["typed"]["price"]
    assert typed["instalment_amount_2"] == "twelve" and "rows" not in typed
    assert b'name="instalment_amount_4"' in client.get(more.url).content
    less = send(client, draft, {**typed, "page": ""}, rows="remove-2")
    typed = draft_of(draft).data["typed"]["price"]
    assert (typed["instalment_amount_2"], typed["instalment_days_2"]) == ("8,000.00", "180")
    page = client.get(less.url).content
    assert b'name="instalment_amount_3"' in page and b'name="instalment_amount_4"' not in page


@pytest.mark.parametrize(
    "button", ["remove-1", "remove-9", "remove--1", "remove-², x", "", "add " * 20, "remove-99999999"]
)
def test_another_button_changes_nothing(client, draft, button):
    assert send(client, draft, ROWS, rows=button).status_code == 303
    assert {name for name in draft_of(draft).data["typed"]["price"] if name.startswith("instalment_amount")} == {
        "instalment_amount_1",
        "instalment_amount_2",
        "instalment_amount_3",
    }


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"instalments_total": "31,000.00"}, "instalments_total", "but the whole fee is ¥31,000.00"),
        ({"instalments_total": ""}, "instalments_total", "Enter the whole fee."),
        ({"instalments_from": ""}, "instalments_from", "Choose how the later instalments fall due."),
        ({"instalment_amount_3": "0"}, "instalment_amount_3", "Enter an amount above zero, or remove"),
        ({"instalment_amount_3": "-5"}, "instalment_amount_3", ""),
        ({"instalment_days_2": ""}, "instalment_days_2", "Enter the number of days."),
        ({"instalment_days_2": "ninety"}, "instalment_days_2", "Enter a number of days above zero."),
        ({"instalment_days_2": "99999999999999999999"}, "instalment_days_2", "longer than any patent"),
        ({"instalment_days_3": "90"}, "instalment_days_3", "must fall due after the one before it"),
        ({"instalments_from": "notice", "instalment_days_2": "15"}, "instalment_days_2", "may take 15 days"),
        ({"instalments_from": "date"}, "instalment_day_2", "Enter the day."),
        ({"instalments_from": "date", "instalment_day_2": "2020-01-01", "instalment_day_3": "2020-02-01"},
         "instalment_day_2", "must lie ahead"),
        ({"instalments_from": "date", "instalment_day_2": "9999-12-30", "instalment_day_3": "9999-12-31"},
         "instalment_day_2", "cannot last longer than the patent"),
        ({"instalments_total": "25,000,000.00", "instalment_amount_1": "24,980,000.00"}, "instalments_total",
         "lies above"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_beside_its_field(client, draft, changes, field, sentence):
    before = draft_of(draft).data
    page = send(client, draft, {**ROWS, **changes})
    assert page.status_code == 422
    assert sentence in page.context["form"].errors[field].as_text()
    assert draft_of(draft).data == before


def test_the_plan_stands_on_the_public_page_and_before_the_signature(client):
    offer = make.published_declaration(method="instalments")
    firm = accounts.licensee()
    client.cookies["kaixu_language"] = "en"
    public = client.get(offer.get_absolute_url()).content.decode()
    assert (
        "¥30,000.00" in public and "in 3 instalments" in public and "180 days after the license took effect" in public
    )
    listed = client.get(reverse("licenses:catalogue"), {"method": "instalments"}).content.decode()
    assert offer.patent.display_number in listed and "in 3 instalments" in listed
    client.force_login(firm.user)
    license = notice_drafts.start_notice(declaration=offer, actor=firm)
    notice_drafts.save_notice(
        license=license, actor=firm, intended_use="x", place_of_use="", contact_email="a@example.org"
    )
    page = client.get(reverse("licenses:uptake_check", args=[license.pk]))
    parts = page.context["cost"]["parts"]
    effect = local_date(database_now()) + timedelta(days=15)
    assert [part["due"].day for part in parts] == [effect, effect + timedelta(days=90), effect + timedelta(days=180)]
    assert "of which ¥10,000.00 with the notice" in page.content.decode()


def test_the_license_shows_its_instalments_to_both_sides(client):
    license = paid_license(make.published_declaration(method="instalments"))
    client.cookies["kaixu_language"] = "en"
    for member in (license.licensee.memberships.first(), license.licensor.memberships.first()):
        client.force_login(member.user)
        page = client.get(reverse("licenses:license_detail", args=[license.number])).content.decode()
        assert "Instalment 3" in page and "¥12,000.00" in page
    client.force_login(license.licensee.memberships.first().user)
    end = client.get(reverse("licenses:license_end", args=[license.number])).content.decode()
    assert "Instalments stay owed" in end and "¥8,000.00" in end
    home = client.get(reverse("settlement:overview")).content.decode()
    assert home.count("Instalment 2 of 3") == 2  # to pay, and in the list of everything


def test_the_api_takes_rows_and_shows_the_plan():
    patentee = accounts.patentee()
    declaration = make.drafted_declaration(actor=patentee)
    client = APIClient()
    client.force_login(patentee.user)
    url = reverse("api_declaration_section", kwargs={"key": str(declaration.pk), "section": "price"})
    rows = [{"amount": "10000.00"}, {"amount": "12000.00", "days": 90}, {"amount": "8000.00", "days": 180}]
    body = {
        "method": "instalments", "instalments_total": "30000.00", "instalments_from": "effective", "instalments": rows,
        "explanation": "按投入计算。", "version": draft_of(declaration).version,
    }  # fmt: skip
    answer = client.put(url, body, format="json")
    assert answer.status_code == 200, answer.json()
    shown = answer.json()["sections"]["price"]["instalments"]
    assert [(row["amount"], row["days"]) for row in shown] == [("10000.00", None), ("12000.00", 90), ("8000.00", 180)]
    wrong = {**body, "version": answer.json()["version"], "instalments_total": "1.00"}
    refused = client.put(url, wrong, format="json")
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "instalments_total")
    for bad in ("x", [{"amount": 5, "days": "soon"}], [{"amount": "1", "who": "me"}], rows * 7, [[]], None):
        assert client.put(url, {**wrong, "instalments": bad}, format="json").status_code == 400
    license = paid_license(make.published_declaration(method="instalments"))
    client.force_login(license.licensee.memberships.first().user)
    plan = client.get(f"/api/v1/licenses/{license.number}/").json()["instalments"]
    assert [(part["amount"], part["state"]) for part in plan] == [
        ("10000.00", "paid"),
        ("12000.00", "open"),
        ("8000.00", "open"),
    ]
