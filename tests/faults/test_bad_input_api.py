"""The corpus through the endpoints of the same journey: problem+json, 4xx, nothing stored."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from approvals import services as approvals
from approvals.models import Decision
from licenses.models import Declaration, License
from licenses.services.drafting import draft_of
from tests.factories import accounts
from tests.factories import licenses as make
from tests.faults import corpus
from tests.journeys.cast import NOTICE

pytestmark = pytest.mark.django_db


def token_of(member):
    said = {"email": member.user.email, "password": accounts.PASSWORD}
    answer = Client().post("/api/v1/auth/token/", json.dumps(said), content_type="application/json")
    return {"authorization": f"Token {answer.json()['token']}"}


def problems(member, method, url, bodies):
    """What is not a proper refusal, by name of the body."""
    client, headers, wrong = Client(raise_request_exception=False), token_of(member), {}
    for name, body in bodies.items():
        answer = client.generic(method, url, body, content_type="application/json", headers=headers)
        proper = 400 <= answer.status_code < 500 and answer["Content-Type"] == "application/problem+json"
        if not proper or not answer.json().get("detail"):
            wrong[name] = (answer.status_code, answer.content[:200])
    return wrong


def changed(good, **fields):
    return {
        f"{name} {kind}": json.dumps({**good, name: value})
        for name, values in fields.items()
        for kind, value in values.items()
    }


def test_notice():
    offer, firm = make.published_declaration(), accounts.licensee()
    good = {**NOTICE, "terms_hash": offer.current_terms.content_hash}
    bodies = corpus.WRONG_BODIES | changed(
        good,
        terms_hash=corpus.ODD_TEXT | corpus.NOTHING | {"list": [good["terms_hash"]], "null": None, "number": 1},
        intended_use=corpus.NOTHING | corpus.TOO_LONG | {"list": ["x"], "object": {}, "null": None},
        contact_email=corpus.ODD_TEXT | corpus.NOTHING,
        accepts_terms={"no": False, "null": None, "list": [True], "word": "vielleicht"},
        licensee={"another": 1},
        state={"given": "effective"},
        fee={"given": "0.00"},
    )
    assert problems(firm, "POST", f"/api/v1/declarations/{offer.number}/uptakes/", bodies) == {}
    assert License.objects.count() == 0


def test_section_of_a_declaration():
    patentee = accounts.patentee()
    declaration = make.drafted_declaration(actor=patentee)
    draft = draft_of(declaration)
    good = {"version": draft.version, "method": "lump_sum", "lump_sum": "30000.00", "explanation": "按投入计算。"}
    bodies = corpus.WRONG_BODIES | changed(
        good,
        lump_sum=corpus.WRONG_AMOUNTS | {"list": ["1"], "object": {}},
        method=corpus.WRONG_CHOICES | {"list": ["free"]},
        version={"negative": -1, "huge": 2**63, "text": "x", "null": None},
        explanation=corpus.TOO_LONG,
        patentee={"another": 1},
        is_staff={"given": True},
    )
    url = reverse("api_declaration_section", kwargs={"key": str(declaration.pk), "section": "price"})
    assert problems(patentee, "PUT", url, bodies) == {}
    assert draft_of(declaration).data == draft.data


def test_decision_of_a_review():
    officer = accounts.officer()
    review = approvals.claim(review=make.review_of(make.submitted_declaration()), actor=officer)
    good = {"outcome": "reject", "reasons": ["R01"], "text": "不符合条件。"}
    bodies = corpus.WRONG_BODIES | changed(
        good,
        outcome=corpus.WRONG_CHOICES | {"list": ["approve"], "null": None},
        reasons={"text": "R01", "unknown": ["X77"], "nul": ["\x00"], "objects": [{}]},
        text=corpus.NOTHING | corpus.TOO_LONG,
        maker={"another": 1},
    )
    assert problems(officer, "POST", f"/api/v1/reviews/{review.number}/decisions/", bodies) == {}
    assert Decision.objects.count() == 0


def test_checks_of_certificates_declarations_and_sign_in():
    patentee = accounts.patentee()
    bodies = {name: body for name, body in corpus.WRONG_BODIES.items() if name not in ("a megabyte", "BOM")}
    users = User.objects.count()
    for url in (
        "/api/v1/certificates/checks/",
        "/api/v1/declarations/",
        "/api/v1/patent-numbers/checks/",
        "/api/v1/auth/token/",
    ):
        assert (url, problems(patentee, "POST", url, bodies)) == (url, {})
    assert (Declaration.objects.count(), User.objects.count()) == (0, users)
