"""The review desk over HTTP."""

import re

import pytest
from django.urls import reverse

from licenses.models import Declaration
from tests.factories import accounts
from tests.factories import licenses as make
from tests.factories.patents import make_patent

pytestmark = pytest.mark.django_db


def text(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.fixture
def patentee():
    return accounts.patentee()


@pytest.fixture
def officer():
    return accounts.officer()


@pytest.fixture
def submitted(patentee):
    return make.submitted_declaration(actor=patentee)


@pytest.fixture(autouse=True)
def signed_in(client, officer):
    client.force_login(officer.user)
    client.cookies["kaixu_language"] = "en"


def test_from_queue_to_decision(client, submitted):
    desk = client.get(reverse("approvals:desk"))
    review = make.review_of(submitted)
    assert submitted.number in text(desk)
    url = review.get_absolute_url()
    assert "Claim this case" in text(client.get(url))
    client.post(reverse("approvals:claim", args=[review.number]))
    client.post(
        reverse("approvals:remark", args=[review.number]),
        {"field": "price", "label": "Fee", "comment": "Too high?"},
    )
    page = client.get(url)
    assert "Too high?" in text(page) and "1. Fee：Too high?" in text(page)
    sent = client.post(
        reverse("approvals:decide", args=[review.number]),
        {"outcome": "return", "text": "Please correct", "correction_days": "10", "form_token": "one"},
    )
    assert sent.status_code == 302
    assert Declaration.objects.get().state == "correction"


def test_approve_is_refused_with_the_check_named(client, patentee):
    patent = make_patent(patentee.organization, facts={"status": "granted", "annual_fee": "paid"})
    declaration = make.submitted_declaration(patent=patent, actor=patentee)
    review = make.review_of(declaration)
    client.post(reverse("approvals:claim", args=[review.number]))
    page = client.post(reverse("approvals:decide", args=[review.number]), {"outcome": "approve", "form_token": "two"})
    assert page.status_code == 422 and "E05" in text(page)


def test_desk_is_not_for_others(client, submitted, patentee):
    client.force_login(patentee.user)
    assert client.get(reverse("approvals:desk")).status_code == 403
    assert client.get(make.review_of(submitted).get_absolute_url()).status_code == 403
