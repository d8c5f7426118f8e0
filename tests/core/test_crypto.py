import pytest

from foundation.core import crypto


def test_what_was_encrypted_is_read_again_and_never_looks_the_same():
    first, second = crypto.encrypt("11010519491231002X"), crypto.encrypt("11010519491231002X")
    assert first != second
    assert "1101" not in first
    assert crypto.decrypt(first) == crypto.decrypt(second) == "11010519491231002X"


def test_a_changed_text_is_unreadable():
    stored = crypto.encrypt("secret")
    with pytest.raises(crypto.Unreadable):
        crypto.decrypt(stored[:-6] + ("AAAAA=" if not stored.endswith("AAAAA=") else "BBBBB="))
    with pytest.raises(crypto.Unreadable):
        crypto.decrypt("k1.x")


def test_another_key_reads_nothing_and_finds_nothing(settings):
    stored, digest = crypto.encrypt("secret"), crypto.keyed_digest("secret")
    assert digest == crypto.keyed_digest("secret")
    settings.KAIXU_FIELD_KEY = "another key"
    assert crypto.keyed_digest("secret") != digest
    with pytest.raises(crypto.Unreadable):
        crypto.decrypt(stored)
