"""What people, scripts and broken clients type. Each value is refused or taken in clean; none breaks anything."""

NOTHING = {"empty": "", "spaces": "   ", "wide spaces": "\u3000\u3000", "only invisible": "\u200b\u200e\ufeff"}
TOO_LONG = {"a megabyte": "长" * 350_000}
ODD_TEXT = {
    "full width": "２０２３ＡＢ",
    "rare character": "𡃁",
    "emoji": "👩‍🔬🎉",
    "right to left": "\u202eabc\u202c",
    "zero width": "a\u200bb",
    "nul": "a\x00b",
    "line breaks": "a\r\nBcc: x@example.org",
    "script": "<script>alert(1)</script>",
    "template": "{{7*7}}{% now 'Y' %}",
    "quotes": "'; DROP TABLE x; --",
    "path": "../../etc/passwd",
    "hyphen": "a\u2011b",
    "percent": "%s %(x)s {0}",
}
WRONG_AMOUNTS = {
    "negative": "-1",
    "below a fen": "0.001",
    "infinite": "1e309",
    "not a number": "NaN",
    "in words": "壹万",
    "2^63": str(2**63),
    "three decimals": "12.345",
    "letters": "abc",
    "two points": "1.2.3",
    "sign only": "-",
    "hex": "0x10",
    "a million digits": "9" * 1_000_000,
}
WRONG_DATES = {
    "30 February": "2027-02-30",
    "year 1": "0001-01-01",
    "year 9999": "9999-12-31",
    "past": "2020-01-01",
    "summer time": "1991-06-01",
    "words": "明天",
    "number": "20270101000000",
    "nothing": "",
    "nul": "2027-\x0001-01",
}
WRONG_NUMBERS = {
    "check digit": "ZL202110123456.8",
    "letters": "ZLABC",
    "bad year": "ZL188810123456.7",
    "short": "1",
    "nul": "2021\x00",
    "huge": "9" * 5_000,
    "negative": "-1",
    "script": "<script>",
    "no notation": "🎉",
    **NOTHING,
}
WRONG_CHOICES = {"unknown": "own", "nul": "a\x00", "huge": "x" * 100_000, "script": "<script>", "empty": ""}
WRONG_PATHS = ("%00", "%FF", "%F0%A1%83%81", "..%2F..", "9" * 30, "-1", "%27%3B--", "a" * 3_000, "%E2%80%AE", "%0D%0Ax")
WRONG_BODIES = {
    "nothing": b"",
    "no JSON": b"{",
    "a list": b"[]",
    "a number": b"3",
    "null": b"null",
    "text": b'"x"',
    "BOM": b"\xef\xbb\xbf{}",
    "broken UTF-8": b'{"a": "\xff"}',
    "surrogate": b'{"intended_use": "\\ud800"}',
    "nul": b'{"intended_use": "a\\u0000"}',
    "deep": b"[" * 10_000,
    "deep object": b'{"a":' * 10_000,
    "infinite": b'{"version": 1e999}',
    "NaN": b'{"version": NaN}',
    "long number": b'{"version": ' + b"9" * 5_000 + b"}",
    "list for text": b'{"intended_use": ["x"], "terms_hash": {"a": 1}}',
    "foreign fields": b'{"is_staff": true, "status": "effective", "state": "effective", "organization": 1}',
    "twice": b'{"outcome": "approve", "outcome": ["x"]}',
    "a megabyte": b'{"intended_use": "' + b"x" * 1_000_000 + b'"}',
}
