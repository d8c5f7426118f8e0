"""What a new list season begins with (pure). Sources: Civil Code Arts. 501 (secrets), 851 to 861 (development)."""

RULES = (  # fixed from the call on; a trigger holds it
    "code", "escrow_bp", "least_open_days", "questions_end_days", "panel_size", "reserve_experts", "invitation_days",
    "is_blind", "drop_extremes", "most_winners", "notice_days", "contract_days", "rework_times", "acceptance_days",
    "nda_zh_hans", "nda_en", "commitment_zh_hans", "commitment_en",
)  # fmt: skip

NDA_ZH = """一、保密附件所载技术参数、图纸、数据和经营信息为发榜方的商业秘密，签署单位只为撰写揭榜方案使用。
二、签署单位仅向为撰写方案确有必要知悉的人员披露，并保证其遵守同等义务；不复制、不公开、不用于其他项目、不据此申请专利。
三、方案未入选或者撤回的，签署单位应当停止使用并销毁保密附件；保密义务自签署之日起五年内有效，发榜方书面放弃或者信息已合法公开的除外。
四、违反本协议造成损失的，依法承担赔偿责任（民法典第五百零一条、反不正当竞争法第九条）。
五、平台记录签署单位、签署人、签署时间、文本摘要和每一次查阅。
"""
NDA_EN = """1. Technical parameters, drawings, data and business facts in the confidential annexes are the firm's trade secrets; the signing organization uses them only to write a proposal.
2. It tells them only to people who need them for the proposal and answers for them; it does not copy, publish or use them elsewhere, and bases no patent application on them.
3. If the proposal is not chosen or is withdrawn, the organization stops using the annexes and destroys them. Secrecy lasts five years from the signature, unless the firm waives it in writing or the facts are lawfully public.
4. Whoever breaks this agreement makes good the loss (Civil Code Art. 501, Anti-Unfair Competition Law Art. 9).
5. The platform records the organization, the signatory, the time, the digest of the text and every reading.
"""  # noqa: E501, a clause is a line
COMMITMENT_ZH = """一、本单位所提交的揭榜方案真实、完整，不侵犯他人权利，已取得团队成员同意。
二、如被选中，本单位按方案承诺的指标、节点和价格签订技术开发合同并完成任务；未达到必达指标的，不主张对应节点款项。
三、本单位与发榜方、评审专家之间的关系已如实申报，不向其请托、打探、送礼。
四、经费专款专用，接受平台和主管部门的检查。
"""
COMMITMENT_EN = """1. The proposal is true and complete, infringes nobody's rights, and the members of the team agree to it.
2. If it is chosen, the organization concludes the development contract and delivers the indicators, milestones and price it promised; where an indicator that must be met is not met, it does not claim the payment of that milestone.
3. Relations to the firm and to experts are declared truthfully; the organization approaches none of them.
4. The money is used for this work only and open to inspection by the platform and the administration.
"""  # noqa: E501, a clause is a line

CRITERIA = (  # Chinese, English, weight in basis points
    ("技术可行性与指标", "Feasibility and indicators", 4000),
    ("团队与条件", "Team and means", 2000),
    ("产业化与成本", "Industrial use and cost", 2500),
    ("计划与风险", "Plan and risks", 1500),
)


def new_season() -> dict[str, str]:
    """The texts of a season that its founder did not write. The scalar defaults stand on the model."""
    return {
        "nda_zh_hans": NDA_ZH.strip(),
        "nda_en": NDA_EN.strip(),
        "commitment_zh_hans": COMMITMENT_ZH.strip(),
        "commitment_en": COMMITMENT_EN.strip(),
    }
