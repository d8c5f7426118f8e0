"""The contract's articles about a royalty, Chinese and English; the Chinese text decides (pure).

Civil Code Art. 585, 846; the usual definition of net sales.
"""

from decimal import Decimal

from licenses.pricing import Base, Royalty

LATE_PARTS_PER_PERCENT = 10_000  # the late rate counts hundredths of a basis point
NET_SALES = (
    "净销售额指被许可人销售专利产品的发票金额，扣除退货、折扣以及在发票上单独列明的运费、保险费和税款后的余额",
    "Net sales are the invoiced sales of patented products less returns, discounts, and freight, insurance and taxes "
    "shown separately on the invoice",
)
BASES = {
    Base.NET_SALES: NET_SALES,
    Base.PROFIT: (
        f"{NET_SALES[0]}；利润额指净销售额扣除该等产品成本后的余额",
        f"{NET_SALES[1]}; profit is net sales less the costs of these products",
    ),
    Base.UNITS: ("数量指已售出并开具发票的专利产品的件数", "Units are the patented products sold and invoiced"),
}
ARTICLES = (
    (
        "提成费的报告与支付",
        "Reporting and paying royalties",
        "{base}。被许可人应当在每期期末后 {report} 日内以法定代表人名义提交报告，"
        "没有销售的提交零报告；许可人认可后，于期末后 {pay} 日内支付。"
        "提成费按全期合计计算，四舍五入到分。逾期支付的，每日按逾期金额的 {late}% 支付违约金。",
        "{base_en}. The licensee reports within {report} days after each period in the name of its legal "
        "representative, also when nothing was sold, and pays within {pay} days after the period what the licensor "
        "accepted. The royalty is worked out for the whole period and rounded to the fen. Late payment costs {late}% "
        "of the overdue amount a day.",
    ),
    (
        "账目核查",
        "Inspection of the books",
        "许可人可以提前五日通知，委托负有保密义务的人员核查与提成有关的账目。"
        "核查结果经被许可人认可后补缴差额；少报超过约定比例的，核查费用由被许可人承担。",
        "With five days' notice the licensor may have the books that concern the royalty inspected by somebody bound "
        "to secrecy. The difference is paid once the licensee agrees to the findings; above the agreed share the "
        "licensee also bears the cost.",
    ),
)


def royalty_clauses(royalty: Royalty | None) -> list[dict]:
    """The articles a royalty adds to a contract; none without one, no inspection where it was not agreed on."""
    if royalty is None:
        return []
    base, base_en = BASES[royalty.base]
    late = f"{(Decimal(royalty.late_rate_per_day) / LATE_PARTS_PER_PERCENT).normalize():f}"
    facts = {"base": base, "base_en": base_en, "report": royalty.report_due_days, "pay": royalty.pay_due_days}
    chosen = ARTICLES if royalty.audit_right else ARTICLES[:1]
    return [
        {"title_zh": title_zh, "title_en": title_en, "zh": zh.format(**facts, late=late),
         "en": en.format(**facts, late=late)}
        for title_zh, title_en, zh, en in chosen
    ]  # fmt: skip
