"""The public catalogue: search, filters, facets, address, export, feed, queries."""

import csv
import io
import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from foundation.core.clock import database_now, local_date
from licenses import saved_searches
from licenses.lifecycle import DeclarationState
from licenses.queries import catalogue, declarations, facets
from licenses.queries.catalogue import Params
from licenses.services import declarations as services
from notifications import searches
from patents.models import PatentKind
from tests.factories import accounts
from tests.factories import licenses as make
from tests.factories.patents import make_number, make_patent

URL = "/licenses/"
MOST_QUERIES = 12


def text(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.fixture
def market(db):
    """Five offers of a university and a firm."""
    university, firm, officer = accounts.patentee(), accounts.member("owner"), accounts.officer()
    rows = [
        (university, "石墨烯散热膜的制备方法", "Graphene film for cooling", "lump_sum", "C01B", "1"),
        (university, "锂离子电池正极材料", "Cathode material for lithium batteries", "entry_plus_royalty", "H01M", "1"),
        (university, "电池包泄压阀组件", "Relief valve of a battery pack", "free", "H01M", "2"),
        (firm, "果园喷雾机器人", "Spraying robot for orchards", "lump_sum", "A01M", "2"),
        (firm, "电池极耳焊接夹具", "Welding fixture for battery tabs", "lump_sum", "H01M", "2"),
    ]
    made = []
    for actor, chinese, english, method, ipc, kind in rows:
        patent = make_patent(
            actor.organization,
            number=make_number(kind=kind),
            title_zh_hans=chinese,
            title_en=english,
            main_ipc_subclass=ipc,
            ipc=[f"{ipc} 1/00"],
        )
        made.append(make.published_declaration(patent=patent, actor=actor, officer=officer, method=method))
    return made


def titles(query: str) -> list[str]:
    params = catalogue.parse(saved_searches.QueryDict(query))
    rows, _capped = catalogue.ordered(
        catalogue.filtered(declarations.open_offers(), params, local_date(database_now())), params
    )
    return [row.patent.title_zh_hans for row in rows]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=石墨烯", ["石墨烯散热膜的制备方法"]),
        ("q=散热", ["石墨烯散热膜的制备方法"]),
        ("q=电池", ["电池极耳焊接夹具", "电池包泄压阀组件", "锂离子电池正极材料"]),
        ("q=battery", ["电池极耳焊接夹具", "电池包泄压阀组件", "锂离子电池正极材料"]),
        ("q=电池 fixture", ["电池极耳焊接夹具"]),
        ("q=H01M&method=free", ["电池包泄压阀组件"]),
        ("ipc=H01M&holder_kind=enterprise", ["电池极耳焊接夹具"]),
        ("kind=invention&method=lump_sum", ["石墨烯散热膜的制备方法"]),
        ("high=0", ["电池包泄压阀组件"]),
        ("low=12000", ["锂离子电池正极材料"]),
        ("q=不存在的词语", []),
        ("basis=statutory", []),
    ],
)
def test_search_and_filters_find_exactly(query, found, market):
    assert sorted(titles(query)) == sorted(found)


def test_number_in_any_notation_finds_its_offer(market, client):
    patent = market[0].patent
    for typed in (patent.number, patent.display_number, patent.number.replace(".", "")):
        assert titles(f"q={typed}") == [patent.title_zh_hans]
    answer = client.get(URL, {"q": market[0].number.lower()})
    assert answer.url == reverse("licenses:declaration_detail", args=[market[0].number])


@pytest.mark.parametrize(
    "query", ["", "q=电池", "ipc=H01M", "method=lump_sum&kind=utility_model", "ipc=H01M&method=free"]
)
def test_counts_of_every_facet_add_up_to_the_results(query, market):
    params = catalogue.parse(saved_searches.QueryDict(query))
    total, found = facets.counts(declarations.open_offers(), params, local_date(database_now()))
    assert total == len(titles(query))
    for name in catalogue.FACETS:
        chosen = getattr(params, name)
        counted = sum(n for value, n in found[name].items() if not chosen or value in chosen)
        assert counted == total, name


@given(
    st.builds(
        Params,
        q=st.text("锂电池abc xyz09", max_size=12).map(lambda value: " ".join(value.split())),
        method=st.sets(st.sampled_from(catalogue.METHODS)).map(lambda chosen: tuple(sorted(chosen))),
        basis=st.sets(st.sampled_from(catalogue.BASES)).map(lambda chosen: tuple(sorted(chosen))),
        kind=st.sets(st.sampled_from(PatentKind.values)).map(lambda chosen: tuple(sorted(chosen))),
        ipc=st.sets(st.sampled_from(["H01M", "A01B", "C07D"])).map(lambda chosen: tuple(sorted(chosen))),
        city=st.sets(st.sampled_from(["320100", "320500"])).map(lambda chosen: tuple(sorted(chosen))),
        life=st.sets(st.sampled_from(catalogue.LIVES)).map(lambda chosen: tuple(sorted(chosen))),
        low=st.none() | st.integers(0, 10**12),
        high=st.none() | st.integers(0, 10**12),
        order=st.sampled_from(["", *catalogue.ORDERS]),
        size=st.sampled_from(catalogue.SIZES),
    )
)
def test_address_says_the_question_again(params):
    assert catalogue.parse(saved_searches.QueryDict(params.query_string)) == params


