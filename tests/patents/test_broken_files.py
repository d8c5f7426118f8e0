"""Forty ways to break a portfolio file: each reports rows or is refused with a sentence; none fails, none writes."""

import io
import zipfile

import pytest
from django.urls import reverse
from openpyxl import Workbook

from foundation.jobs import services as jobs
from foundation.jobs.models import ImportBatch, Job
from patents.models import Patent
from tests.factories.accounts import UniversityFactory, member
from tests.factories.patents import make_number
from tests.patents.portfolio import HEADER, as_csv, as_xlsx, row, upload


def repacked(content: bytes, add=(), change=None) -> bytes:
    """The workbook with further parts, or with a part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            body = old.read(part)
            new.writestr(part.filename, change(part.filename, body) if change else body)
        for name, body in add:
            new.writestr(name, body)
    return out.getvalue()


def sheet(fill) -> bytes:
    """A workbook made by openpyxl itself."""
    book = Workbook()
    book.active.append(HEADER)
    fill(book.active)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def merged(active) -> None:
    active.append(row(1))
    active.append(row(2))
    active.merge_cells("A2:A3")


def many_empty_rows() -> bytes:
    def swell(name, body):
        if name != "xl/worksheets/sheet1.xml":
            return body
        rows = b"".join(b'<row r="%d"/>' % number for number in range(3, 60_000))
        return body.replace(b"</sheetData>", rows + b"</sheetData>")

    return repacked(as_xlsx([row(1)]), change=swell)


WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}  # ASCII to full width
GOOD = as_xlsx([row(1)])
BOMB = repacked(GOOD, add=[("xl/media/a.bin", b"\0" * (150 * 2**20))])
ENTITIES = repacked(GOOD, add=[("xl/evil.xml", b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>')])
MACROS = repacked(GOOD, add=[("xl/vbaProject.bin", b"macro")])
HALF = as_csv([row(1)]) + as_csv([row(2)], encoding="gb18030").split(b"\r\n")[1]

REFUSED = {
    "0 bytes": b"",
    "only spaces": b"   \r\n \t ",
    "21 MB": b"a,b\n" * 6_000_000,
    "a PDF": b"%PDF-1.7 \n1 0 obj",
    "a polyglot of PDF and HTML": b"%PDF-1.4\n<html><script>alert(1)</script>",
    "HTML called csv": b"<!DOCTYPE html><table><tr><td>1</td></tr></table>",
    "SVG with script": b"<svg onload='alert(1)'></svg>",
    "a picture": b"\x89PNG\r\n\x1a\n" + b"\0" * 50,
    "a program": b"MZ" + b"\0" * 200,
    "a macro workbook": MACROS,
    "an encrypted or old workbook": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512,
    "a workbook of 200 MB unpacked": BOMB,
    "a workbook with entities": ENTITIES,
    "a cut workbook": GOOD[: len(GOOD) // 2],
    "a zip that is no workbook": repacked(b"PK\x05\x06" + b"\0" * 18, add=[("a.txt", b"x")]),
    "a workbook with broken XML": repacked(GOOD, change=lambda name, body: b"<worksheet" if "sheet1" in name else body),
    "a workbook called csv with junk before it": b"junk" + GOOD,
    "a header and no rows": as_csv([]),
    "rows and no header": as_csv([row(2)], header=row(1)),
    "a needed column missing": as_csv([["x"]], header=["名称"]),
    "a column twice": as_csv([[*row(1), "x"]], header=[*HEADER, "专利号"]),
    "300 columns": as_csv([row(1) + ["x"] * 300], header=HEADER + ["y"] * 300),
    "NUL bytes": as_csv([row(1)]) + b"\x00\x01\x02",
    "UTF-16 without mark": as_csv([row(1)], encoding="utf-16-le"),
    "UTF-32": as_csv([row(1)], encoding="utf-32"),
    "mixed encodings": HALF,
    "random bytes": bytes(range(128, 256)) * 20,
    "an endless cell": as_csv([row(1)])[:-2] + b',"' + b"x" * 2_100_000,
}  # fmt: skip

REPORTED = {
    "a wrong check digit": as_csv([row(1, 专利号="ZL 2021 1 0123456.8")]),
    "an empty number": as_csv([row(1, 专利号="  ")]),
    "a number rounded by the spreadsheet": as_csv([row(1, 专利号="2.02110123456E+12")]),
    "1.23E+17 as a number": sheet(lambda active: active.append(row(1, 专利号=1.23e17))),
    "a formula": sheet(lambda active: active.append(row(1, 名称="=HYPERLINK(\"http://x\")"))),
    "merged cells": sheet(merged),
    "February 30": as_csv([row(1, 申请日="2021-02-30")]),
    "the year 0001": as_csv([row(1, 申请日="0001-01-01")]),
    "the year 9999": as_csv([row(1, 授权公告日="9999-12-31")]),
    "a grant before the filing": as_csv([row(1, 授权公告日="2021-01-01")]),
    "a title of 1 MB": as_csv([row(1, 名称="长" * 300_000)]),
    "lone surrogates in a workbook": sheet(lambda active: active.append(row(1, IPC分类号="X99"))),
    "SQL and template marks as IPC": as_csv([row(1, IPC分类号="'; DROP TABLE x; -- {{7*7}}")]),
    "an unknown status": as_csv([row(1, 法律状态="../../etc/passwd")]),
    "the header again among the rows": as_csv([HEADER]),
    "the same patent twice": as_csv([row(1), row(1)]),
    "a share without its owner": as_csv([[make_number(1), "甲", "2021-01-15", "1:1"]], header=["专利号", "名称", "申请日", "权属份额"]),  # noqa: E501
    "a day number out of range": as_csv([row(1, 申请日="9")]),
    "a missing quotation mark": as_csv([row(1)]) + b'"' + as_csv([row(2)])[:-2],
    "control characters": as_csv([row(1, 名称="a\x07b")]),
    "many empty rows and one wrong": as_csv([[""] * 11] * 300 + [row(1, 专利号="x")]),
}  # fmt: skip

READ = {
    "full-width digits": as_csv([row(1, 专利号=make_number(1).translate(WIDE))]),
    "emoji, rare characters and script tags in the title": as_csv([row(1, 名称="𡃁😀<script>{{7*7}}'--")]),
    "zero-width and right-to-left marks": as_csv([row(1, 名称="石\u200b墨\u202e烯")]),
    "a title above the header": as_csv([HEADER, row(1)], header=["江苏省专利清单"]),
    "dates as day numbers": as_csv([row(1, 申请日="44270")]),
    "a day with a time": as_csv([row(1, 申请日="2021-03-15 00:00:00")]),
    "sixty thousand empty rows": many_empty_rows(),
    "unknown columns": as_csv([[*row(1), "x"]], header=[*HEADER, "内部备注"]),
    "UTF-16 with mark": as_csv([row(1)], encoding="utf-16"),
    "a text that looks like a formula": as_csv([row(1, 名称="=1+1 的装置")]),
}


@pytest.fixture
def keeper(client, db):
    keeper = member("ip_manager", organization=UniversityFactory())
    client.force_login(keeper.user)
    return keeper


def send(client, content, name):
    return client.post(reverse("patents:import_new"), {"file": upload(content, "portfolio.csv")})


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_is_no_table_is_refused_with_a_sentence(client, keeper, name):
    answer = send(client, REFUSED[name], name)
    assert (answer.status_code, len(answer.context["form"].errors["file"])) == (422, 1)
    assert str(answer.context["form"].errors["file"][0]).endswith((".", "。"))
    assert (ImportBatch.objects.count(), Job.objects.count()) == (0, 0)


def preview(client, content, name):
    answer = send(client, content, name)
    assert answer.status_code == 302, answer.context["form"].errors
    batch = ImportBatch.objects.get()
    jobs.run(batch.job_id)
    batch.refresh_from_db()
    assert client.get(reverse("patents:import_detail", args=[batch.pk])).status_code == 200
    assert (batch.state, Patent.objects.count()) == ("preview", 0)
    return batch


@pytest.mark.parametrize("name", REPORTED)
def test_wrong_rows_are_reported_and_nothing_is_written(client, keeper, name):
    assert preview(client, REPORTED[name], name).rows_wrong >= 1


@pytest.mark.parametrize("name", READ)
def test_what_only_looks_broken_is_read(client, keeper, name):
    batch = preview(client, READ[name], name)
    assert (batch.rows_valid, batch.rows_wrong) == (1, 0)


def test_there_are_at_least_forty_broken_files():
    assert len(REFUSED) + len(REPORTED) >= 40
