"""Checks the public record of an auction lot with nothing but Python's standard library.

    python verify_record.py RECORD.json [--receipt RECEIPT.json]

Recomputes the chain of hashes, the rise of the price, the extensions of the end, and the winner, from the file alone.
A bidder's saved receipts (one object, or a list) must stand in the record unchanged; each missing or changed one is
named. Exit 0: everything fits. Exit 1: it does not, and the first broken sequence number is printed.
"""

import argparse
import hashlib
import json
import sys
from datetime import datetime, timedelta
from pathlib import Path

HASHED = ("seq", "paddle", "amount_fen", "rank", "received_at")
KEPT = ("seq", "paddle", "amount_fen", "rank", "received_at", "previous_hash", "hash")


def bid_hash(previous, lot, bid):
    """SHA-256 over the previous hash, the lot's number and the bid's facts, joined by "|"."""
    parts = [previous, lot, *(str(bid[name]) for name in HASHED)]
    return hashlib.sha256("|".join(parts).encode()).hexdigest()


def chain_faults(record):
    """Yield (sequence number, what is wrong) wherever numbers or hashes do not follow each other."""
    head = ""
    for place, bid in enumerate(record["bids"], 1):
        if bid["seq"] != place:
            yield place, f"the sequence number is {bid['seq']}"
        if bid["previous_hash"] != head:
            yield place, "it does not follow the bid before it"
        if bid_hash(bid["previous_hash"], record["lot"]["number"], bid) != bid["hash"]:
            yield place, "its hash does not fit its contents"
        head = bid["hash"]


def price_faults(record):
    """Yield the bids that are lower than the rules ask, or off the grid."""
    rules, price, leader_rank = record["rules"], None, 0
    for place, bid in enumerate(record["bids"], 1):
        rank, amount = bid["rank"], bid["amount_fen"]
        if price is None:
            lowest = rules["start_fen"]
        elif rank and (not leader_rank or rank < leader_rank):
            lowest = price
        else:
            lowest = price + rules["increment_fen"]
        if amount < lowest:
            yield place, f"the amount {amount} is below {lowest}"
        if rules["on_grid"] and (amount - rules["start_fen"]) % rules["increment_fen"]:
            yield place, f"the amount {amount} is not on the grid"
        price, leader_rank = amount, rank


def time_faults(record):
    """Yield the bids out of time, and those after which the end is not what the rules say."""
    rules, at = record["rules"], datetime.fromisoformat
    window, extra = (timedelta(seconds=rules[name]) for name in ("window_seconds", "extension_seconds"))
    end, before = at(rules["planned_ends_at"]), at(rules["opens_at"])
    resumed = [(at(p["at"]), at(p["ends_at"])) for p in record["pauses"] if p["move"] == "resume" and p["ends_at"]]
    for place, bid in enumerate(record["bids"], 1):
        now = at(bid["received_at"])
        for moment, ends in resumed:
            if before <= moment <= now:
                end = ends
        if now < before:
            yield place, "it was received before the opening or before the bid before it"
        if now >= end:
            yield place, "it was received after the end"
        new = end if end - now > window else max(end, now + extra)
        if at(bid["ends_at"]) != new or bid["extended"] != (new != end):
            yield place, f"the end after it should be {new.isoformat()}"
        end, before = at(bid["ends_at"]), now


def result_faults(record):
    """Yield what is wrong with the result: the highest bid wins, or nobody."""
    result, bids = record.get("result"), record["bids"]
    if result is None:
        yield 0, "the lot is not decided yet"
        return
    top, last = (bids[-1] if bids else None), len(bids)
    if result["head_hash"] != (top["hash"] if top else ""):
        yield last, "the result names another head of the chain"
    if result["bids"] != last or result["bidders"] != len({bid["paddle"] for bid in bids}):
        yield last, "the result counts other bids or bidders"
    if result["extensions"] != sum(bid["extended"] for bid in bids):
        yield last, "the result counts other extensions"
    if result["outcome"] == "sold":
        named = (result["paddle"], result["price_fen"], result["seq"])
        if top is None or named != (top["paddle"], top["amount_fen"], top["seq"]):
            yield last, "the result names another winner or price than the highest bid"
    elif result["outcome"] == "no_bid" and bids:
        yield last, "the result says that nobody bid"
    elif result["outcome"] == "below_reserve" and not (bids and record["rules"]["has_reserve"]):
        yield last, "the result says below the reserve, where there is no reserve or no bid"


def receipt_faults(record, receipts):
    """Yield the receipts that are missing from the record or differ in it."""
    by_seq = {bid["seq"]: bid for bid in record["bids"]}
    for receipt in receipts:
        bid = by_seq.get(receipt.get("seq"))
        if receipt.get("lot", record["lot"]["number"]) != record["lot"]["number"]:
            yield receipt.get("seq") or 0, f"the receipt is for lot {receipt['lot']}"
        elif bid is None:
            yield receipt.get("seq") or 0, f"the record misses the bid of the receipt {receipt.get('hash', '')[:16]}"
        else:
            changed = [name for name in KEPT if name in receipt and receipt[name] != bid[name]]
            if changed:
                yield bid["seq"], f"the record differs from the receipt in {', '.join(changed)}"


def verify(record, receipts=()):
    """Everything that is wrong, as (sequence number, sentence), in the order of the sequence. Empty: it fits."""
    checks = (chain_faults(record), price_faults(record), time_faults(record), result_faults(record))
    found = [fault for check in checks for fault in check]
    return sorted([*found, *receipt_faults(record, receipts)], key=lambda fault: fault[0])


def read(path):
    """A JSON file, with or without a byte order mark."""
    return json.loads(Path(path).read_text(encoding="utf-8-sig"))


def recomputed_winner(record):
    """One line: who wins by the bids, and at which amount."""
    bids, outcome = record["bids"], (record.get("result") or {}).get("outcome", "undecided")
    if not bids or outcome != "sold":
        return f"winner: none ({outcome}), {len(bids)} bids"
    amount = bids[-1]["amount_fen"]
    return f"winner: paddle {bids[-1]['paddle']} at {amount // 100}.{amount % 100:02d} yuan, {len(bids)} bids"


def main(arguments=None, write=print):
    """Run the check; the exit code."""
    parser = argparse.ArgumentParser(description="Check the public record of an auction lot.")
    parser.add_argument("record", help="the record, a JSON file")
    parser.add_argument("--receipt", action="append", default=[], help="a saved receipt, or a list of them")
    given = parser.parse_args(arguments)
    try:
        record, receipts = read(given.record), []
        for path in given.receipt:
            saved = read(path)
            receipts += saved if isinstance(saved, list) else [saved]
        found = verify(record, receipts)
        line = recomputed_winner(record)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        write(f"this is not a record or receipt that can be read: {type(error).__name__}: {error}")
        return 1
    write(f"lot {record['lot']['number']}: {line}")
    if receipts:
        write(f"receipts: {len(receipts)}")
    for seq, sentence in found:
        write(f"seq {seq}: {sentence}")
    write(f"first broken sequence: {found[0][0]}" if found else "everything fits")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
