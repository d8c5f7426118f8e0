"""Consents of co-owners: online, on paper, and bound to what is offered."""

import io
import re

import pytest
from django.urls import reverse
from PIL import Image

from licenses.services import declarations as services
from licenses.services.drafting import draft_of
from licenses.services.submitting import NotEligible
from tests.factories import accounts
from tests.factories import licenses as make
from tests.factories.patents import make_patent

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


def test_co_owner_signs_online_and_the_named_one_by_upload(client, patentee):
    partner = accounts.member("owner", organization=accounts.UniversityFactory())
    patent = make_patent(patentee.organization, partner.organization, "外部研究院")
    declaration = make.drafted_declaration(patent=patent, actor=patentee)
    owners = client.get(section(declaration, "owners"))
    assert "Missing" in text(owners)
    named = patent.current_owners()[2]
    with io.BytesIO() as upload:
        Image.new("RGB", (4, 4)).save(upload, "PNG")
        upload.seek(0)
        upload.name = "consent.png"
        url = reverse("licenses:declaration_owner_consent", args=[declaration.pk, named.pk])
        client.post(url, {"file": upload, "form_token": "t1"})
    assert declaration.consents.count() == 1
    client.force_login(partner.user)
    consent = reverse("licenses:declaration_consent", args=[declaration.pk])
    assert "Agree and sign" in text(client.get(consent))
    client.post(consent, {"form_token": "t2"})
    assert declaration.consents.count() == 2
    assert services.submit(declaration=declaration, actor=patentee).state == "submitted"


def test_consent_no_longer_counts_when_the_price_changes(patentee):
    partner = accounts.member("owner", organization=accounts.UniversityFactory())
    patent = make_patent(patentee.organization, partner.organization)
    declaration = make.drafted_declaration(patent=patent, actor=patentee)
    services.sign_consent(declaration=declaration, actor=partner)
    services.save_section(
        declaration=declaration,
        section="price",
        values=make.price("free"),
        version=draft_of(declaration).version,
        actor=patentee,
    )
    with pytest.raises(NotEligible, match="E06"):
        services.submit(declaration=declaration, actor=patentee)
