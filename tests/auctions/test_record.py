"""The public record of a lot can be checked by a stranger, and shows every tampering."""

import copy
import json
import subprocess
import sys
from datetime import timedelta

import pytest
from django.core.management import call_command

from auctions import clock_lots, protocol, verify_record
from auctions.models import Bid, Floor, Lot
from auctions.services import pausing, records
from foundation.core import clock
from foundation.documents.models import Document
from tests.auctions.test_bidding_on_a_lot import bid
from tests.factories import accounts
from tests.factories import auction_floor as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def lot():
    """Sold at the third bid, which was late; paused in between."""
    made, officer = make.live_lot(), accounts.officer()
    ada, bob = make.admitted(made, paddle="1001"), make.admitted(made, paddle="2002")
    bid(ada, 100_000)
    pausing.pause(lot=made, actor=officer, reason="核对材料")
    with clock.at(clock.database_now() + timedelta(hours=1)):
        pausing.resume(lot=Lot.objects.get(pk=made.pk), actor=officer)
    end = Floor.objects.get(pk=made.pk).ends_at
    with clock.at(end - timedelta(minutes=1)):
        bid(bob, 105_000)
    with clock.at(end + timedelta(minutes=1)):
        bid(ada, 110_000)
    with clock.at(end + timedelta(hours=1)):
        clock_lots.look()
    made.refresh_from_db()
    return made


def faults(record, receipts=()):
    return [seq for seq, _sentence in verify_record.verify(record, receipts)]


def test_an_honest_record_fits_alone_by_the_standard_library(lot, tmp_path):
    record, receipts = tmp_path / "record.json", tmp_path / "receipts.json"
    record.write_text(protocol.as_json(lot))
    receipts.write_text(json.dumps([protocol.receipt(one) for one in Bid.objects.filter(paddle="1001")]))
    command = [sys.executable, "-I", verify_record.__file__, str(record), "--receipt", str(receipts)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert ran.stdout.splitlines() == [
        f"lot {lot.number}: winner: paddle 1001 at 110000.00 yuan, 3 bids",
        "receipts: 2",
        "everything fits",
    ]
    assert ran.returncode == 0


def test_the_record_names_paddles_and_no_bidder(lot):
    text = protocol.as_json(lot)
    for registration in lot.registrations.all():
        assert registration.organization.name not in text
    assert protocol.record(lot)["result"]["paddle"] == "1001"
    assert protocol.as_csv(lot).count("\r\n") == 4


def change(place, **fields):
    return lambda record: record["bids"][place].update(fields)


def forge(record):
    """Somebody who knows the format gives a bid to another paddle and makes the chain anew."""
    record["bids"][1]["paddle"] = "3003"
    head = ""
    for one in record["bids"]:
        one["previous_hash"] = head
        head = one["hash"] = verify_record.bid_hash(head, record["lot"]["number"], one)
    record["result"]["head_hash"] = head


@pytest.mark.parametrize(
    ("tamper", "first"),
    [
        (change(1, amount_fen=10_600_000), 2),
        (change(0, paddle="3003"), 1),
        (change(2, received_at="2020-01-01T00:00:00.000000+00:00"), 3),
        (change(2, ends_at="2020-01-01T00:00:00.000000+00:00"), 3),
        (lambda record: record["bids"].pop(1), 2),
        (lambda record: record["result"].update(paddle="2002"), 3),
        (lambda record: record["result"].update(price_fen=1), 3),
        (lambda record: record["result"].update(outcome="no_bid"), 3),
        (lambda record: record.update(result=None), 0),
    ],
)
def test_every_tampering_is_found_at_its_bid(lot, tamper, first):
    record = copy.deepcopy(protocol.record(lot))
    assert faults(record) == []
    tamper(record)
    assert faults(record)[0] == first


def test_receipts_find_a_chain_that_was_made_anew(lot, tmp_path, capsys):
    receipts = [protocol.receipt(one) for one in Bid.objects.filter(lot=lot)]
    record = protocol.record(lot)
    forge(record)
    assert faults(record) == []
    assert set(faults(record, receipts)) == {2, 3}
    record["bids"].pop()
    assert "the record misses the bid" in str(verify_record.verify(record, receipts))
    path = tmp_path / "record.json"
    path.write_text(json.dumps(record))
    with pytest.raises(SystemExit) as end:
        call_command("verify_auction", str(path))
    assert end.value.code == 1
    assert "first broken sequence: 2" in capsys.readouterr().out


def test_everybody_downloads_the_record_once_the_lot_is_decided(lot, client):
    assert (clock_lots.seal_records(), clock_lots.seal_records()) == (1, 0)
    records.make_record(lot=lot)
    assert json.loads(client.get(f"/auctions/lots/{lot.number}/record.json").content) == protocol.record(lot)
    assert "1001" in client.get(f"/auctions/lots/{lot.number}/record.csv").content.decode()
    pdf = b"".join(client.get(f"/auctions/lots/{lot.number}/record.pdf").streaming_content)
    assert pdf.startswith(b"%PDF") and b"/ByteRange" in pdf
    assert Document.objects.filter(kind="auction.record").count() == 1
    assert b"def verify(" in client.get("/auctions/verify_record.py").content


@pytest.mark.parametrize("form", ["json", "csv", "pdf"])
def test_a_lot_that_is_not_decided_has_no_record_yet(client, form):
    assert client.get(f"/auctions/lots/{make.live_lot().number}/record.{form}").status_code == 404


def test_what_is_no_record_is_said_so(tmp_path):
    path, told = tmp_path / "x.json", []
    path.write_text("[1]")
    assert verify_record.main([str(path)], told.append) == 1
    assert told[0].startswith("this is not a record")
