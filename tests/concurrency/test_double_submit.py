"""The same form sent twice at the same moment, as a double click or two tabs do: one effect, no error page."""

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from approvals import services as approvals
from approvals.models import Decision
from foundation.audit import invariants
from foundation.audit.models import Event
from foundation.core import locking
from foundation.jobs.models import ImportBatch, Job
from licenses.models import Declaration, License
from licenses.services import notice_drafts
from sandboxbank.models import Order
from settlement.models import JournalEntry, Obligation, ProviderEvent
from tests.concurrency.racing import at_once
from tests.factories import accounts
from tests.factories import licenses as make
from tests.factories.settlement import serial
from tests.factories.uptakes import begin_payment, notice
from tests.patents.portfolio import as_csv, checked, row
from tests.settlement.test_callbacks import message, send

pytestmark = pytest.mark.django_db(transaction=True)
TIMES = 3


def twice(member, url, values):
    """Send one form several times at once, each on a connection of its own; the answers."""
    browsers = [Client(headers={"accept-language": "en"}) for _n in range(TIMES)]
    for browser in browsers:
        browser.force_login(member.user)
    return at_once([lambda browser=browser: browser.post(url, values) for browser in browsers])


def led_to(answers):
    """Where the answers lead; fails on an answer that leads nowhere."""
    assert [answer.status_code for answer in answers] == [302] * TIMES
    return {answer["Location"] for answer in answers}


def drafted_notice():
    firm = accounts.licensee()
    draft = notice_drafts.start_notice(declaration=make.published_declaration(), actor=firm)
    return firm, notice_drafts.save_notice(
        license=draft, actor=firm, intended_use="试用", place_of_use="", contact_email="a@example.org"
    )


def test_a_notice_signed_several_times_at_once_is_delivered_once():
    firm, draft = drafted_notice()
    values = {
        "form_token": "one-page", "terms_hash": draft.declaration.current_terms.content_hash,
        "accepts_terms": "on", "may_sign": "on",
    }  # fmt: skip
    places = led_to(twice(firm, reverse("licenses:uptake_check", args=[draft.pk]), values))
    license, obligation = License.objects.get(), Obligation.objects.get()
    pages = {
        reverse("settlement:obligation_detail", args=[obligation.number]),
        reverse("licenses:license_detail", args=[license.number]),
    }
    assert places <= pages
    assert Event.objects.filter(name="licenses.license.deliver").count() == 1


def test_a_declaration_submitted_several_times_at_once_has_one_number_and_one_case():
    patentee = accounts.patentee()
    declaration = make.drafted_declaration(actor=patentee)
    url = reverse("licenses:declaration_check_answers", args=[declaration.pk])
    places = led_to(twice(patentee, url, {"form_token": "one-page"}))
    assert places == {reverse("licenses:declaration_submitted", args=[declaration.pk])}
    assert Declaration.objects.get().state == "submitted"
    assert Event.objects.filter(name="licenses.declaration.submit").count() == 1


def test_a_decision_sent_several_times_at_once_decides_once():
    officer = accounts.officer()
    review = approvals.claim(review=make.review_of(make.submitted_declaration()), actor=officer)
    url = reverse("approvals:decide", args=[review.number])
    led_to(twice(officer, url, {"form_token": "one-page", "outcome": "approve"}))
    assert (Decision.objects.count(), Declaration.objects.get().state) == (1, "published")
    assert Event.objects.filter(name="licenses.declaration.published").count() == 1


def test_an_import_confirmed_several_times_at_once_has_one_writing_job():
    keeper = accounts.member("ip_manager", organization=accounts.UniversityFactory())
    batch = checked(as_csv([row(n) for n in range(1, 4)]), keeper)
    jobs = Job.objects.count()
    url = reverse("patents:import_confirm", args=[batch.pk])
    led_to(twice(keeper, url, {"form_token": "one-page", "sha256": batch.sha256}))
    assert (Job.objects.count(), ImportBatch.objects.count()) == (jobs + 1, 1)


def confirm_in_two_pages():
    """Two tabs have different tokens: here the lock of the row decides, not the token."""
    firm, draft = drafted_notice()
    values = {
        "terms_hash": draft.declaration.current_terms.content_hash, "accepts_terms": "on", "may_sign": "on",
    }  # fmt: skip
    url = reverse("licenses:uptake_check", args=[draft.pk])
    browsers = [Client() for _n in range(TIMES)]
    for browser in browsers:
        browser.force_login(firm.user)
    tabs = [{**values, "form_token": f"tab-{n}"} for n in range(TIMES)]
    return at_once([lambda b=b, tab=tab: b.post(url, tab) for b, tab in zip(browsers, tabs, strict=True)])


def test_two_tabs_deliver_one_notice_and_the_other_is_told():
    answers = confirm_in_two_pages()
    assert {answer.status_code for answer in answers} <= {302, 422}
    assert License.objects.exclude(state="notice_draft").count() == 1
    assert [finding.invariant.id for finding in invariants.check({"I4", "I10", "I14", "I15"})] == []


def test_the_banks_message_ten_times_at_once_over_http_has_one_effect():
    license = notice()
    payment = begin_payment(license)
    body, mark = message(payment), f"evt-http-{next(serial)}"
    answers = at_once([lambda: send(body, event_id=mark)] * 10)
    assert [answer.status_code for answer in answers] == [200] * 10
    assert sorted(answer.json()["outcome"] for answer in answers) == ["accepted"] + ["repeated"] * 9
    assert (JournalEntry.objects.count(), ProviderEvent.objects.count(), Order.objects.count()) == (1, 1, 0)
    license.refresh_from_db()
    assert license.state == "effective"
    connections.close_all()


def test_twin_without_locks_books_or_fails_more_than_once(monkeypatch):
    with locking.without_locks():
        firm, draft = drafted_notice()
        values = {
            "form_token": "one-page", "terms_hash": draft.declaration.current_terms.content_hash,
            "accepts_terms": "on", "may_sign": "on",
        }  # fmt: skip
        answers = twice(firm, reverse("licenses:uptake_check", args=[draft.pk]), values)
    refused = [one for one in answers if isinstance(one, Exception) or one.status_code != 302]
    assert refused, "without the claim of the token the others are not given the first answer"
