"""The pages and the API of patents: what they show, refuse, and cost."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image
from rest_framework.test import APIClient

from foundation.core.clock import local_date
from foundation.jobs import services as jobs
from patents import services
from patents.models import Patent, RegisterExtract
from patents.registers import facts_for, override
from tests.factories.accounts import UniversityFactory, member
from tests.factories.patents import CLEAN_FACTS, make_number, make_patent
from tests.patents.portfolio import as_csv, checked, imported, row, upload

MOST_QUERIES = 12


@pytest.fixture
def keeper(db):
    return member("ip_manager", organization=UniversityFactory(name="江南测试大学"))


@pytest.fixture
def signed_in(client, keeper):
    client.force_login(keeper.user)
    return client


def picture() -> bytes:
    """A scan of one white point."""
    out = io.BytesIO()
    Image.new("RGB", (1, 1), "white").save(out, "PNG")
    return out.getvalue()


def cost(client, url) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


@pytest.mark.parametrize("url", ["/patents/", "/patents/?q=测试", "/patents/?kind=invention&section=H"])
def test_the_list_costs_the_same_for_one_row_and_for_three(client, db, url):
    make_patent(UniversityFactory(), "合作公司")
    one = cost(client, url)
    make_patent(UniversityFactory())
    make_patent(UniversityFactory(), "合作公司")
    assert (cost(client, url), one <= MOST_QUERIES) == (one, True)


def test_the_page_of_a_patent_costs_at_most_twelve_queries(client, db):
    patent = make_patent(UniversityFactory(), "甲", "乙")
    assert cost(client, patent.get_absolute_url()) <= MOST_QUERIES


def test_the_portfolio_costs_the_same_for_one_row_and_for_three(signed_in, keeper):
    make_patent(keeper.organization)
    one = cost(signed_in, "/portfolio/")
    make_patent(keeper.organization)
    make_patent(keeper.organization, "甲")
    assert cost(signed_in, "/portfolio/") == one


def test_a_number_in_any_notation_leads_to_the_patent(client, db):
    patent = make_patent(UniversityFactory(), number=make_number(5))
    for text in (f"ZL{patent.number}", patent.display_number):
        assert client.get("/patents/", {"q": text}).url == patent.get_absolute_url()
    assert client.get(f"/patents/ZL{patent.number}/").url == patent.get_absolute_url()


def test_a_pending_application_is_seen_by_its_owner_only(client, signed_in, keeper, db):
    own = make_patent(keeper.organization, grant_date=None, legal_status="pending")
    other = make_patent(UniversityFactory(), grant_date=None, legal_status="pending")
    assert signed_in.get(own.get_absolute_url()).status_code == 200
    assert signed_in.get(other.get_absolute_url()).status_code == 404
    signed_in.logout()
    assert client.get(own.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_export_has_the_rows_of_the_filter(client, db, form):
    make_patent("=甲公司", title_zh_hans="=1+1", kind_digit="2")
    make_patent("乙公司")
    answer = client.get(reverse("patents:export", args=[form]), {"kind": "utility_model"})
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert answer.status_code == 200
    if form == "csv":
        lines = body.decode("utf-8-sig").splitlines()
        assert len(lines) == 2
        assert ",'=1+1," in lines[1]


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "q=%EF%BC%8C",
        "q=%00%FF",
        "holder=%EF%BC%8C",
        "page=99999999",
        "page=-1",
        "size=1e9",
        "city=' OR 1",
        "q=" + "a" * 5000,
        "kind=x&kind=y",
        "order=drop",
    ],
)
def test_no_address_of_the_list_fails(client, db, query):
    assert client.get(f"/patents/?{query}").status_code == 200


@pytest.mark.parametrize("number", ["x", "2021101234567.7", "🙂", "a" * 300, "-1", "%00"])
def test_an_address_without_a_patent_is_not_found(client, db, number):
    assert client.get(f"/patents/{number}/").status_code == 404


def test_the_whole_import_over_the_api(keeper):
    api = APIClient()
    api.force_login(keeper.user)
    key = {"HTTP_IDEMPOTENCY_KEY": "k-1"}
    sent = api.post(
        "/api/v1/imports/", {"file": upload(as_csv([row(1), row(2, 专利号="x")]))}, format="multipart", **key
    )
    again = api.post(
        "/api/v1/imports/", {"file": upload(as_csv([row(1), row(2, 专利号="x")]))}, format="multipart", **key
    )
    assert (sent.status_code, again.json()["id"]) == (201, sent.json()["id"])
    url = f"/api/v1/imports/{sent.json()['id']}/"
    jobs.run(sent.json()["job"])
    assert [line["errors"][0]["cell"] for line in api.get(url + "rows/?decision=wrong").json()["results"]] == ["A3"]
    confirmed = api.post(url + "confirmations/", {"sha256": api.get(url).json()["sha256"]}, format="json")
    jobs.run(confirmed.json()["job"])
    assert api.get(url).json()["state"] == "imported"
    assert [found["number"] for found in api.get("/api/v1/patents/?mine=1").json()["results"]] == [make_number(1)]
    assert api.get(f"/api/v1/patents/{make_number(1)}/").json()["facts"][0]["name"] == "status"
    undo = api.post(url + "undos/", format="json")
    jobs.run(undo.json()["job"])
    assert (api.get(url).json()["state"], Patent.objects.count()) == ("undone", 0)


def test_an_import_of_another_organization_is_not_found(client, keeper):
    batch = checked(as_csv([row(1)]), keeper)
    client.force_login(member("owner", organization=UniversityFactory()).user)
    for name in ("import_detail", "import_errors"):
        args = [batch.pk, "csv"] if name == "import_errors" else [batch.pk]
        assert client.get(reverse(f"patents:{name}", args=args)).status_code == 404
    for name in ("import_confirm", "import_discard", "import_undo"):
        assert client.post(reverse(f"patents:{name}", args=[batch.pk])).status_code == 404
    assert client.get(reverse("jobs:detail", args=[batch.job_id])).status_code == 404


def test_the_pages_of_an_import_from_upload_to_undo(signed_in):
    content = as_csv([row(1), row(2, 专利号="x")])
    url = signed_in.post(reverse("patents:import_new"), {"file": upload(content)}).url
    pk = int(url.rstrip("/").rpartition("/")[2])
    assert "hx-get" in signed_in.get(url).content.decode()
    batch = signed_in.get(url).context["batch"]
    jobs.run(batch.job_id)
    page = signed_in.get(url)
    assert "A3" in page.content.decode()
    errors = signed_in.get(reverse("patents:import_errors", args=[pk, "csv"])).content.decode("utf-8-sig")
    assert len(errors.splitlines()) == 2
    signed_in.post(reverse("patents:import_confirm", args=[pk]), {"sha256": batch.sha256})
    jobs.run(signed_in.get(url).context["batch"].job_id)
    assert signed_in.get(url + "?show=written").context["batch"].rows_written == 1
    signed_in.post(reverse("patents:import_undo", args=[pk]))
    jobs.run(signed_in.get(url).context["batch"].job_id)
    assert Patent.objects.count() == 0


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_template_can_be_imported_as_it_is(signed_in, keeper, form):
    content = signed_in.get(reverse("patents:import_template", args=[form])).content
    assert imported(content, keeper).rows_written == 1


def test_an_unknown_fact_is_known_after_an_officer_confirmed_the_extract(client, keeper):
    patent = make_patent(keeper.organization, facts=CLEAN_FACTS | {"pledge": None})
    assert not facts_for(patent)["pledge"].known
    client.force_login(keeper.user)
    sent = {"statement": "pledge:none", "extract_date": "2026-01-05", "file": upload(picture(), "extract.png")}
    sent["extract_date"] = local_date(patent.created_at).isoformat()
    answer = client.post(reverse("patents:extract_new", args=[patent.number]), sent)
    assert answer.status_code == 302, answer.context["form"].errors
    extract = RegisterExtract.objects.get()
    assert not facts_for(patent)["pledge"].known
    client.force_login(member("provincial_officer").user)
    assert client.get(reverse("patents:extract_list")).context["page"].object_list[0] == extract
    services.confirm_extract(extract=extract, actor=member("provincial_officer"))
    fact = facts_for(patent)["pledge"]
    assert (fact.known, fact.value, fact.source) == (True, "none", "extract")


def test_tests_can_flip_every_answer(db):
    patent = make_patent(UniversityFactory())
    with override({"annual_fee": "grace", "pledge": None}):
        facts = facts_for(patent)
    assert (facts["annual_fee"].value, facts["pledge"].known) == ("grace", False)
