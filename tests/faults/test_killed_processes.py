"""kill -9 of the worker in the middle of the papers, of the web in the middle of payment and uptake (F1, F2)."""

import hashlib
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests
from django.conf import settings

from foundation.audit import invariants
from foundation.core.clock import machine_now
from foundation.core.refs import Ref
from foundation.documents.models import Certificate, Document
from licenses.models import License
from settlement import services as settlement
from settlement.models import JournalEntry, Obligation, ProviderEvent
from tests.factories import accounts
from tests.factories import licenses as make
from tests.factories.uptakes import notice
from tests.harness import Site, eventually
from tests.journeys.cast import NOTICE

pytestmark = pytest.mark.django_db(transaction=True)
BACK = 60  # seconds after which everything has to be done without hands
BROWSER = {"Accept-Language": "en"}


def restart(site: Site, name: str, crash_at: str = "") -> None:
    site.kill(name)
    site.start(name, CRASH_AT=crash_at)


def written(name: str) -> list[Path]:
    """Files of that name in the media folder, rows or not."""
    return list(Path(settings.MEDIA_ROOT).rglob(f"*{name}"))


@pytest.mark.slow
def test_papers_cut_off_twice_end_with_one_number_and_one_of_each(site):
    restart(site, "worker", "papers.contract")
    license = notice(make.published_declaration(method="free"))
    number = Certificate.objects.get().number
    eventually(lambda: written(f"{license.number}.pdf"), seconds=BACK, what="the contract is written and cut off")
    time.sleep(0.5)
    assert Document.objects.count() == 0
    restart(site, "worker", "papers.certificate")
    eventually(lambda: written(f"{number}.pdf"), seconds=BACK, what="the certificate is written and cut off")
    time.sleep(0.5)
    assert Document.objects.count() == 0
    begun = machine_now()
    restart(site, "worker")
    certificate = eventually(
        lambda: Certificate.objects.filter(document__isnull=False).first(), seconds=BACK, what="the papers are made"
    )
    assert (machine_now() - begun).total_seconds() < BACK
    subject = Ref.of(license)
    kinds = Document.objects.filter(subject_kind=subject.kind, subject_id=subject.id).values_list("kind", flat=True)
    assert (certificate.number, sorted(kinds)) == (number, ["license.certificate", "license.contract"])
    with certificate.document.file.content.open("rb") as content:
        digest = hashlib.sha256(content.read()).hexdigest()
    page = requests.get(f"{site.url}/c/{certificate.token}/?file={digest}", headers=BROWSER, timeout=30)
    assert (digest, page.status_code, number in page.text) == (certificate.document.file.sha256, 200, True)
    assert invariants.check({"I10", "I11", "I15"}) == []


def pay_at_bank(obligation, payer) -> None:
    payment = settlement.start_payment(obligation=obligation, actor=payer, key="killed")
    page = urlsplit(payment.redirect_url)
    with requests.Session() as browser:
        browser.get(payment.redirect_url, timeout=30)
        said = {"scenario": "normal", "csrfmiddlewaretoken": browser.cookies.get("csrftoken", "")}
        answer = browser.post(page.geturl(), data=said, headers={"Referer": page.geturl()}, allow_redirects=False)
    assert answer.status_code == 303


@pytest.mark.slow
def test_a_payment_whose_web_dies_twice_counts_once(site, settings):
    settings.KAIXU_SANDBOX_BANK_URL = settings.KAIXU_PUBLIC_URL = site.url
    firm = accounts.licensee()
    license = notice(make.published_declaration(), firm)
    restart(site, "web", "settlement.callback.claimed")
    eventually(site.health, seconds=BACK, what="the web answers")
    pay_at_bank(license.obligation, firm)
    for next_step in ("settlement.callback.booked", ""):
        eventually(lambda: site.children["web"].process.poll() is not None, seconds=BACK, what="the web has died")
        assert (ProviderEvent.objects.exclude(outcome="ignored").count(), JournalEntry.objects.count()) == (0, 0)
        restart(site, "web", next_step)
    eventually(lambda: License.objects.get().state == "effective", seconds=BACK, what="the license is in effect")
    assert (JournalEntry.objects.count(), Certificate.objects.count()) == (1, 1)
    assert invariants.check({"I1", "I3", "I4", "I10", "I12", "I15"}) == []


class Firm(threading.Thread):
    """Sends its notice under one key until it has an answer."""

    def __init__(self, site: Site, declaration, member) -> None:
        super().__init__()
        self.answers: list[int] = []
        self.address = f"{site.url}/api/v1/declarations/{declaration.number}/uptakes/"
        self.body = {**NOTICE, "terms_hash": declaration.current_terms.content_hash}
        signed_in = {"email": member.user.email, "password": accounts.PASSWORD}
        token = requests.post(f"{site.url}/api/v1/auth/token/", json=signed_in, timeout=30).json()["token"]
        self.headers = {"Authorization": f"Token {token}", "Idempotency-Key": f"notice-{member.pk}"}

    def run(self) -> None:
        until = time.monotonic() + BACK
        while time.monotonic() < until and 201 not in self.answers:
            try:
                self.answers.append(
                    requests.post(self.address, json=self.body, headers=self.headers, timeout=20).status_code
                )
            except requests.RequestException:
                time.sleep(0.2)


@pytest.mark.slow
def test_notices_of_eight_firms_survive_a_web_that_is_killed_three_times(site):
    declaration = make.published_declaration()
    firms = [Firm(site, declaration, accounts.licensee()) for _n in range(8)]
    for firm in firms:
        firm.start()
    for _kill in range(3):
        time.sleep(0.3)
        restart(site, "web")
        eventually(site.health, seconds=BACK, what="the web answers")
    for firm in firms:
        firm.join(BACK)
    assert [firm.answers[-1] for firm in firms] == [201] * 8
    assert set().union(*(firm.answers for firm in firms)) <= {201, 409, 503}
    assert (License.objects.filter(state="awaiting_payment").count(), Obligation.objects.count()) == (8, 8)
    assert invariants.check({"I4", "I10", "I14", "I15"}) == []
