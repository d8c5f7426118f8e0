"""Who takes part in the journeys, and the words they use."""

import io
from datetime import timedelta
from types import SimpleNamespace

from PIL import Image

from foundation.core.clock import database_now, local_date
from tests.factories import accounts
from tests.factories.accounts import PASSWORD
from tests.patents.portfolio import HEADER, as_csv, row

CLEAN = {"质押": "无", "独占或排他许可": "无", "中止情况": "无", "无效宣告请求": "无", "保密与出口管制": "无"}
EXPLANATION = "入门费按前期中试投入的八分之一计算，对所有被许可人相同。"
PROMISED = (
    "no_exclusive",
    "no_suspension",
    "fees_paid",
    "no_pledge",
    "no_obstacle",
    "anyone_may",
    "truthful",
    "internal_decision",
)
SECTIONS = {
    "contact": {
        "contact_name": "周敏",
        "contact_phone": "025-84890000",
        "contact_email": "tto@example.org",
        "contact_is_public": True,
    },
    "price": {"method": "lump_sum", "lump_sum": "30000.00", "explanation": EXPLANATION},
    "other": {"other_matters": "提供中试数据；范围为中国境内。"},
    "promises": dict.fromkeys(PROMISED, True),
}
NOTICE = {
    "intended_use": "用于储能电芯正极材料的包覆生产。",
    "place_of_use": "南京市江北新区",
    "contact_email": "license@example.org",
    "accepts_terms": True,
    "may_sign": True,
}


def cast() -> SimpleNamespace:
    """A university, an officer, finance and four firms; their accounts exist, nothing else does."""
    university = accounts.UniversityFactory(name="江南测试大学", name_en="Jiangnan Test University")
    people = {
        "keeper": accounts.patentee(organization=university),
        "officer": accounts.officer(),
        "finance": accounts.finance(),
        **{name: accounts.licensee() for name in ("first", "second", "third", "fourth")},
    }
    return SimpleNamespace(password=PASSWORD, **people)


def term() -> dict:
    """The section "term": open for two years, licenses of three years."""
    until = local_date(database_now()) + timedelta(days=730)
    return {"offer_until": until.isoformat(), "term_kind": "years", "term_years": 3}


def portfolio() -> bytes:
    """Three rows: a patent of which all is known, one whose pledge nobody knows, and a wrong number."""
    today = local_date(database_now()).isoformat()
    header = [*HEADER, *CLEAN, "登记信息截至日期"]
    clean = [*CLEAN.values(), today]
    unknown = ["", *clean[1:]]
    wrong = row(9_101_003, 专利号="ZL 2021 1 0123456.8")
    rows = [row(9_101_001) + clean, row(9_101_002) + unknown, wrong + clean]
    return as_csv(rows, header=header)


def paper() -> bytes:
    """A scanned page, as a real PNG."""
    out = io.BytesIO()
    Image.new("RGB", (600, 800), "white").save(out, "PNG")
    return out.getvalue()
