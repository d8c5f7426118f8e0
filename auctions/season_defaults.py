"""What a new season begins with, and which of its columns are fixed when it is announced (pure).

Fen, basis points, seconds. Sources: the Supreme People's Court's rules on judicial online auctions Arts. 10 to 24 as
the best tested set; Auction Law Arts. 39, 45, 48 and 56.
"""

from copy import deepcopy
from typing import Any

YUAN = 100
INCREMENTS = [
    [100_000 * YUAN, 1_000 * YUAN],
    [500_000 * YUAN, 5_000 * YUAN],
    [1_000_000 * YUAN, 10_000 * YUAN],
    [5_000_000 * YUAN, 50_000 * YUAN],
    [None, 100_000 * YUAN],
]
COMMISSIONS = [[2_000_000 * YUAN, 300], [10_000_000 * YUAN, 200], [None, 100]]
HIGHEST_COMMISSION_BP = 500  # Auction Law Art. 56

RULES = (  # fixed from the announcement on; a trigger holds it
    "legal_form", "house_name", "house_license", "auctioneer_name", "auctioneer_license", "deposit_bp", "increments",
    "commissions", "max_steps", "on_grid", "own_raise", "window_seconds", "extension_seconds", "hard_limit",
    "resume_at", "notice_days", "viewing_days", "priority_days", "confirmation_days", "balance_days",
    "public_notice_days", "relist_cut_bp", "forfeit_platform_bp", "withdrawal_cost_bp", "offer_to_underbidder",
    "agreement_zh_hans", "agreement_en", "code",
)  # fmt: skip

AGREEMENT_ZH = """一、竞买人以实名登记的单位或个人参加竞买，所提交的材料真实、有效。竞买号随机生成，竞价结束前不公开竞买人身份。
二、竞买人已阅读公告、标的资料和瑕疵说明，知悉标的按现状转让或许可，已有的许可、开放许可声明继续有效。
三、保证金为履约担保，不是定金。未成交的，在该标的结束后二十四小时内原路退还；成交的，抵作价款。
四、出价以服务器收到的时间为准。出价一经接受不得撤回；出现更高出价时，原出价即失去约束力。最后五分钟内有有效出价的，自该次出价起顺延五分钟。
五、成交后在规则载明的工作日内签署成交确认书、付清余款和买方佣金。
六、买受人反悔或逾期不付款的，保证金不予退还，依次用于支付本次活动费用、弥补卖方差价损失，不足部分应当补足；该买受人不得参加同一标的再次竞价。
七、卖方、组织方及其工作人员不得竞买，也不得委托他人代为竞买；竞买人之间、竞买人与卖方之间不得恶意串通。
八、因系统故障等原因可以暂停竞价，排除后从剩余时间继续。竞价记录保存不少于十年，结束后公开。
"""  # noqa: E501, a contract clause is a line
AGREEMENT_EN = """1. Bidders take part under their verified names with true and valid papers. Paddles are drawn at random; nobody is named before the bidding has ended.
2. The bidder has read the notice, the data room and the disclosure of defects, and takes the lot as it is; licenses in force and open license declarations stay.
3. The deposit is security, not earnest money. Whoever does not win has it back by the same way within 24 hours after the lot ended; the winner's counts toward the price.
4. The server's time of receipt decides. An accepted bid cannot be taken back and falls away when a higher one is accepted. A valid bid in the last five minutes moves the end to five minutes after that bid.
5. The buyer signs the confirmation of sale and pays the balance and the buyer's commission within the working days named in the rules.
6. If the buyer withdraws or does not pay in time, the deposit is not returned: it covers the costs, then the seller's loss in price, and the buyer makes up what is missing; that buyer may not bid when the lot is listed again.
7. The seller, the organizer and their staff do not bid and have nobody bid for them. Bidders do not collude with each other or with the seller.
8. Bidding may be paused, for instance when a system fails, and goes on with the time that was left. The record is kept for at least ten years and published after the end.
"""  # noqa: E501, a contract clause is a line


def new_season() -> dict[str, Any]:
    """The columns of a season that its founder did not name. The scalar defaults stand on the model."""
    return {
        "increments": deepcopy(INCREMENTS),
        "commissions": deepcopy(COMMISSIONS),
        "agreement_zh_hans": AGREEMENT_ZH.strip(),
        "agreement_en": AGREEMENT_EN.strip(),
    }


def is_table(rows: object, *, least: int, most: int) -> bool:
    """Whether these are rows of a table: ascending bounds, one open end, values from ``least`` to ``most``."""
    if (
        not isinstance(rows, list)
        or not rows
        or any(not isinstance(row, list) or len(row) != len("ab") for row in rows)
    ):
        return False
    bounds, values = [row[0] for row in rows], [row[1] for row in rows]
    closed = bounds[:-1]
    whole = all(type(number) is int for number in [*closed, *values])
    return (
        whole
        and bounds[-1] is None
        and all(bound > 0 for bound in closed)
        and closed == sorted(set(closed))
        and all(least <= value <= most for value in values)
    )
