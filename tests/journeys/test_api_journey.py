"""The whole way of a patent over the API: a real client, a real site, a real worker, and the bank over HTTP."""

import hashlib
import uuid
from types import SimpleNamespace

import pytest
import requests

from foundation.audit import invariants
from foundation.core.clock import database_now, local_date
from tests.factories.patents import make_number
from tests.harness import Site, eventually
from tests.journeys import cast as parts
from tests.journeys.outside import Client, Schema

pytestmark = pytest.mark.django_db(transaction=True)
FEE = "30000.00"


@pytest.fixture
def people(transactional_db: None) -> SimpleNamespace:
    return parts.cast()


def signed_in(schema: Schema, people: SimpleNamespace) -> SimpleNamespace:
    """Everybody's client by name, and a visitor's."""
    members = {name: one for name, one in vars(people).items() if name != "password"}
    clients = {name: Client(schema).sign_in(one.user.email, people.password) for name, one in members.items()}
    return SimpleNamespace(visitor=Client(schema), **clients)


def import_portfolio(keeper: Client) -> None:
    """A CSV with two right rows and a wrong one: preview with the reason, nothing written before the confirmation."""
    content = parts.portfolio()
    batch = keeper.post("/imports/", files={"file": ("portfolio.csv", content, "text/csv")})
    address = f"/imports/{batch['id']}/"
    batch = eventually(lambda: (found := keeper.get(address))["state"] == "preview" and found, what="the preview")
    assert (batch["rows_valid"], batch["rows_wrong"], batch["rows_written"]) == (2, 1, 0)
    wrong = [line for line in keeper.every(f"{address}rows/") if line["errors"]]
    assert [line["errors"][0]["column"] for line in wrong] == ["Patent number"]
    keeper.get(f"/patents/{make_number(9_101_001)}/", expect=404)
    keeper.post(f"{address}confirmations/", {"sha256": "0" * 64}, expect=409)
    keeper.post(f"{address}confirmations/", {"sha256": hashlib.sha256(content).hexdigest()})
    batch = eventually(lambda: (found := keeper.get(address))["state"] == "imported" and found, what="the import")
    assert batch["rows_written"] == 2
    assert {one["number"] for one in keeper.every("/patents/?mine=true")} == {
        make_number(9_101_001),
        make_number(9_101_002),
    }


def declare(keeper: Client, number: str) -> dict:
    """From a number in any notation to the submission; an older draft version is refused."""
    [verdict] = keeper.post("/patent-numbers/checks/", {"numbers": [f"ZL {number}"]}, expect=200)["results"]
    assert (verdict["valid"], verdict["normalized"]) == (True, number)
    made = keeper.post("/declarations/", {"patent": f"ZL {number}"})
    address, version = f"/declarations/{made['id']}/", 0
    problem = keeper.post(f"{address}submissions/", expect=409)
    assert problem["code"] == "sections_missing"
    for name, values in {**parts.SECTIONS, "term": parts.term()}.items():
        version = keeper.put(f"{address}sections/{name}/", {"version": version, **values})["version"]
    stale = keeper.put(f"{address}sections/other/", {"version": 0, "other_matters": "x"}, expect=409)
    assert stale["code"] == "draft_stale"
    wrong = keeper.put(
        f"{address}sections/price/", {"version": version, "method": "lump_sum", "lump_sum": "-1"}, expect=400
    )
    assert "lump_sum" in {error["field"] for error in wrong["errors"]}
    assert keeper.get(f"{address}draft/")["missing"] == []
    return keeper.post(f"{address}submissions/")


