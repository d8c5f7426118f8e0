"""The columns of a portfolio file: one table for the template, the reading and the documentation."""

import re
import unicodedata
from dataclasses import dataclass

from foundation.core.marks import _


@dataclass(frozen=True)
class Column:
    """One column: both headers, what else it may be called, whether a row needs it, an example."""

    key: str
    label: str  # English header, translated on pages
    chinese: str
    aliases: tuple[str, ...] = ()
    required: bool = False
    example: str = ""


COLUMNS = (
    Column("number", _("Patent number"), "专利号",
           ("申请号", "申请（专利）号", "专利申请号", "专利号/申请号", "application number", "application no.", "patent no."),  # noqa: E501
           True, "ZL 2021 1 0123456.7"),
    Column("title_zh", _("Title (Chinese)"), "名称",
           ("专利名称", "发明名称", "发明创造名称", "标题", "中文名称", "title", "title zh"), True, "一种石墨烯散热膜的制备方法"),  # noqa: E501
    Column("title_en", _("Title (English)"), "英文名称", ("英文标题", "title en", "english title"), False,
           "Method for preparing a graphene heat-dissipation film"),
    Column("abstract_zh", _("Abstract (Chinese)"), "摘要", ("中文摘要", "说明书摘要", "abstract", "abstract zh")),
    Column("abstract_en", _("Abstract (English)"), "英文摘要", ("abstract en", "english abstract")),
    Column("ipc", _("IPC"), "IPC分类号", ("分类号", "ipc", "国际专利分类号", "主分类号", "ipc classes"), False, "H01M 10/0525; C01B 32/184"),  # noqa: E501
    Column("locarno", _("Locarno class"), "洛迦诺分类号", ("外观设计分类号", "locarno")),
    Column("inventors", _("Inventors"), "发明人", ("发明（设计）人", "设计人", "inventor"), False, "张三; 李四"),
    Column("patentees", _("Patentees"), "专利权人", ("申请人", "权利人", "申请（专利权）人", "当前权利人", "assignee", "holder", "owner", "patentee", "applicant")),  # noqa: E501
    Column("shares", _("Shares"), "权属份额", ("份额", "share")),
    Column("filing_date", _("Filing date"), "申请日", ("申请日期", "filed"), True, "2021-01-15"),
    Column("grant_date", _("Grant date"), "授权公告日", ("授权日", "授权公告日期", "granted"), False, "2023-03-10"),
    Column("publication_number", _("Publication number"), "公告号", ("授权公告号", "公开（公告）号", "公开号", "publication no."), False, "CN113123456B"),  # noqa: E501
    Column("term_compensation_days", _("Term compensation (days)"), "专利权期限补偿天数", ("期限补偿天数",)),
    Column("status", _("Legal status"), "法律状态", ("当前法律状态", "专利状态", "status"), False, "有效"),
    Column("annual_fee", _("Annual fee"), "年费状态", ("年费", "annual fee status"), False, "已缴"),
    Column("annual_fee_year", _("Annual fee paid for year"), "年费已缴年度", ("已缴年度",), False, "6"),
    Column("evaluation_report", _("Evaluation report"), "专利权评价报告", ("评价报告",)),
    Column("pledge", _("Pledge"), "质押", ("质押情况",), False, "无"),
    Column("exclusive_license", _("Exclusive or sole license"), "独占或排他许可", ("独占排他许可", "许可情况"), False, "无"),  # noqa: E501
    Column("suspension", _("Suspension"), "中止情况", ("权属纠纷或保全", "中止"), False, "无"),
    Column("invalidation", _("Invalidation request"), "无效宣告请求", ("无效宣告",), False, "无"),
    Column("secrecy", _("Secrecy and export control"), "保密与出口管制", ("保密专利",), False, "无"),
    Column("as_of", _("Register data as of"), "登记信息截至日期", ("截至日期", "信息日期", "as of"), False, "2026-11-20"),  # noqa: E501
)  # fmt: skip
BY_KEY = {column.key: column for column in COLUMNS}
REQUIRED = [column.key for column in COLUMNS if column.required]
DECORATION = re.compile(r"[\s*＊:：()（）\[\]【】_./-]+")


def plain(name: object) -> str:
    """A header without spaces, stars, brackets and case, so that small differences do not matter."""
    return DECORATION.sub("", unicodedata.normalize("NFKC", str(name or "")).casefold())


KNOWN = {
    plain(name): column.key
    for column in COLUMNS
    for name in (column.label, column.chinese, column.key, *column.aliases)
}


def recognise(header: list) -> tuple[dict[str, int], list[str]]:
    """({column key: place from 0}, keys that stand twice) of a header row."""
    places: dict[str, int] = {}
    twice = []
    for place, name in enumerate(header):
        key = KNOWN.get(plain(name))
        if key is None:
            continue
        if key in places:
            twice.append(key)
        else:
            places[key] = place
    return places, twice


def headers(language: str) -> list[str]:
    """The header row of the template."""
    return [column.chinese if language.startswith("zh") else column.label for column in COLUMNS]


def example_row() -> list[str]:
    """The example row of the template."""
    return [column.example for column in COLUMNS]
