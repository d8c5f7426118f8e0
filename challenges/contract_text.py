"""The clauses of the technology development contract, Chinese and English; the Chinese text decides (pure tables).

Sources: Civil Code Arts. 497, 501, 563 to 566 (form, secrets, termination), 845 (contents), 851 to 861 (technology
development); Patent Law Art. 8. Names in braces are filled in.
"""

TITLES = {
    "commissioned": ("技术开发（委托）合同", "Technology Development Contract (commissioned)"),
    "joint": ("技术开发（合作）合同", "Technology Development Contract (joint)"),
}
MODES = {
    "commissioned": (
        "委托方（发榜方）提出技术需求并支付研究开发经费和报酬，"
        "研究开发方（揭榜方）按照本合同约定的计划完成研究开发并交付成果。",
        "The client (the firm) states the problem and pays; the developer (the team) carries out the research by the "
        "plan of this contract and delivers the result.",
    ),
    "joint": (
        "双方按照本合同约定的计划进行投资、分工参与研究开发工作，并协作配合；发榜方以榜额出资，"
        "揭榜方承担研究开发的主要工作。",
        "Both invest in the research, share its work by the plan of this contract and cooperate; the firm invests the "
        "bounty, the team does the main part of the work.",
    ),
}
OWNERSHIP = {
    "owner": (
        "履行本合同完成的发明创造，申请专利的权利和取得的专利权归发榜方；技术秘密成果的使用权、转让权归发榜方。",
        "The right to apply for patents on what is created under this contract, the patents and the know-how belong to "
        "the firm.",
    ),
    "shared": (
        "履行本合同完成的发明创造，申请专利的权利由双方共有；一方转让其共有的专利申请权的，"
        "另一方享有以同等条件优先受让的权利。"
        "技术秘密成果双方均有使用和转让的权利，但转让应当事先告知对方。",
        "The right to apply for patents on what is created under this contract belongs to both. If one assigns its "
        "share, the other has the right of first refusal on the same terms. Both may use and assign the know-how, "
        "assigning it after telling the other.",
    ),
    "solver": (
        "履行本合同完成的发明创造，申请专利的权利归揭榜方；揭榜方取得专利权的，发榜方可以依法免费实施该专利；"
        "揭榜方转让专利申请权的，"
        "发榜方享有以同等条件优先受让的权利。",
        "The right to apply for patents on what is created under this contract belongs to the team. The firm may use "
        "such patents free of charge and has the right of first refusal on the same terms if the team assigns them.",
    ),
}
CLAUSES = (
    (
        "标的与方式",
        "Subject and manner",
        "本合同依据榜单 {challenge} 及入选方案订立。{mode_zh}技术内容、范围和要求以附列的技术指标为准。",
        "This contract rests on challenge {challenge} and the chosen proposal. {mode_en} The indicators listed with it "
        "say what must be reached.",
    ),
    (
        "研究开发计划",
        "Plan of the work",
        "{work_zh}揭榜方应当按期完成附列的各节点，并交付节点成果及其技术资料，协助发榜方掌握成果。",
        "{work_en} The team completes the milestones listed with it in time, delivers their results with the technical "
        "papers, and helps the firm to master them.",
    ),
    (
        "合同价款与支付",
        "Price and payment",
        "合同总额 {amount}（{amount_capitals}），按附列节点支付。款项存入监管账户；每一节点在其款项到账后开始，"
        "验收合格后即从监管账户支付给揭榜方。"
        "发榜方迟延存入款项的，该节点期限相应顺延。",
        "{amount} in all, paid by milestones. The money lies in the supervised account; work on a milestone "
        "begins when "
        "its money is there, and its amount is paid to the team on acceptance. If the firm pays in late, the "
        "time limit "
        "is extended accordingly.",
    ),
    (
        "验收",
        "Acceptance",
        "{acceptance_zh}发榜方应当在收到节点成果后 {decide_days} "
        "个工作日内按照约定的测试方法验收并书面说明理由。未达到要求的，"
        "揭榜方可以修改，每一节点最多 {rework} 次。最后一个节点验收时，全部必达指标均应实测达到。",
        "{acceptance_en} Within {decide_days} working days of receiving a result the firm tests it by the "
        "agreed methods "
        "and gives its reasons. What falls short may be reworked, {rework} times a milestone at most. With the last "
        "milestone every indicator that must be met is measured and met.",
    ),
    (
        "新技术成果的归属",
        "Rights to what is created",
        "{ownership_zh}{rights_zh}双方各自的背景知识产权归属不变；"
        "揭榜方保证发榜方为使用成果可以使用其方案所列的背景专利。",
        "{ownership_en} {rights_en} Background rights stay with whom they belong to; the team lets the firm use the "
        "background patents named in its proposal as far as the result needs them.",
    ),
    (
        "保密",
        "Secrecy",
        "{secrecy_zh}双方对履行本合同知悉的对方商业秘密和技术秘密负有保密义务，期限至合同终止后五年。",
        "{secrecy_en} Each keeps the trade secrets and know-how of the other that it learns under this contract "
        "for five "
        "years after its end.",
    ),
    (
        "风险与失败",
        "Risk and failure",
        "作为研究开发标的的技术已经由他人公开，致使履行没有意义的，任何一方可以解除合同。"
        "因出现无法克服的技术困难致使研究开发失败或者部分失败的，"
        "已验收节点的款项不予返还，监管账户内的余款退还发榜方；一方发现可能失败的，"
        "应当及时通知另一方并采取适当措施减少损失。",
        "Either side may rescind if the technology has become public through others so that the work is "
        "pointless. If it "
        "fails in whole or in part for difficulties that cannot be overcome, what was accepted stays paid and the rest "
        "in the supervised account goes back to the firm. Who sees a failure coming tells the other at once and keeps "
        "the damage low.",
    ),
    (
        "解除",
        "Termination",
        "一方迟延履行主要义务，经催告后三十日内仍未履行的，另一方可以解除合同。"
        "发榜方解除前应当先就已提交的节点成果作出验收决定。"
        "解除不影响已经支付的节点款项和结算、保密条款的效力。",
        "If one side is late with a main duty and does not perform within thirty days of being reminded, the other may "
        "rescind; the firm first decides about what was handed in. What was paid, and the clauses on settlement and "
        "secrecy, stand.",
    ),
    (
        "违约责任与争议解决",
        "Breach and disputes",
        "{other_zh}一方违反约定造成研究开发工作停滞、延误或者失败的，应当承担违约责任。争议由双方协商解决；"
        "协商不成的，可以请求调解，"
        "也可以向有管辖权的人民法院起诉。",
        "{other_en} Who stops, delays or ruins the work by a breach answers for it. Disputes are negotiated; failing "
        "that, mediated or brought before the competent people's court.",
    ),
    (
        "成立与文本",
        "Formation and text",
        "本合同自双方以数据电文签署之日起成立并生效。中英文不一致的，以中文为准。",
        "This contract is formed and takes effect when both have signed it electronically. If the texts differ, the "
        "Chinese one decides.",
    ),
)


def sentence(text: str, *, chinese: bool) -> str:
    """An agreed text as a sentence before others; empty where nothing was agreed."""
    text = " ".join(text.split()).rstrip("。. ")
    if not text:
        return ""
    return f"{text}。" if chinese else f"{text}."


def clauses(*, ownership: str, mode: str, terms: dict[str, str], facts: dict[str, str]) -> list[dict[str, str]]:
    """The articles with everything filled in; texts the parties agreed stand in both columns as they wrote them."""
    filled = {**facts}
    for name in ("work", "acceptance", "rights", "secrecy", "other"):
        filled[f"{name}_zh"] = sentence(terms.get(name, ""), chinese=True)
        filled[f"{name}_en"] = sentence(terms.get(name, ""), chinese=False)
    filled["mode_zh"], filled["mode_en"] = MODES[mode]
    filled["ownership_zh"], filled["ownership_en"] = OWNERSHIP[ownership]
    return [
        {"title_zh": zh, "title_en": en, "zh": text.format(**filled), "en": " ".join(english.format(**filled).split())}
        for zh, en, text, english in CLAUSES
    ]
