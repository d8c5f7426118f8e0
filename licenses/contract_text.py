"""The clauses of the license contract, Chinese and English side by side; the Chinese text decides.

Sources: Patent Law Art. 12, 50, 51; Civil Code Art. 845, 846, 862-877; Supreme Court interpretation on
technology contracts Art. 15, 26. Names in braces are filled in by `clauses`.
"""

from licenses.instalment_clauses import instalment_clauses
from licenses.royalty_clauses import royalty_clauses

# (Chinese title, English title, Chinese text, English text)
TABLE = (
    (
        "许可的种类与范围",
        "Kind and scope",
        "许可人许可被许可人在中国境内以普通许可方式实施本专利（制造、使用、许诺销售、销售、进口；"
        "方法专利包括使用该方法及其直接获得的产品）。被许可人无权允许合同以外的任何单位或者个人实施本专利。",
        "The licensor grants an ordinary (non-exclusive) license to exploit the patent within China: to make, use, "
        "offer for sale, sell and import, and for a process to use it and its direct product. The licensee may not "
        "allow anyone outside this contract to exploit the patent.",
    ),
    (
        "许可期限",
        "Term",
        "{term_zh}。许可期限不超过专利权有效期。",
        "{term_en}. It never passes the patent's own term.",
    ),
    ("许可费", "Fee", "{fee_zh}。", "{fee_en}."),
    ("声明的计算依据", "Basis of the fee", "{explanation_zh}", "{explanation_en}"),
    (
        "用途",
        "Use",
        "被许可人通知载明的用途：{use}。该用途用于备案，不限制第一条的许可范围。",
        "Use named in the licensee's notice: {use} It serves recordation and does not narrow Article 1.",
    ),
    (
        "专利权的维持",
        "Keeping the patent in force",
        "许可人应当在许可期限内维持专利权有效并按规定缴纳年费。专利权被宣告无效或者终止的，本许可随之终止；"
        "已经履行的部分不追溯，但恶意造成损失或者明显违反公平原则的除外。",
        "The licensor keeps the patent alive and pays its annual fees. If the patent is invalidated or ends, this "
        "license ends with it; what was performed stands, except for bad faith or evident unfairness.",
    ),
    ("其他事项", "Other matters", "{other_zh}", "{other_en}"),
    (
        "声明撤回与条款变更",
        "Withdrawal and new terms",
        "开放许可声明撤回或者公布新条款，不影响本许可的效力，本许可始终适用签订时的条款版本。",
        "A withdrawal of the declaration or new terms do not affect this license: it keeps the version of the terms "
        "under which it was taken.",
    ),
    (
        "备案",
        "Recordation",
        "任何一方可以自生效之日起三个月内（{record_by} 前）向国家知识产权局办理备案，另一方应当配合。",
        "Either party records this license with CNIPA within three months of its effect (by {record_by}); the other "
        "one assists.",
    ),
    (
        "违约与解除",
        "Breach",
        "一方迟延履行主要债务，经催告后三十日内仍未履行的，另一方可以解除合同。未按约定支付许可费的，应当补交并承担违约责任。",
        "If a main debt stays unpaid thirty days after a demand, the other party may rescind. Unpaid fees are paid up "
        "together with the liability for breach.",
    ),
    (
        "争议解决",
        "Disputes",
        "因本许可发生争议的，由双方协商；不愿协商或者协商不成的，可以请求国家知识产权局进行调解，也可以向人民法院起诉。",
        "Disputes are negotiated; failing that, a party may ask CNIPA for mediation or sue in the people's court.",
    ),
    (
        "成立与文本",
        "Formation and text",
        "本合同因许可人公布的声明和被许可人的书面通知成立，自通知送达与付清许可费两者中较晚者生效，无须许可人另行同意。"
        "数据电文视为书面形式。中英文不一致的，以中文为准。",
        "This contract is formed by the published declaration and the licensee's written notice; it takes effect at "
        "the later of notice and payment and needs no consent of the licensor. Data messages count as writing. If the "
        "texts differ, the Chinese one decides.",
    ),
)
AFTER_FEE = 3  # where the articles about instalments or a royalty stand
NOT_EXPLAINED = ("许可人未另作说明。", "The licensor gave no further explanation.")
NOTHING_ELSE = (
    "许可不包括技术秘密、现场指导和分许可。",
    "Know-how, guidance on site and sub-licenses are not included.",
)


def clauses(license, *, term: tuple[str, str], fee: tuple[str, str], later=()) -> list[dict]:
    """The contract's articles with the posted terms filled in; `term` and `fee` are (Chinese, English).

    ``later`` are the obligations of the instalments after the first.
    """
    terms = license.terms_version
    facts = {
        "term_zh": term[0],
        "term_en": term[1],
        "fee_zh": fee[0],
        "fee_en": fee[1],
        "explanation_zh": terms.explanation or NOT_EXPLAINED[0],
        "explanation_en": terms.explanation_en or terms.explanation or NOT_EXPLAINED[1],
        "other_zh": terms.other_matters or NOTHING_ELSE[0],
        "other_en": terms.other_matters_en or terms.other_matters or NOTHING_ELSE[1],
        "use": license.intended_use,
        "record_by": f"{license.recordation_due_date:%Y-%m-%d}",
    }
    made = [
        {"title_zh": title_zh, "title_en": title_en, "zh": zh.format(**facts), "en": en.format(**facts)}
        for title_zh, title_en, zh, en in TABLE
    ]
    more = [*instalment_clauses(later), *royalty_clauses(terms.offer.royalty)]
    return [*made[:AFTER_FEE], *more, *made[AFTER_FEE:]]
