"""A lot as open contracting data: the shape of the standard, version 1.1, by its own words, and no name too many."""

import json
from datetime import datetime

import pytest
from django.test import Client

from tests.factories import accounts
from tests.factories import auction_floor as floor
from tests.factories import auction_sales as sales

pytestmark = pytest.mark.django_db
# Required and known properties of each object of the standard; the bid extension's and Prozorro's `auctionPeriod` too.
REQUIRED = {
    "package": "uri publishedDate publisher releases version",
    "release": "ocid id date tag initiationType",
    "tender": "id",
    "item": "id",
    "document": "id",
    "award": "id",
    "contract": "id awardID",
    "bid": "id",
    "statistic": "id measure value",
}
KNOWN = {
    "package": "uri publishedDate publisher releases version extensions license publicationPolicy",
    "release": "ocid id date tag initiationType parties buyer planning tender awards contracts language "
    "relatedProcesses bids",
    "party": "name id identifier additionalIdentifiers address contactPoint roles details",
    "planning": "rationale budget documents milestones",
    "tender": "id title description status procuringEntity items value minValue procurementMethod "
    "procurementMethodDetails procurementMethodRationale mainProcurementCategory additionalProcurementCategories "
    "awardCriteria awardCriteriaDetails submissionMethod submissionMethodDetails tenderPeriod enquiryPeriod "
    "hasEnquiries eligibilityCriteria awardPeriod contractPeriod numberOfTenderers tenderers documents milestones "
    "amendments auctionPeriod",
    "item": "id description classification additionalClassifications quantity unit",
    "document": "id documentType title description url datePublished dateModified format language",
    "award": "id title description status date value suppliers items contractPeriod documents amendments relatedBid",
    "contract": "id awardID title description status period value items dateSigned documents implementation "
    "relatedProcesses milestones amendments",
    "bid": "id date status tenderers value documents",
    "statistic": "id measure date value valueGross notes",
    "value": "amount currency",
    "period": "startDate endDate maxExtentDate durationInDays",
    "reference": "id name",
    "classification": "scheme id description uri",
}
CODES = {
    "tag": "planning planningUpdate tender tenderAmendment tenderUpdate tenderCancellation award awardUpdate "
    "awardCancellation contract contractUpdate contractAmendment implementation implementationUpdate "
    "contractTermination compiled",
    "tender": "planning planned active cancelled unsuccessful complete withdrawn",
    "award": "pending active cancelled unsuccessful",
    "contract": "pending active cancelled terminated",
    "bid": "invited pending valid disqualified withdrawn",
}
INSIDE = {
    "procuringEntity": "reference", "items": "item", "value": "value", "minValue": "value", "documents": "document",
    "tenderPeriod": "period", "auctionPeriod": "period", "classification": "classification", "suppliers": "reference",
    "additionalClassifications": "classification", "tenderers": "reference", "parties": "party", "tender": "tender",
    "planning": "planning", "awards": "award", "contracts": "contract", "statistics": "statistic", "details": "bid",
    "releases": "release",
}  # fmt: skip


def conforms(kind, one):
    """Required ones are there and not empty, nothing unknown is, and so for everything inside."""
    assert set(REQUIRED.get(kind, "").split()) <= set(one), (kind, one)
    assert set(one) <= set(KNOWN[kind].split()), (kind, one)
    assert all(value not in (None, "", [], {}) for value in one.values()), (kind, one)
    if kind in CODES:
        assert one["status"] in CODES[kind].split()
    if kind == "value":
        assert type(one["amount"]) in (int, float) and one["currency"] == "CNY"
    parts = {**one, **one["bids"]} if "bids" in one else one
    for name, value in parts.items():
        if name in ("date", "publishedDate", "dateSigned", "startDate", "endDate"):
            assert datetime.fromisoformat(value).tzinfo is not None
        if name in INSIDE and not isinstance(value, int):
            for inner in value if isinstance(value, list) else [value]:
                conforms(INSIDE[name], inner)


def released(lot):
    answer = Client().get(f"/api/v1/lots/{lot.number}/release/")
    assert answer.status_code == 200, answer.content
    package = answer.json()
    conforms("package", package)
    for release in package["releases"]:
        assert release["ocid"] == f"kaixu-{lot.number}" and release["initiationType"] == "tender"
        assert set(release["tag"]) <= set(CODES["tag"].split())
        named = {party["id"] for party in release["parties"]}
        met = [release["tender"]["procuringEntity"]] if "tender" in release else []
        met += [one for bid in release.get("bids", {}).get("details", []) for one in bid["tenderers"]]
        met += [one for award in release.get("awards", []) for one in award["suppliers"]]
        assert {one["id"] for one in met} <= named
    ids = [release["id"] for release in package["releases"]]
    assert len(set(ids)) == len(ids)
    return package, [release["tag"][0] for release in package["releases"]]


def test_a_lot_is_planned_then_tendered_and_unsold_ones_are_unsuccessful():
    _package, tags = released(floor.live_lot())
    assert tags == ["planning", "tender"]
    package, tags = released(sales.unsold_lot())
    assert tags[-1] == "tenderUpdate"
    assert package["releases"][-1]["tender"]["status"] == "unsuccessful"


def test_a_sale_is_an_award_by_paddle_and_a_contract_once_both_signed():
    sale = sales.contracted(sales.paid(sales.knocked_down(underbid=sales.UNDERBID, seller=accounts.member("owner"))))
    package, tags = released(sale.lot)
    award, contract = package["releases"][-2:]
    assert tags[-2:] == ["award", "contract"]
    assert [one["value"]["amount"] for one in award["bids"]["details"]] == [1_800_000, 1_850_000]
    assert award["awards"][0]["relatedBid"] == award["bids"]["details"][-1]["id"]
    assert award["awards"][0]["id"] == contract["awards"][0]["id"] == contract["contracts"][0]["awardID"]
    assert contract["contracts"][0]["status"] == "active"
    text = json.dumps(package, ensure_ascii=False)
    assert sale.registration.paddle in text
    assert sale.buyer.name not in text and sale.buyer.public_id not in text


def test_a_state_sellers_buyer_is_named_once_the_sale_is_announced():
    sale = sales.contracted()
    package, _tags = released(sale.lot)
    assert package["releases"][-1]["awards"][0]["suppliers"] == [{"id": sale.buyer.public_id, "name": sale.buyer.name}]
    page = Client().get(sale.lot.get_absolute_url()).content.decode()
    assert f"/api/v1/lots/{sale.lot.number}/release/" in page
