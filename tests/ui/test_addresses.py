"""What machines ask for: robots.txt, the sitemap, and addresses of the API that do not exist."""

import pytest
from defusedxml import ElementTree

from licenses.services import declarations as services
from tests.factories import accounts
from tests.factories.licenses import published_declaration
from tests.factories.patents import make_patent

pytestmark = pytest.mark.django_db
SITE = "http://testserver"
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def listed(client):
    found = ElementTree.fromstring(client.get("/sitemap.xml").content)
    return {
        url.findtext("s:loc", namespaces=NAMES): {
            link.get("hreflang"): link.get("href") for link in url.findall("x:link", NAMES)
        }
        for url in found.findall("s:url", NAMES)
    }


def test_the_sitemap_names_public_pages_in_both_languages(client, django_capture_on_commit_callbacks):
    offer, pending = published_declaration(), make_patent(grant_date=None, legal_status="pending")
    urls = listed(client)
    for address in ("/", "/about/", offer.get_absolute_url(), offer.patent.get_absolute_url()):
        here = f"{SITE}{address}"
        assert urls[here] == {"zh-Hans": f"{here}?lang=zh-hans", "en": f"{here}?lang=en"}
        assert client.get(address).status_code == 200
    assert f"{SITE}{pending.get_absolute_url()}" not in urls


def test_a_suspended_offer_leaves_the_sitemap(client):
    officer = accounts.officer()
    offer = published_declaration(officer=officer)
    services.suspend(declaration=offer, reason="法院协助执行", actor=officer)
    assert f"{SITE}{offer.get_absolute_url()}" not in listed(client)


def test_robots_are_told_the_sitemap_and_what_is_not_for_them(client):
    answer = client.get("/robots.txt")
    assert answer["Content-Type"].startswith("text/plain")
    lines = answer.content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert "Disallow: /api/" in lines
    assert lines[-1] == f"Sitemap: {SITE}/sitemap.xml"


@pytest.mark.parametrize("debug", [True, False])
@pytest.mark.parametrize("address", ["/api/", "/api/v1/nothing/", "/api/v1/nothing", "/api/v2/patents/"])
def test_an_unknown_address_of_the_api_is_a_problem_document(client, settings, address, debug):
    settings.DEBUG = debug
    for send in (client.get, client.post, client.delete):
        answer = send(address, headers={"Accept-Language": "en"})
        assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
        assert answer.json() == {
            "type": "urn:kaixu:problem:not_found",
            "title": "Not found",
            "status": 404,
            "detail": "There is nothing at this address.",
            "code": "not_found",
        }


def test_an_unknown_page_stays_a_page_and_a_missing_slash_is_added(client):
    assert client.get("/nothing/")["Content-Type"].startswith("text/html")
    assert client.get("/api/v1/patents")["Location"] == "/api/v1/patents/"
