"""Redis is stopped (F4): browsing, signing in, declaring and taking up go on; what waits is found when it is back."""

import os
import re
import shutil
import threading
from pathlib import Path

import pytest
import requests
from django.conf import settings
from django.urls import reverse

from foundation.audit import invariants
from foundation.audit.models import Delivery
from foundation.jobs.models import Job
from licenses.models import Declaration, License
from local import places, valkey
from tests.factories import accounts
from tests.factories import licenses as make
from tests.factories.patents import make_patent
from tests.harness import Site, eventually
from tests.journeys.cast import NOTICE, portfolio

pytestmark = pytest.mark.django_db(transaction=True)
BACK = 60  # seconds until nothing waits any more
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@pytest.fixture
def own_redis():
    """A Redis of this test's own, which it may stop."""
    account = places.account()
    folder = places.server_folder(Path(settings.DATA_DIR) / "test" / f"redis-{os.getpid()}", account)
    server = valkey.Valkey(folder, account)
    server.start()
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def watch(site: Site, over: threading.Event) -> None:
    """What every installation has: somebody who starts again what has ended (Celery's worker may, without a queue)."""
    while not over.wait(0.5):
        for child in site.children.values():
            child.restart_if_dead()


@pytest.fixture
def site(own_redis, transactional_db):
    made, over = Site().prepare(REDIS_URL=own_redis.url), threading.Event()
    watcher = threading.Thread(target=watch, args=[made, over])
    try:
        made.start()
        made.wait_until_ready()
        watcher.start()
        yield made
    finally:
        over.set()
        watcher.join()
        made.destroy()


def sign_in_by_page(site, member) -> requests.Session:
    browser = requests.Session()
    page = browser.get(f"{site.url}{reverse('account_login')}", timeout=30)
    said = {"login": member.user.email, "password": accounts.PASSWORD}
    said["csrfmiddlewaretoken"] = TOKEN.search(page.text)[1]
    answer = browser.post(page.url, data=said, headers={"Referer": page.url}, allow_redirects=False, timeout=30)
    assert answer.status_code == 302, answer.text[:500]
    return browser


def api(site, member, path, body=None, **options):
    signed_in = {"email": member.user.email, "password": accounts.PASSWORD}
    token = requests.post(f"{site.url}/api/v1/auth/token/", json=signed_in, timeout=30).json()["token"]
    headers = {"Authorization": f"Token {token}"}
    answer = requests.post(f"{site.url}/api/v1{path}", json=body, headers=headers, timeout=30, **options)
    assert answer.status_code == 201, (path, answer.status_code, answer.text[:500])
    return answer.json()


@pytest.mark.slow
def test_without_redis_people_go_on_and_the_work_is_found_when_it_is_back(site, own_redis):
    keeper, firm = accounts.patentee(), accounts.licensee()
    offer = make.published_declaration(method="free")
    patent = make_patent(keeper.organization)
    own_redis.stop()
    assert not own_redis.answers()

    for address in ("/", "/licenses/", f"/licenses/{offer.number}/", "/patents/", "/check/"):
        assert requests.get(f"{site.url}{address}", timeout=30).status_code == 200, address
    browser = sign_in_by_page(site, firm)
    assert browser.get(f"{site.url}/my-licenses/", timeout=30).status_code == 200
    assert site.health()["ok"] is False
    notice = {**NOTICE, "terms_hash": offer.current_terms.content_hash}
    assert api(site, firm, f"/declarations/{offer.number}/uptakes/", notice)["state"] == "effective"
    declared = api(site, keeper, "/declarations/", {"patent": patent.number})
    assert Declaration.objects.get(pk=declared["id"]).state == "draft"
    batch = api(site, keeper, "/imports/", files={"file": ("portfolio.csv", portfolio(), "text/csv")})
    assert batch["id"]
    assert Job.objects.get().state == "queued"
    assert Delivery.objects.filter(state="pending").exists()

    own_redis.start()
    eventually(lambda: not Delivery.objects.filter(state="pending").exists(), seconds=BACK, what="the outbox is empty")
    eventually(lambda: Job.objects.get().state == "done", seconds=BACK, what="the job was found")
    assert (License.objects.get().state, invariants.check({"I10", "I11", "I15", "I17"})) == ("effective", [])