def review(officer: Client, keeper: Client, declaration: dict) -> dict:
    """Returned with a remark on the fee, corrected, approved; the number is the public one."""
    number = keeper.get(f"/declarations/{declaration['id']}/")["review"]
    assert number in {case["number"] for case in officer.every("/reviews/?state=queued")}
    keeper.get(f"/reviews/{number}/", expect=403)
    officer.post(f"/reviews/{number}/claims/")
    remark = {"field": "explanation", "comment": "请说明八分之一的依据。"}
    officer.post(f"/reviews/{number}/decisions/", {"outcome": "return", "corrections": [remark]})
    returned = keeper.get(f"/declarations/{declaration['number']}/")
    assert returned["state"] == "correction"
    assert [(one["field"], one["comment"]) for one in returned["corrections"]] == [tuple(remark.values())]
    address = f"/declarations/{declaration['id']}/"
    version = keeper.get(f"{address}draft/")["version"]
    better = {**parts.SECTIONS["price"], "explanation": parts.EXPLANATION + "依据为中试合同。"}
    keeper.put(f"{address}sections/price/", {"version": version, **better})
    keeper.post(f"{address}submissions/")
    officer.post(f"/reviews/{number}/claims/")
    case = officer.get(f"/reviews/{number}/")
    assert case["blocking"] == []
    officer.post(f"/reviews/{number}/decisions/", {"outcome": "approve"})
    return eventually(lambda: (found := keeper.get(address))["state"] == "published" and found, what="the publication")


def prove_the_pledge(keeper: Client, officer: Client, number: str) -> None:
    """Unknown is never a pass: the approval waits for an extract that an officer confirms."""
    declaration = declare(keeper, number)
    case = keeper.get(f"/declarations/{declaration['id']}/")["review"]
    officer.post(f"/reviews/{case}/claims/")
    blocked = officer.get(f"/reviews/{case}/")["blocking"]
    assert len(blocked) == 1
    refused = officer.post(f"/reviews/{case}/decisions/", {"outcome": "approve"}, expect=409)
    assert refused["code"] == "checks_open"
    said = {"fact": "pledge", "value": "none", "extract_date": local_date(database_now()).isoformat()}
    files = {"file": ("extract.png", parts.paper(), "image/png")}
    extract = keeper.post(f"/patents/{number}/extracts/", data=said, files=files)
    officer.post(f"/register-extracts/{extract['id']}/confirmations/")
    assert officer.get(f"/reviews/{case}/")["blocking"] == []
    officer.post(f"/reviews/{case}/decisions/", {"outcome": "approve"})


def take_up(firm: Client, declaration: dict) -> dict:
    """The signed notice; the same key again gives the same license."""
    body = {**parts.NOTICE, "terms_hash": declaration["terms"]["content_hash"]}
    address, key = f"/declarations/{declaration['number']}/uptakes/", uuid.uuid4().hex
    stale = firm.post(address, {**body, "terms_hash": "0" * 64}, expect=409)
    assert stale["code"] == "terms_changed"
    license = firm.post(address, body, key=key)
    assert firm.post(address, body, key=key)["number"] == license["number"]
    assert (license["state"], license["fee"]) == ("awaiting_payment", FEE)
    return license


def pay(firm: Client, license: dict, scenario: str) -> str:
    """Start a payment and pay it at the bank the way the scenario says; the order's id."""
    payment = firm.post(f"/obligations/{license['obligation']}/payments/")
    order = f"/sandbox-bank/api/orders/{payment['order_id']}/"
    assert Client(firm.schema).get(f"{order}details/")["amount_fen"] == 3_000_000
    Client(firm.schema).post(f"{order}payments/", {"scenario": scenario})
    return payment["order_id"]


def in_effect(firm: Client, number: str) -> dict:
    """The license once it is in effect and its papers are made."""
    return eventually(
        lambda: (
            (found := firm.get(f"/licenses/{number}/"))["state"] == "effective"
            and {"license.contract", "license.certificate"} <= {paper["kind"] for paper in found["papers"]}
            and found
        ),
        seconds=60,
        what="the license with contract and certificate",
    )


