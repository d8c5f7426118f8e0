"""The clauses of the contracts of sales, Chinese and English side by side; the Chinese text decides (pure tables).

Sources: Patent Law Arts. 10, 12, 14, 47; Civil Code Arts. 845, 862-877; the Supreme People's Court's interpretation on
technology contracts Arts. 24 to 29; Auction Law Arts. 39, 51, 52. Names in braces are filled in.
"""

from foundation.core.marks import _

NOT_SOLD = _("Lot {lot} of season {season} was offered at {start} and not sold; {registrations} parties registered.")

ASSIGNMENT = (
    (
        "转让标的",
        "What is assigned",
        "出让方将本合同所列专利权（或专利申请权）整体转让给受让方。标的以竞价公告及资料室披露的现状为准，已披露的瑕疵和负担为："
        "{defects_zh}。",
        "The seller assigns the patents (or applications) listed in this contract as a whole, as they stand by the "
        "notice and the data room. Disclosed defects and burdens: {defects_en}.",
    ),
    (
        "价款与支付",
        "Price and payment",
        "成交价 {price}（{price_capitals}），买方佣金 {commission}，合计 {total}，已由受让方全额支付至监管账户；"
        "竞买保证金已抵作价款。专利权变更登记后，成交价划付出让方。",
        "Price {price}, buyer's commission {commission}, {total} in all, paid in full into the supervised account; the "
        "deposit counts toward it. The price is released to the seller once the change is registered.",
    ),
    (
        "登记与生效",
        "Registration and effect",
        "出让方应当自合同签订（须公示的，自公示期满）之日起三十日内向国务院专利行政部门办理著录项目变更，受让方应当配合。"
        "专利权（专利申请权）的转让自登记之日起生效。",
        "The seller files the change with CNIPA within thirty days of signing (or of the end of the public notice); "
        "the buyer assists. The assignment takes effect on the day of registration.",
    ),
    (
        "已有许可",
        "Licenses in force",
        "转让不影响此前已经成立的实施许可合同（包括开放许可）的效力；标的上有开放许可声明的，自登记之日起中止，"
        "由受让方决定继续或者撤回。",
        "The assignment does not touch licenses granted before (open licenses included). A live open license "
        "declaration is suspended on registration until the buyer adopts or withdraws it.",
    ),
    (
        "年费与资料",
        "Annual fees and papers",
        "登记前的年费由出让方缴纳，登记后的由受让方缴纳。出让方应当在登记后十个工作日内移交专利证书、申请文件和与实施有关的技术资料。",
        "Annual fees are the seller's until registration and the buyer's after it. Within ten working days of "
        "registration the seller hands over the certificate, the file and the technical papers needed for use.",
    ),
    (
        "权利保证",
        "Warranty of title",
        "出让方保证其是标的的合法权利人，有权处分，无未披露的质押、保全、权属纠纷和独占许可。专利权被宣告无效的，适用专利法第四十七条。",
        "The seller is the lawful owner and free to dispose; there is no undisclosed pledge, preservation, dispute or "
        "exclusive license. If the patent is invalidated, Patent Law Article 47 applies.",
    ),
)
LICENSE = (
    (
        "许可的种类与范围",
        "Kind and scope",
        "许可人以{kind_zh}方式许可被许可人在中国境内实施本合同所列专利。已披露的瑕疵和负担为：{defects_zh}。",
        "The licensor grants {kind_en} to exploit the listed patents within China. Disclosed defects and burdens: "
        "{defects_en}.",
    ),
    (
        "许可期限",
        "Term",
        "自备案之日起{years_zh}，不超过专利权有效期。",
        "From the day of recordation for {years_en}, never past the patent's own term.",
    ),
    ASSIGNMENT[1],
    (
        "备案",
        "Recordation",
        "许可人应当自合同签订（须公示的，自公示期满）之日起三十日内办理专利实施许可合同备案，被许可人应当配合。",
        "The licensor files the recordation within thirty days of signing (or of the end of the public notice); the "
        "licensee assists.",
    ),
    (
        "专利权的维持",
        "Keeping the patent in force",
        "许可人应当在许可期限内维持专利权有效并按规定缴纳年费。",
        "The licensor keeps the patents alive and pays their annual fees during the term.",
    ),
    ASSIGNMENT[5],
)
PROJECT = (
    (
        "标的",
        "Subject",
        "出让方将竞价公告所列创新项目成果及其技术资料交付受让方。已披露的瑕疵和负担为：{defects_zh}。",
        "The seller delivers the innovation project of the notice with its technical papers. Disclosed defects and "
        "burdens: {defects_en}.",
    ),
    ASSIGNMENT[1],
    (
        "交付与验收",
        "Delivery",
        "出让方应当自合同签订之日起三十日内完成交付，双方书面确认后向平台登记。",
        "The seller delivers within thirty days of signing; both confirm in writing and have it recorded.",
    ),
    ASSIGNMENT[5],
)
COMMON = (
    (
        "违约责任",
        "Breach",
        "出让方不履行交付或者登记义务的，受让方可以请求解除合同，已付款项全额退还，并有权请求赔偿损失。",
        "If the seller does not deliver or register, the buyer may rescind, has everything back and may claim damages.",
    ),
    (
        "争议解决",
        "Disputes",
        "双方协商解决；协商不成的，可以请求调解，也可以向有管辖权的人民法院起诉。",
        "Disputes are negotiated; failing that, mediated or brought before the competent people's court.",
    ),
    (
        "成立与文本",
        "Formation and text",
        "本合同依据成交确认书订立，自双方以数据电文签署之日起成立。中英文不一致的，以中文为准。",
        "This contract rests on the confirmation of sale and is formed when both have signed it electronically. If the "
        "texts differ, the Chinese one decides.",
    ),
)
BY_SUBJECT = {
    "assignment": (*ASSIGNMENT, *COMMON),
    "application_right": (*ASSIGNMENT, *COMMON),
    "exclusive_license": (*LICENSE, *COMMON),
    "ordinary_license": (*LICENSE, *COMMON),
    "project": (*PROJECT, *COMMON),
}
TITLES = {
    "assignment": ("专利权转让合同", "Patent Assignment Contract"),
    "application_right": ("专利申请权转让合同", "Assignment of a Patent Application"),
    "exclusive_license": ("专利实施许可合同（独占许可）", "Patent License Contract (exclusive license)"),
    "ordinary_license": ("专利实施许可合同（普通许可）", "Patent License Contract (ordinary license)"),
    "project": ("创新项目转让合同", "Transfer of an Innovation Project"),
}
KINDS = {
    "exclusive_license": ("独占许可", "an exclusive license"),
    "ordinary_license": ("普通许可", "an ordinary (non-exclusive) license"),
}
NO_DEFECTS = ("无", "none")


def clauses(subject: str, facts: dict[str, str]) -> list[dict[str, str]]:
    """The articles of a lot's contract with the facts filled in."""
    kind_zh, kind_en = KINDS.get(subject, ("", ""))
    filled = {"kind_zh": kind_zh, "kind_en": kind_en, **facts}
    return [
        {"title_zh": zh, "title_en": en, "zh": text.format(**filled), "en": english.format(**filled)}
        for zh, en, text, english in BY_SUBJECT[subject]
    ]
