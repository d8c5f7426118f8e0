"""The contract's article about instalments, Chinese and English; the Chinese text decides (pure).

Civil Code Art. 203 (a last day nobody works on), 566, 585, 846; Patent Law Art. 51.
"""

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from foundation.core.clock import local_date

PPM_PER_PERCENT = 10_000
BP_PER_PERCENT = 100
MOMENT = timedelta(microseconds=1)
TITLE = ("分期支付", "Instalments")
CHINESE = (
    "许可费一次确定、分期支付。首期已随通知支付；其余各期：{parts}。前述日期遇非工作日的，已顺延至下一个工作日。"
    "被许可人可以提前支付。逾期支付的，每日按逾期金额的 {late}% 支付违约金，每年不超过逾期金额的 {cap}%。"
    "被许可人提前终止许可的，未到期的各期仍应支付；专利权终止，或者许可人因被许可人违约解除合同的，"
    "此后到期的各期不再支付，已经到期的仍应支付。"
)
ENGLISH = (
    "The fee is fixed once and paid in instalments. The first was paid with the notice; the others: {parts}. A day "
    "nobody works on was moved to the next working day. The licensee may pay earlier. Late payment costs {late}% of "
    "the overdue amount a day, at most {cap}% of it a year. A licensee that ends the license early still owes the "
    "instalments that are not due yet; if the patent ends, or the licensor rescinds for breach, what would fall due "
    "later is owed no longer, and what is due stays owed."
)


def instalment_clauses(later: Iterable[Any]) -> list[dict]:
    """The article that instalments add to a contract; none without ``later`` obligations."""
    later = list(later)
    if not later:
        return []
    days = [(one, local_date(one.due_at - MOMENT)) for one in later]
    chinese = "；".join(f"第 {one.position} 期 {one.amount}，于 {day:%Y-%m-%d} 前（含当日）" for one, day in days)
    english = "; ".join(f"instalment {one.position} of {one.amount} by {day:%Y-%m-%d}" for one, day in days)
    rates = {
        "late": f"{(Decimal(later[0].late_ppm_a_day) / PPM_PER_PERCENT).normalize():f}",
        "cap": f"{(Decimal(later[0].late_cap_bp_a_year) / BP_PER_PERCENT).normalize():f}",
    }
    return [
        {
            "title_zh": TITLE[0],
            "title_en": TITLE[1],
            "zh": CHINESE.format(parts=chinese, **rates),
            "en": ENGLISH.format(parts=english, **rates),
        }
    ]
