"""The exports of Chinese banks and wallets as data: one row a format. Names are those printed in the files."""

from dataclasses import dataclass, field

from foundation.core.marks import _


@dataclass(frozen=True, slots=True)
class Format:
    """Where things stand in an export.

    ``header`` names the columns by which it is recognized. Money is in ``amount`` (signed, or with ``direction``
    whose words give the sign) or in ``credit`` and ``debit``. ``neutral`` gives the sign of rows without a direction
    by a word in ``kind``; other such rows are kept without counting. ``still`` are states in which nothing moved.
    """

    key: str
    label: str
    header: tuple[str, ...]
    date: str
    time: str = ""
    amount: str = ""
    credit: str = ""
    debit: str = ""
    direction: str = ""
    signs: dict[str, int] = field(default_factory=dict)
    kind: str = ""
    neutral: tuple[tuple[str, int], ...] = ()
    status: str = ""
    still: tuple[str, ...] = ()
    currency: str = ""
    balance: str = ""
    name: str = ""
    account: str = ""
    name_and_account: str = ""
    text: tuple[str, ...] = ()
    transaction_id: str = ""
    end_to_end_id: str = ""
    own_account: tuple[str, ...] = ()
    totals: tuple[str, ...] = ()


WALLET = {"收入": 1, "支出": -1}
FORMATS = (
    Format(
        "alipay", _("Alipay"), ("交易时间", "收/支", "金额", "交易订单号", "商家订单号"),
        date="交易时间", amount="金额", direction="收/支", signs=WALLET, kind="交易分类", neutral=(("退款", 1),),
        status="交易状态", still=("交易关闭", "等待付款"), name="交易对方", account="对方账号",
        text=("商品说明", "备注"), transaction_id="交易订单号", end_to_end_id="商家订单号", own_account=("支付宝账户",),
    ),
    Format(
        "wechat", _("WeChat Pay"), ("交易时间", "交易类型", "收/支", "金额(元)", "交易单号", "商户单号"),
        date="交易时间", amount="金额(元)", direction="收/支", signs=WALLET, kind="交易类型",
        neutral=(("零钱提现", -1), ("零钱充值", 1), ("信用卡还款", -1), ("购买理财通", -1)),
        status="当前状态", still=("支付失败", "已全额关闭"), name="交易对方",
        text=("商品", "备注"), transaction_id="交易单号", end_to_end_id="商户单号",
    ),
    Format(
        "boc", _("Bank of China"), ("记账日期", "记账时间", "币别", "金额", "余额", "交易名称"),
        date="记账日期", time="记账时间", amount="金额", currency="币别", balance="余额",
        name="对方账户名", account="对方卡号/账号", text=("交易名称", "附言"),
    ),
    Format(
        "bocom", _("Bank of Communications"), ("交易日期", "交易时间", "借贷", "交易金额", "余额", "对方户名"),
        date="交易日期", time="交易时间", amount="交易金额", direction="借贷",
        signs={"贷 Cr": 1, "借 Dr": -1, "贷": 1, "借": -1}, balance="余额", name="对方户名", account="对方账号",
        text=("交易类型", "摘要"),
    ),
    Format(
        "cmb", _("China Merchants Bank"), ("记账日期", "货币", "交易金额", "联机余额", "对手信息"),
        date="记账日期", amount="交易金额", currency="货币", balance="联机余额", name_and_account="对手信息",
        text=("交易摘要", "客户摘要"),
    ),
    Format(
        "icbc", _("Industrial and Commercial Bank of China"),
        ("交易日期", "摘要", "记账金额(收入)", "记账金额(支出)", "记账币种", "余额", "对方户名"),
        date="交易日期", credit="记账金额(收入)", debit="记账金额(支出)", currency="记账币种", balance="余额",
        name="对方户名", text=("摘要", "交易场所"), own_account=("卡号",), totals=("合计",),
    ),
    Format(
        "spdb", _("Shanghai Pudong Development Bank"), ("交易日期", "交易类型", "存入金额", "取出金额", "余额"),
        date="交易日期", credit="存入金额", debit="取出金额", balance="余额", name="交易对手名称",
        account="交易对手账号", text=("交易类型", "附言"), own_account=("账号",),
    ),
)  # fmt: skip
CURRENCIES = {
    "人民币": "CNY", "人民币元": "CNY", "RMB": "CNY", "美元": "USD", "欧元": "EUR", "港币": "HKD", "港元": "HKD",
    "日元": "JPY", "英镑": "GBP",
}  # fmt: skip
LABELS = {one.key: one.label for one in FORMATS} | {
    "camt.053": _("ISO 20022 statement (camt.053)"),
    "camt.054": _("ISO 20022 notification (camt.054)"),
}
