"""The holders' patents, brought in by the same import that a university uses."""

import csv
import io
import time

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Membership
from foundation.jobs import services as jobs
from foundation.jobs.models import Job
from local.demo import plan, texts_read
from patents.models import Patent
from patents.services import imports

CLEAN = {"质押": "无", "独占或排他许可": "无", "中止情况": "无", "无效宣告": "无", "保密与出口管制": "无"}
HEADER = [
    "专利号", "名称", "英文名称", "摘要", "英文摘要", "IPC分类号", "洛迦诺分类号", "发明人", "专利权人", "申请日",
    "授权公告日", "法律状态", "年费状态", "专利权评价报告", *CLEAN, "登记信息截至日期",
]  # fmt: skip


def names_of(row: dict[str, str]) -> list[str]:
    """The holder's name and, in a joint patent, the co-owner's."""
    by_key = {organization["key"]: organization["name_zh"] for organization in texts_read.organizations()}
    return [by_key[key] for key in (row["holder"], row["co_holder"]) if key]


def as_line(row: dict[str, str], as_of: str, *, pledge_known: bool) -> dict[str, str]:
    """One line of the portfolio file."""
    needs_report = row["kind"] in ("utility_model", "design")
    facts = dict(CLEAN)
    if not pledge_known:
        facts["质押"] = ""
    return {
        "专利号": row["number"],
        "名称": row["title_zh"],
        "英文名称": row["title_en"],
        "摘要": row["abstract_zh"],
        "英文摘要": row["abstract_en"],
        "IPC分类号": row["ipc"],
        "洛迦诺分类号": row.get("locarno", ""),
        "发明人": row["inventors"],
        "专利权人": ";".join(names_of(row)),
        "申请日": row["filing_date"],
        "授权公告日": row["grant_date"],
        "法律状态": "有效",
        "年费状态": "已缴",
        "专利权评价报告": "符合" if needs_report else "",
        **facts,
        "登记信息截至日期": as_of,
    }


def as_file(rows: list[dict[str, str]], as_of: str, declared: set[str]) -> SimpleUploadedFile:
    """The portfolio as a CSV that spreadsheet programs open."""
    text = io.StringIO()
    writer = csv.DictWriter(text, HEADER)
    writer.writeheader()
    for place, row in enumerate(rows):
        known = row["number"] in declared or place % plan.UNKNOWN_EVERY != 0
        writer.writerow(as_line(row, as_of, pledge_known=known))
    return SimpleUploadedFile("portfolio.csv", text.getvalue().encode("utf-8-sig"))


def bring_in(manager: Membership, rows: list[dict[str, str]], as_of: str, declared: set[str]) -> None:
    """Import the patents that the holder does not have yet: send, look, confirm."""
    known = set(Patent.objects.filter(number__in=[row["number"] for row in rows]).values_list("number", flat=True))
    missing = [row for row in rows if row["number"] not in known]
    if not missing:
        return
    batch = imports.start_import(upload=as_file(missing, as_of, declared), actor=manager)
    finish(batch.job_id)
    batch.refresh_from_db()
    batch = imports.confirm_import(batch=batch, sha256=batch.sha256, actor=manager)
    finish(batch.job_id)


def finish(job_id: int) -> None:
    """Do the job here, or wait for the worker that took it first."""
    while Job.objects.get(pk=job_id).is_open:
        if jobs.run(job_id) is None:
            time.sleep(0.2)
