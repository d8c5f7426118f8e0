"""The corpus through the forms of declaration, review, uptake, certificate check and number check."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from approvals import services as approvals
from approvals.models import Decision
from licenses.models import Declaration, License
from licenses.services import notice_drafts
from licenses.services.drafting import draft_of
from tests.factories import accounts
from tests.factories import licenses as make
from tests.faults import corpus

pytestmark = pytest.mark.django_db
PRICE = {"method": "lump_sum", "lump_sum": "30,000.00", "explanation": "按投入计算。"}
CONTACT = {**{k: v for k, v in make.CONTACT.items() if k != "contact_is_public"}, "contact_is_public": "on"}
MESSAGE = ("invalid-feedback", "alert")


@pytest.fixture
def browser():
    """Errors come as pages, as in life."""
    return Client(headers={"accept-language": "en"}, raise_request_exception=False)


def send_each(browser, url, base, field, values):
    """Post the form once per value; what each answered, by name of the value."""
    found = {}
    for name, value in values.items():
        kept = base() if callable(base) else base
        answer = browser.post(url, {**kept, field: value})
        said = any(mark in answer.content.decode() for mark in MESSAGE)
        found[name] = answer.status_code if answer.status_code in (302, 303) or said else f"{answer.status_code} mute"
    return found


def refused(values, status=422):
    return dict.fromkeys(values, status)


def no_error(found):
    return {name: status for name, status in found.items() if status not in (200, 302, 303, 400, 422)}


SECTION_CASES = [
    ("price", PRICE, "lump_sum", corpus.WRONG_AMOUNTS | corpus.NOTHING, True),
    (
        "price",
        {
            **PRICE,
            "method": "entry_plus_royalty",
            "entry_fee": "1",
            "royalty_base": "net_sales",
            "royalty_period": "quarter",
        },
        "royalty_rate",
        corpus.WRONG_AMOUNTS | {"more than all": "100.01"},
        True,
    ),
    ("price", PRICE, "method", corpus.WRONG_CHOICES, True),
    ("price", PRICE, "explanation", corpus.NOTHING | corpus.TOO_LONG, True),
    ("price", PRICE, "explanation", corpus.ODD_TEXT, False),
    ("term", {"term_kind": "years", "term_years": "3"}, "offer_until", corpus.WRONG_DATES, True),
    (
        "term",
        {"offer_until": "2027-06-30", "term_kind": "years"},
        "term_years",
        corpus.WRONG_AMOUNTS | {"zero": "0", "many": "999"},
        True,
    ),
    ("contact", CONTACT, "contact_name", corpus.NOTHING | corpus.TOO_LONG, True),
    ("contact", CONTACT, "contact_name", corpus.ODD_TEXT, False),
    ("contact", CONTACT, "contact_email", corpus.ODD_TEXT | corpus.NOTHING, True),
    ("contact", CONTACT, "contact_phone", corpus.TOO_LONG | {"words": "电话"}, True),
    ("other", {}, "other_matters", corpus.TOO_LONG, True),
    ("other", {}, "other_matters", corpus.ODD_TEXT, False),
]


@pytest.mark.parametrize("case", SECTION_CASES, ids=lambda case: f"{case[0]} {case[2]} {len(case[3])}")
def test_section_of_a_declaration(browser, case):
    section, base, field, values, all_wrong = case
    patentee = accounts.patentee()
    browser.force_login(patentee.user)
    declaration = make.drafted_declaration(actor=patentee)
    before = draft_of(declaration).data
    url = reverse("licenses:declaration_section", args=[declaration.pk, section])
    found = send_each(browser, url, lambda: {**base, "version": draft_of(declaration).version}, field, values)
    if all_wrong:
        assert (found, draft_of(declaration).data) == (refused(values), before)
    else:
        assert no_error(found) == {}
        page = browser.get(reverse("licenses:declaration_check_answers", args=[declaration.pk]))
        assert (page.status_code, "<script>alert" in page.content.decode()) == (200, False)


def test_declaring_by_a_wrong_number_begins_nothing(browser):
    browser.force_login(accounts.patentee().user)
    found = send_each(browser, reverse("licenses:declaration_new"), {}, "number", corpus.WRONG_NUMBERS)
    assert (found, Declaration.objects.count()) == (refused(corpus.WRONG_NUMBERS), 0)


def drafted_notice(browser):
    firm = accounts.licensee()
    browser.force_login(firm.user)
    return notice_drafts.start_notice(declaration=make.published_declaration(), actor=firm)


DETAILS = {"intended_use": "试用", "place_of_use": "", "contact_email": "a@example.org"}


@pytest.mark.parametrize(
    ("field", "values", "all_wrong"),
    [
        ("intended_use", corpus.NOTHING | corpus.TOO_LONG, True),
        ("intended_use", corpus.ODD_TEXT, False),
        ("place_of_use", corpus.TOO_LONG, True),
        ("place_of_use", corpus.ODD_TEXT, False),
        ("contact_email", corpus.NOTHING | corpus.TOO_LONG | corpus.ODD_TEXT, True),
    ],
)
def test_details_of_a_notice(browser, field, values, all_wrong):
    draft = drafted_notice(browser)
    found = send_each(browser, reverse("licenses:uptake_details", args=[draft.pk]), DETAILS, field, values)
    draft.refresh_from_db()
    if all_wrong:
        assert (found, draft.intended_use) == (refused(values), "")
    else:
        assert no_error(found) == {}
        page = browser.get(reverse("licenses:uptake_check", args=[draft.pk]))
        assert (page.status_code, "<script>alert" in page.content.decode()) == (200, False)


def test_signing_with_a_wrong_hash_or_without_the_statements_sends_nothing(browser):
    draft = drafted_notice(browser)
    url = reverse("licenses:uptake_check", args=[draft.pk])
    ticked = {"accepts_terms": "on", "may_sign": "on"}
    hashes = corpus.ODD_TEXT | corpus.NOTHING | corpus.TOO_LONG | {"another": "0" * 64, "list": ["a", "b"]}
    assert send_each(browser, url, ticked, "terms_hash", hashes) == refused(hashes)
    known = {"terms_hash": draft.declaration.current_terms.content_hash}
    for statement in ticked:
        left = {name: value for name, value in ticked.items() if name != statement}
        assert browser.post(url, known | left).status_code == 422
    assert License.objects.get().state == "notice_draft"


REASON = {"outcome": "reject", "reasons": ["R01"], "text": "不符合条件。", "correction_days": "10"}


@pytest.mark.parametrize(
    ("field", "values", "all_wrong"),
    [
        ("outcome", corpus.WRONG_CHOICES, True),
        ("reasons", corpus.WRONG_CHOICES, True),
        ("text", corpus.NOTHING | corpus.TOO_LONG, True),
        ("correction_days", corpus.WRONG_AMOUNTS | {"zero": "0", "many": "999"}, True),
    ],
)
def test_decision_of_a_review(browser, field, values, all_wrong):
    officer = accounts.officer()
    browser.force_login(officer.user)
    review = approvals.claim(review=make.review_of(make.submitted_declaration()), actor=officer)
    found = send_each(browser, reverse("approvals:decide", args=[review.number]), REASON, field, values)
    assert (found, Decision.objects.count()) == (refused(values), 0)


@pytest.mark.parametrize("field", ["number", "code"])
def test_certificate_check_by_number(browser, field):
    values = corpus.NOTHING | corpus.TOO_LONG | corpus.ODD_TEXT | corpus.WRONG_NUMBERS
    found = send_each(
        browser, reverse("documents:check"), {"number": "JZ-2026-000871-0", "code": "ABCD2345"}, field, values
    )
    assert found == refused(values, 400)


def test_certificate_check_by_file(browser):
    url = reverse("documents:check")
    files = {
        "empty": b"",
        "no PDF": b"hello",
        "page in PDF": b"%PDF-1.7\n<html><script>alert(1)</script>",
        "zip": b"PK\x03\x04" * 9,
    }
    found = {n: browser.post(url, {"file": SimpleUploadedFile("x.pdf", body)}).status_code for n, body in files.items()}
    assert found == refused(files, 400)
    hashes = corpus.ODD_TEXT | corpus.NOTHING | corpus.TOO_LONG | {"unknown": "0" * 64, "short": "abc"}
    assert send_each(browser, url, {}, "sha256", hashes) == refused(hashes, 400)


def test_number_check_reads_anything(browser):
    values = corpus.ODD_TEXT | corpus.WRONG_NUMBERS | corpus.TOO_LONG | {"many lines": "1\n" * 5_000}
    found = {n: browser.post(reverse("patents:check_numbers"), {"numbers": v}).status_code for n, v in values.items()}
    assert {name: status for name, status in found.items() if status not in (200, 422)} == {}
    assert [found[name] for name in corpus.NOTHING] == [422] * len(corpus.NOTHING)


@pytest.mark.parametrize(
    "template",
    [
        "/licenses/{}/",
        "/licenses/{}/uptake/",
        "/my-licenses/{}/",
        "/c/{}/",
        "/reviews/{}/",
        "/patents/{}/",
        "/finance/obligations/{}/",
        "/finance/payments/{}/",
        "/uptakes/{}/",
        "/declarations/{}/",
        "/files/{}/",
        "/api/v1/declarations/{}/",
        "/api/v1/licenses/{}/",
        "/api/v1/certificates/{}/",
        "/api/v1/reviews/{}/",
        "/api/v1/obligations/{}/",
        "/api/v1/patents/{}/",
        "/sandbox-bank/orders/{}/",
    ],
)
def test_an_address_of_nothing_is_not_found(browser, template):
    browser.force_login(accounts.officer().user)
    found = {part: browser.get(template.format(part)).status_code for part in corpus.WRONG_PATHS}
    assert {part: status for part, status in found.items() if status not in (302, 400, 401, 403, 404)} == {}


@pytest.mark.parametrize(
    "address", ["/licenses/", "/patents/", "/check/", "/bulletin/", "/", "/api/v1/declarations/", "/api/v1/events/"]
)
def test_a_strange_question_has_an_answer(browser, address):
    parts = (*corpus.WRONG_PATHS, "%ED%A0%80", "%f0%9f%8e%89", "&".join(["x"] * 50))
    asked = [
        f"{name}={part}" for name in ("q", "page", "cursor", "since", "kind", "price_min", "ipc") for part in parts
    ]
    found = {query: browser.get(f"{address}?{query}").status_code for query in asked}
    assert {query[:60]: status for query, status in found.items() if status >= 500} == {}
