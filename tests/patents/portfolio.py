"""Portfolio files for the tests, in every form people send."""

import csv
import io
from types import SimpleNamespace

from django.core.files.uploadedfile import SimpleUploadedFile

from foundation.jobs import services as jobs
from foundation.jobs.tables import xlsx_bytes
from patents import services
from tests.factories.patents import make_number

HEADER = [
    "专利号",
    "名称",
    "英文名称",
    "摘要",
    "IPC分类号",
    "发明人",
    "专利权人",
    "申请日",
    "授权公告日",
    "法律状态",
    "年费状态",
]


def row(number: int, **changed) -> list:
    """A right row; name the cells that are different by their header."""
    cells = {
        "专利号": make_number(number),
        "名称": f"一种石墨烯散热膜的制备方法{number}",
        "英文名称": f"Graphene film {number}",
        "摘要": "本发明公开了一种石墨烯散热膜的制备方法，用于锂离子电池的热管理。",
        "IPC分类号": "H01M 10/0525; C01B 32/184",
        "发明人": "张三; 李四",
        "专利权人": "",
        "申请日": "2021-03-15",
        "授权公告日": "2023-06-01",
        "法律状态": "有效",
        "年费状态": "已缴",
    } | changed
    return [cells[name] for name in HEADER]


def as_csv(rows, *, header=None, encoding="utf-8", separator=",") -> bytes:
    """A CSV file."""
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows([header or HEADER, *rows])
    return out.getvalue().encode(encoding)


def as_xlsx(rows, *, header=None) -> bytes:
    """An XLSX file."""
    return xlsx_bytes(header or HEADER, rows)


def upload(content: bytes, name: str = "portfolio.csv") -> SimpleUploadedFile:
    """What a form sends."""
    return SimpleUploadedFile(name, content)


def checked(content: bytes, actor, name: str = "portfolio.csv"):
    """The import after its first job, ready to look at."""
    batch = services.start_import(upload=upload(content, name), actor=actor)
    jobs.run(batch.job_id)
    batch.refresh_from_db()
    return batch


def imported(content: bytes, actor, **options):
    """The import after it was confirmed and written."""
    batch = checked(content, actor)
    services.confirm_import(batch=batch, sha256=batch.sha256, actor=actor, **options)
    batch.refresh_from_db()
    jobs.run(batch.job_id)
    batch.refresh_from_db()
    return batch


def undone(batch, actor):
    """The import after it was taken back."""
    services.undo_import(batch=batch, actor=actor)
    batch.refresh_from_db()
    jobs.run(batch.job_id)
    batch.refresh_from_db()
    return batch


def state_of(batch) -> SimpleNamespace:
    """What counts in an import."""
    return SimpleNamespace(
        state=batch.state,
        valid=batch.rows_valid,
        foreign=batch.rows_foreign,
        wrong=batch.rows_wrong,
        written=batch.rows_written,
    )
