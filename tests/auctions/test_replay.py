"""Recorded auctions go through the engine as they went; a few of each set here, all of them with KAIXU_LONG=1."""

import csv
import io
import json
import os
from contextlib import suppress
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command

from auctions import bidding
from auctions.models import Bid, BidAttempt, Lot, Registration, Result
from auctions.replaying import files
from foundation.audit import invariants
from settlement.models import Hold

WHOLE = bool(os.environ.get("KAIXU_LONG"))
# the whole takes more locks than one transaction can hold
pytestmark = [pytest.mark.django_db(transaction=WHOLE), pytest.mark.real_data]
FEW = 4
OURS = {"I5", "I6", "I7", "I8", "I9"}


def run(*arguments):
    out = io.StringIO()
    limit = () if WHOLE else ("--limit", str(FEW))
    call_command("replay_auctions", *map(str, arguments), *limit, "--json", stdout=out, stderr=io.StringIO())
    return json.loads(out.getvalue())


def rows_by(path, key):
    """The rows of the first auctions, straight from the file."""
    found = {}
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            found.setdefault(row[key], []).append(row)
    return list(found.values()) if WHOLE else list(found.values())[:FEW]


def left_behind(report):
    """What the database holds afterwards, counted by itself."""
    assert (Bid.objects.count(), BidAttempt.objects.count()) == (report["accepted"], sum(report["refused"].values()))
    assert Lot.objects.count() == Result.objects.count() == report["auctions"]
    assert Hold.objects.count() == Registration.objects.count() > 0
    assert invariants.check(OURS) == []


def test_rising_auctions_end_at_the_stated_price_with_the_highest_bidder(real_data):
    bids, items = (real_data / "auctions" / f"ebay2001_{name}.csv" for name in ("bids", "items"))
    report, auctions = run(bids, "--items", items), rows_by(bids, "item_id")
    assert report["auctions"] == len(auctions)
    assert report["bids"] == report["accepted"] == sum(map(len, auctions))
    assert report["refused"] == {}
    assert report["final_price_agrees"] == report["highest_bidder_wins"] == len(auctions)
    left_behind(report)


def expected(rows):
    """(rising bids, whether the last of them is the stated price), by the file alone."""
    price, count = None, 0
    for row in rows:
        amount = Decimal(row["bid_usd"])
        if amount >= Decimal(row["openbid_usd"]) and (price is None or amount > price):
            price, count = amount, count + 1
    return count, price == Decimal(rows[0]["final_price_usd"])


def test_of_recorded_maximums_exactly_the_rising_ones_are_taken(real_data):
    path = real_data / "auctions" / "ebay_bids_modeling_online_auctions.csv"
    report, auctions = run(path), rows_by(path, "auctionid")
    told = [expected(rows) for rows in auctions]
    assert report["accepted"] == sum(count for count, _agrees in told)
    assert report["refused"] == {"below_min": sum(map(len, auctions)) - report["accepted"]}
    assert report["final_price_agrees"] == sum(agrees for _count, agrees in told)
    assert report["extensions"] == Bid.objects.filter(extended=True).count()
    if WHOLE:
        assert (report["accepted"], report["bids"], report["final_price_agrees"]) == (3450, 6983, 415)
        assert report["extensions"] > 0
    left_behind(report)


def by_the_rules(recorded):
    """(accepted, final price, extensions) of one auction by the pure rules alone."""
    rules = bidding.Rules(start=recorded.opening, increment=1, max_steps=None, on_grid=False, own_raise=True)
    state, names = bidding.State(opens_at=recorded.opens_at, ends_at=recorded.ends_at), {}
    for at, who, amount in recorded.bids:
        with suppress(bidding.Refused):
            offer = bidding.Offer(names.setdefault(who, len(names)), amount)
            state = bidding.accept(rules, state, offer, at)
    return state.seq, state.price, state.extensions


def test_all_recorded_auctions_follow_the_pure_rules(real_data):
    folder = real_data / "auctions"
    maximums = files.read(folder / "ebay_bids_modeling_online_auctions.csv")
    rising = files.read(folder / "ebay2001_bids.csv", folder / "ebay2001_items.csv")
    told = [by_the_rules(one) for one in maximums]
    assert (len(told), sum(len(one.bids) for one in maximums), sum(row[0] for row in told)) == (416, 6983, 3450)
    assert sum(row[1] == one.final for row, one in zip(told, maximums, strict=True)) == 415
    assert sum(row[2] for row in told) > 100
    told = [by_the_rules(one) for one in rising]
    assert (len(told), sum(row[0] for row in told)) == (2622, 6656)
    assert [row[1] for row in told] == [one.final for one in rising]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,b\n1,2\n", "the columns are not those"),
        ("item_id,bid_time,amount_usd,bidder_pseudonym\n1,yesterday,4.00,x\n", "row 2"),
        ("item_id,bid_time,amount_usd,bidder_pseudonym\n1,2001-12-06 06:44:54,4.005,x\n", "row 2"),
        ("item_id,bid_time,amount_usd,bidder_pseudonym\n1,2001-12-06 06:44:54,NaN,x\n", "row 2"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_its_row(tmp_path, text, said):
    path = tmp_path / "bids.csv"
    path.write_text(text)
    with pytest.raises(CommandError, match=said):
        call_command("replay_auctions", str(path))


def test_clocks_that_cannot_be_set_refuse_a_replay(tmp_path, settings):
    settings.KAIXU_CLOCK_MAY_BE_SET = False
    path = tmp_path / "bids.csv"
    path.write_text("item_id,bid_time,amount_usd,bidder_pseudonym\n1,2001-12-06 06:44:54,4.00,x\n")
    assert files.read(path)[0].opening == 400
    with pytest.raises(CommandError, match="clock cannot be set"):
        call_command("replay_auctions", str(path))
