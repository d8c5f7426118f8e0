"""Two shares open a copy; one share, the database or the settings never do."""

import itertools
import json
from base64 import b64decode

import pytest

from challenges import sealing

TEXT = "低温电解液方案：溶剂配比 3:1".encode()
PASSPHRASE = "seven gray herons"


@pytest.fixture(scope="module")
def shares():
    return [sealing.new_share(PASSPHRASE) for _opener in range(3)]


@pytest.fixture(scope="module")
def keys(shares):
    return [sealing.read_share(text, PASSPHRASE) for _public, text in shares]


@pytest.fixture(scope="module")
def copy(shares):
    return sealing.seal(TEXT, [public for public, _text in shares])


def opened(copy, first, second):
    return sealing.take_inner(copy.ciphertext, sealing.take_outer(copy.boxes, first), second)


def test_any_two_of_three_openers_open_it(copy, keys):
    for first, second in itertools.permutations(keys, 2):
        assert opened(copy, first, second) == TEXT


def test_one_opener_alone_opens_nothing(copy, keys):
    for key in keys:
        with pytest.raises(sealing.Sealed):
            opened(copy, key, key)


def test_what_the_first_opener_leaves_is_still_shut(copy, keys):
    left = sealing.take_outer(copy.boxes, keys[0])
    assert len(left) == 2
    for row in left:
        assert b64decode(row["box"]) != b64decode(copy.receipt) and copy.receipt not in json.dumps(left)
    with pytest.raises(sealing.Sealed):
        sealing.take_inner(copy.ciphertext, left, keys[0])


def test_what_is_stored_holds_neither_the_text_nor_its_key(copy, shares):
    stored = copy.ciphertext + json.dumps([copy.boxes, copy.sha256, copy.content_sha256]).encode()
    assert TEXT not in stored and copy.receipt.encode() not in stored
    assert all(public.encode() not in stored for public, _text in shares)


def test_the_team_reads_its_own_copy_by_its_receipt(copy):
    assert sealing.reread(copy.ciphertext, copy.receipt) == TEXT
    for wrong in ("", "nonsense", sealing.seal(TEXT, [sealing.new_share("p")[0] for _o in range(2)]).receipt):
        with pytest.raises(sealing.Sealed):
            sealing.reread(copy.ciphertext, wrong)


@pytest.mark.parametrize("at", [0, 30, -1])
def test_a_changed_copy_is_noticed(copy, keys, at):
    changed = bytearray(copy.ciphertext)
    changed[at] ^= 1
    with pytest.raises(sealing.Sealed):
        sealing.take_inner(bytes(changed), sealing.take_outer(copy.boxes, keys[0]), keys[1])


def test_a_box_of_another_copy_does_not_open_this_one(copy, keys, shares):
    other = sealing.seal(b"other", [public for public, _text in shares])
    with pytest.raises(sealing.Sealed):
        sealing.take_inner(copy.ciphertext, sealing.take_outer(other.boxes, keys[0]), keys[1])


def test_a_stranger_opens_nothing(copy):
    stranger = sealing.read_share(sealing.new_share(PASSPHRASE)[1], PASSPHRASE)
    with pytest.raises(sealing.Sealed):
        sealing.take_outer(copy.boxes, stranger)


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"kind": "kaixu opener share 1"}', "\x00"])
def test_what_is_no_share_is_refused(text):
    with pytest.raises(sealing.ShareUnreadable):
        sealing.read_share(text, PASSPHRASE)


@pytest.mark.parametrize("changed", [{"operations": -1}, {"memory": 10**12}, {"memory": "much"}, {"salt": 1}])
def test_a_changed_share_is_refused(shares, changed):
    with pytest.raises(sealing.ShareUnreadable):
        sealing.read_share(json.dumps(json.loads(shares[0][1]) | changed), PASSPHRASE)


def test_a_share_says_what_it_costs(monkeypatch):
    monkeypatch.setattr(sealing, "OPERATIONS", sealing.OPERATIONS + 1)
    _public, text = sealing.new_share(PASSPHRASE)
    monkeypatch.undo()
    assert sealing.read_share(text, PASSPHRASE)


def test_a_share_needs_its_passphrase(shares):
    with pytest.raises(sealing.ShareUnreadable):
        sealing.read_share(shares[0][1], PASSPHRASE + " ")


def test_fewer_than_two_openers_seal_nothing(shares):
    with pytest.raises(ValueError, match="two openers"):
        sealing.seal(TEXT, [shares[0][0], shares[0][0]])
