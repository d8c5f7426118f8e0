"""A license keeps the legal basis it took effect under, whatever CNIPA does with the terms afterwards."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from foundation.core.clock import database_now, local_date
from foundation.core.refs import Ref
from foundation.documents import queries as documents
from licenses.certificates import PLATFORM, STATUTORY, certificate_data, contract_data
from licenses.models import License
from licenses.presentation.uptake import basis_label
from licenses.services import declarations
from tests.factories import accounts
from tests.factories.licenses import published_declaration
from tests.factories.uptakes import paid_license

pytestmark = pytest.mark.django_db
freeze = import_module("licenses.migrations.0008_basis_at_effect").freeze


def cnipa(offer, officer, *moves):
    """The officer notes these steps of CNIPA for the terms in force."""
    terms = offer.terms_versions.get(state="in_force")
    for move in moves:
        declarations.record_cnipa(
            terms=terms, move=move, on=local_date(database_now()), reference=f"G-{move}", actor=officer
        )


def bases(license: License, client) -> list:
    """What sheet, contract, fixed facts, public page, license page and API say of a license, read anew."""
    license = License.objects.get(pk=license.pk)
    certificate = documents.certificate_of(Ref.of(license))
    reader = license.licensee.memberships.get(role="licensing_user")
    client.force_login(reader.user)
    urls = (f"/c/{certificate.token}/", f"/my-licenses/{license.number}/")
    pages = [client.get(url).content.decode() for url in urls]
    statutory, platform = basis_label(statutory=True), basis_label(statutory=False)
    sheets = (certificate_data(license, certificate), contract_data(license, certificate))
    printed = [next(row["value"] for row in sheet["facts"] if row["en"] == "Legal basis") for sheet in sheets]
    assert set(printed) <= {STATUTORY[0], PLATFORM[0]}
    return [
        *(value == STATUTORY[0] for value in printed),
        certificate.facts["statutory"],
        *((statutory in page) and platform not in page for page in pages),
        client.get(f"/api/v1/licenses/{license.number}/").json()["statutory"],
    ]


@pytest.fixture
def officer():
    return accounts.officer()


def test_an_announcement_after_effect_makes_no_platform_license_statutory(officer, client):
    offer = published_declaration(officer=officer)
    license = paid_license(offer)
    assert bases(license, client) == [False] * 6
    cnipa(offer, officer, "file", "announce")
    assert bases(license, client) == [False] * 6


def test_a_withdrawal_after_effect_takes_nothing_from_a_statutory_licensee(officer, client):
    offer = published_declaration(officer=officer)
    cnipa(offer, officer, "file", "announce")
    license = paid_license(offer)
    assert bases(license, client) == [True] * 6
    cnipa(offer, officer, "withdraw")
    assert bases(license, client) == [True] * 6


def test_each_license_has_the_basis_of_its_own_day(officer):
    offer = published_declaration(officer=officer, method="free")
    cnipa(offer, officer, "file", "announce")
    early = paid_license(offer)
    cnipa(offer, officer, "withdraw")
    assert (early.is_statutory, paid_license(offer).is_statutory) == (True, False)


def test_licenses_from_before_take_their_basis_from_their_certificate(officer):
    offer = published_declaration(officer=officer)
    license = paid_license(offer)
    cnipa(offer, officer, "file", "announce")
    License.objects.filter(pk=license.pk).update(statutory_at_effect=True)  # as if it had followed the terms
    freeze(apps, connection.schema_editor())
    license.refresh_from_db()
    assert license.statutory_at_effect is False