def check_papers(firm: Client, visitor: Client, license: dict) -> None:
    """Contract and certificate are PDF; anybody checks them by token and by hash, strangers cannot fetch them."""
    for paper in license["papers"]:
        address = paper["url"].partition("/api/v1")[2]
        content = firm.ask("GET", address, expect=200).content
        assert content.startswith(b"%PDF-")
        assert hashlib.sha256(content).hexdigest() == paper["sha256"]
        visitor.get(address, expect=401)
        found = visitor.post("/certificates/checks/", {"sha256": paper["sha256"]}, expect=200)
        assert found["genuine"]
        assert found["certificate"]["number"] == license["certificate"]["number"]
    shown = visitor.get(f"/certificates/{license['certificate']['token']}/")
    assert shown["state"] == "valid"
    assert not visitor.post("/certificates/checks/", {"sha256": "0" * 64}, expect=200)["genuine"]


def payments_of(firm: Client, license: dict) -> list[dict]:
    return firm.get(f"/obligations/{license['obligation']}/payments/")


def refuse_forged_messages(site: Site, order: str) -> None:
    """A message with a wrong signature has no effect."""
    headers = {
        "webhook-id": "msg_forged", "webhook-timestamp": str(int(database_now().timestamp())),
        "webhook-signature": "v1,Zm9yZ2Vk", "Content-Type": "application/json",
    }  # fmt: skip
    body = {"type": "payment.succeeded", "order_id": order, "transaction_id": "T-forged", "amount_fen": 3_000_000}
    answer = requests.post(f"{site.url}/api/v1/payments/callbacks/sandbox/", json=body, headers=headers, timeout=30)
    assert (answer.status_code, answer.json()["code"]) == (401, "signature_wrong")


def test_journey_from_the_drawer_to_the_certificate(people: SimpleNamespace, site: Site) -> None:
    schema = Schema(site.url).read()
    who = signed_in(schema, people)
    import_portfolio(who.keeper)
    submitted = declare(who.keeper, make_number(9_101_001))
    who.visitor.get(f"/declarations/{submitted['number']}/", expect=404)
    published = review(who.officer, who.keeper, submitted)
    prove_the_pledge(who.keeper, who.officer, make_number(9_101_002))
    found = who.visitor.every("/declarations/?q=石墨烯 散热膜")
    assert published["number"] in {one["number"] for one in found}

    licenses = {name: take_up(getattr(who, name), published) for name in ("first", "second", "third", "fourth")}
    forged = pay(who.first, licenses["first"], "normal")
    refuse_forged_messages(site, forged)
    pay(who.second, licenses["second"], "twice")
    pay(who.third, licenses["third"], "wrong_amount")
    pay(who.fourth, licenses["fourth"], "late")

    effective = in_effect(who.first, licenses["first"]["number"])
    check_papers(who.first, who.visitor, effective)
    who.second.get(f"/licenses/{effective['number']}/", expect=404)
    assert who.keeper.get(f"/licenses/{effective['number']}/")["licensee"] == effective["licensee"]

    in_effect(who.second, licenses["second"]["number"])
    twice = eventually(
        lambda: (
            (rows := payments_of(who.second, licenses["second"]))
            and sorted((row["received"], row["refunded"]) for row in rows) == [(FEE, "0.00"), (FEE, FEE)]
        ),
        what="the second receipt is on its way back",
    )
    assert twice
    late = lambda: [(row["received"], row["refunded"]) for row in payments_of(who.fourth, licenses["fourth"])]  # noqa: E731
    eventually(lambda: late() == [(FEE, FEE)], what="the late payment is on its way back")
    eventually(lambda: [row["received"] for row in payments_of(who.third, licenses["third"])] == ["29999.00"])
    for name in ("third", "fourth"):
        assert getattr(who, name).get(f"/licenses/{licenses[name]['number']}/")["state"] == "awaiting_payment"

    held = who.keeper.every("/ledger/entries/")
    received = [line for entry in held for line in entry["lines"] if line["credit"] == FEE and line["party"]]
    assert len(received) >= 2
    names = eventually(
        lambda: "licenses.license.effective" in (seen := {one["name"] for one in feed(who.keeper)}) and seen,
        what="the feed",
    )
    assert {"licenses.declaration.published", "settlement.payment.started"} & names
    positions = [one["position"] for one in feed(who.visitor)]
    assert len(positions) == len(set(positions))
    assert invariants.check() == []


def feed(client: Client) -> list[dict]:
    return client.every("/events/?since=0")