@pytest.mark.parametrize(
    "query",
    ["low=1e309", "low=NaN&high=-1", "kind[]=x&kind=%00", "city=abc", "page=99999999", "page=-1", "size=7",
     "order=drop",      "q=%00%FF", "q=" + "x" * 5000, "ipc='; DROP TABLE", "life=100", "q={{7*7}}", "method=royalty"],
)  # fmt: skip
def test_odd_addresses_show_a_page(query, market, client):
    assert client.get(f"{URL}?{query}").status_code == 200


def count_queries(client, url) -> int:
    client.get(url)  # what is cached once per process is cached now
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


def test_list_and_page_need_at_most_12_queries_whatever_the_number_of_rows(market, client):
    url, page = f"{URL}?q=电池&order=best", market[0].get_absolute_url()
    few, few_page = count_queries(client, f"{URL}?method=free"), count_queries(client, page)
    assert count_queries(client, url) <= MOST_QUERIES and few <= MOST_QUERIES and few_page <= MOST_QUERIES
    assert count_queries(client, URL) == few
    client.force_login(accounts.licensee().user)
    assert count_queries(client, url) <= MOST_QUERIES
    assert count_queries(client, page) <= MOST_QUERIES


def test_export_holds_exactly_the_rows_of_the_list(market, client):
    answer = client.get("/licenses/export.csv", {"q": "电池"})
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert len(rows) == 1 + len(titles("q=电池"))
    assert client.get("/licenses/export.xlsx", {"q": "电池"}).content[:2] == b"PK"


def test_feed_is_atom_with_the_newest_offers(market, client):
    feed = client.get("/licenses/feed.atom", {"q": "电池"})
    assert feed["Content-Type"].startswith("application/atom+xml")
    assert feed.content.decode().count("<entry>") == 3


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_empty_result_suggests_widening_and_an_alert(language, market, client):
    client.cookies["kaixu_language"] = language
    page = client.get(URL, {"q": "不存在的词语"})
    assert page.status_code == 200 and page.context["total"] == 0


def test_detail_shows_terms_contact_and_digest_to_everybody(market, client):
    client.cookies["kaixu_language"] = "en"
    page = text(client.get(market[0].get_absolute_url()))
    assert "¥30,000.00" in page and market[0].current_terms.content_hash in page
    assert "Platform offer" in page and "Statutory open license</span>" not in page
    assert make.CONTACT["contact_email"] in page


def test_drafts_are_not_public(db, client):
    declaration = make.submitted_declaration()
    assert client.get(reverse("licenses:declaration_detail", args=[declaration.number])).status_code == 404
    assert titles("") == []


def test_withdrawn_offer_leaves_the_catalogue_but_keeps_its_page(market, client):
    patentee = accounts.Membership.objects.get(organization=market[3].patentee)
    services.request_withdrawal(declaration=market[3], reason="转让谈判", actor=patentee)
    assert market[3].patent.title_zh_hans in titles("")
    review = make.approvals.claim(review=make.reviews.reviews.queue(accounts.officer()).get(), actor=accounts.officer())
    make.approvals.decide(review=review, outcome="approve", actor=review.reviewer)
    market[3].refresh_from_db()
    assert market[3].state == DeclarationState.WITHDRAWN
    assert market[3].patent.title_zh_hans not in titles("")
    assert client.get(market[3].get_absolute_url()).status_code == 200


def test_search_is_saved_and_finds_only_what_came_after(market):
    kind = searches.find("licenses.declaration")
    params = kind.parse("q=电池&ipc=H01M")
    rows = kind.queryset(params, None)
    assert kind.newest(rows, database_now() - timedelta(hours=1)).count() == 3
    assert kind.newest(rows, database_now() + timedelta(seconds=1)).count() == 0
    assert "电池" in kind.describe(params)
    assert kind.list_url("q=电池&x=1").startswith("/licenses/?q=")


def test_remaining_life_bands_do_not_overlap():
    today = date(2026, 2, 28)
    ten, five, less = (catalogue.life_band(band, today) for band in catalogue.LIVES)
    assert (ten[1], five[1], less[1]) == (None, ten[0], five[0])
