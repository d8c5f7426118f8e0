import pytest

from foundation.core.parsers import BodyInvalid, strict_loads


def test_plain_json_is_read():
    assert strict_loads('{"a": [1, 2.5, "石", null, true]}'.encode()) == {"a": [1, 2.5, "石", None, True]}


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"\xef\xbb\xbf{}",
        b"\xff\xfe{\x00}\x00",
        '{"a": "\ud800"}'.encode("utf-8", "surrogatepass"),
        b'{"a": "\\ud800"}',
        b'{"\\ud800": 1}',
        b'{"a": "\\u0000"}',
        b'{"a": 1, "a": 2}',
        b'{"a": NaN}',
        b'{"a": Infinity}',
        b'{"a": 1e309}',
        b'{"a": 9223372036854775808}',
        b'{"a": ' + b"9" * 5000 + b"}",
        b"[" * 10_000 + b"]" * 10_000,
        b"[" * 40 + b"]" * 40,
        b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
    ],
)
def test_hostile_and_ambiguous_bodies_are_refused(raw):
    with pytest.raises(BodyInvalid):
        strict_loads(raw)
