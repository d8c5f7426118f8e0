"""The standard bidder agreements, one for each legal form of a season (pure).

Words, roles and rules follow the form: the platform conducts online competitive bidding and holds no auction; a
licensed house auctions through its auctioneer (Auction Law Arts. 10 to 16, 22, 30, 37, 39, 50 to 54). The deposit is
security and no earnest money (Civil Code Arts. 586 and 587 do not apply); when it is forfeited stands in clause 6.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """One agreement in both languages."""

    zh_hans: str
    en: str


PLATFORM = Text(
    zh_hans="""一、本季活动是平台组织的网络竞价，不是《中华人民共和国拍卖法》所称的拍卖，没有拍卖人和拍卖师，成交由系统按规则确认。竞买人以实名登记的单位或个人参加，所提交的材料真实、有效。竞买号随机生成，竞价结束前不公开竞买人身份。
二、竞买人已阅读公告、标的资料和瑕疵说明，知悉标的按现状转让或许可，已有的许可、开放许可声明继续有效。
三、保证金是履约担保，不是定金，不适用《中华人民共和国民法典》第五百八十六条、第五百八十七条的定金规则。未成交的，在该标的结束后二十四小时内原路退还；成交的，抵作价款；卖方不履行的，保证金全额退还，买受人可以另行依法请求赔偿。
四、出价以服务器收到的时间为准。出价一经接受不得撤回；出现更高出价时，原出价即失去约束力。在规则载明的最后时段内有有效出价的，结束时间按规则顺延。竞价结束时，系统确认已接受的最高出价成交；最高出价未达到保留价的，不成交。
五、成交后，买受人在规则载明的工作日内签署成交确认书，付清余款和买方佣金。
六、保证金的没收：买受人成交后反悔、逾期不签署成交确认书或者逾期不付清款项的，构成违约，保证金不予退还，已经抵作价款的保证金同样不予退还。没收的保证金先按规则载明的比例支付本次竞价的费用，其余归卖方，弥补其损失。标的再次成交的价款低于原成交价的，扣除卖方已得的保证金后，差额由违约的买受人补足。该买受人不得参加同一标的以后各轮竞价。没收由组织方审查决定，并说明理由。
七、卖方、组织方及其工作人员不得竞买，也不得委托他人代为竞买；竞买人之间、竞买人与卖方之间不得恶意串通。
八、因系统故障等原因可以暂停竞价，排除后从剩余时间继续。竞价记录保存不少于十年，结束后公开。""",
    en="""1. This season is online competitive bidding conducted by the platform. It is no auction in the sense of the Auction Law: there is no auction house and no auctioneer, and the system confirms the sale by the rules. Bidders take part under their verified names with true and valid papers. Paddles are drawn at random; nobody is named before the bidding has ended.
2. The bidder has read the notice, the data room and the disclosure of defects, and takes the lot as it is; licenses in force and open license declarations stay.
3. The deposit is security, not earnest money: Articles 586 and 587 of the Civil Code do not apply to it. Whoever does not win has it back by the same way within 24 hours after the lot ended; the winner's counts toward the price. If the seller does not perform, the deposit is returned in full and the buyer may claim damages besides.
4. The server's time of receipt decides. An accepted bid cannot be taken back and falls away when a higher one is accepted. A valid bid in the last minutes that the rules name moves the end as the rules say. At the end the system confirms the highest accepted bid; below the reserve there is no sale.
5. The buyer signs the confirmation of sale and pays the balance and the buyer's commission within the working days named in the rules.
6. Forfeiture of the deposit: a buyer who withdraws after the sale, does not sign the confirmation in time or does not pay in full in time is in breach. The deposit is then not returned, also where it counted toward the price already. It pays the costs of the bidding first, at the rate named in the rules; the rest goes to the seller for the loss. If the lot later brings less than the first price, the buyer in breach makes up the difference, less what the seller had of the deposit. That buyer may not bid in any later round of the lot. The organizer decides on the forfeiture and states its reasons.
7. The seller, the organizer and their staff do not bid and have nobody bid for them. Bidders do not collude with each other or with the seller.
8. Bidding may be paused, for instance when a system fails, and goes on with the time that was left. The record is kept for at least ten years and published after the end.""",  # noqa: E501, a contract clause is a line
)

HOUSE = Text(
    zh_hans="""一、本季活动是《中华人民共和国拍卖法》所称的拍卖，由公告载明的、取得从事拍卖业务许可的拍卖企业作为拍卖人举办，由公告载明的拍卖师主持；平台为拍卖人提供网络系统，不是拍卖人。竞买人以实名登记的单位或个人参加，所提交的材料真实、有效。竞买号牌随机生成，拍卖结束前不公开竞买人身份。
二、竞买人已阅读拍卖公告、标的资料和瑕疵说明，知悉标的按现状转让或许可，已有的许可、开放许可声明继续有效。
三、保证金是履约担保，不是定金，不适用《中华人民共和国民法典》第五百八十六条、第五百八十七条的定金规则。未成交的，在该标的结束后二十四小时内原路退还；成交的，抵作价款；委托人不履行的，保证金全额退还，买受人可以另行依法请求赔偿。
四、应价以服务器收到的时间为准。应价一经接受不得撤回；其他竞买人有更高应价时，原应价即丧失约束力。在规则载明的最后时段内有有效应价的，结束时间按规则顺延。最高应价经拍卖师落槌或者以其他公开表示买定的方式确认后，拍卖成交；有保留价而最高应价未达到的，该应价不发生效力，拍卖师应当停止该标的的拍卖。
五、拍卖成交后，买受人和拍卖人在规则载明的工作日内签署成交确认书，买受人付清余款和应付佣金。
六、保证金的没收：买受人成交后反悔、逾期不签署成交确认书或者逾期不付清款项的，构成违约，保证金不予退还，已经抵作价款的保证金同样不予退还。没收的保证金先按规则载明的比例支付本次拍卖的费用，其余归委托人，弥补其损失。标的再行拍卖的，依照《中华人民共和国拍卖法》第三十九条，违约的买受人应当支付第一次拍卖中本人及委托人应当支付的佣金；再行拍卖的价款低于原拍卖价款的，扣除委托人已得的保证金后，差额由其补足。该买受人不得参加同一标的以后各轮拍卖。没收经拍卖人提出，由组织方审查决定，并说明理由。
七、委托人不得参与竞买，也不得委托他人代为竞买；拍卖人、组织方及其工作人员不得以竞买人身份参与拍卖，也不得委托他人代为竞买；竞买人之间、竞买人与拍卖人之间不得恶意串通。
八、因系统故障等原因，拍卖师可以宣布暂停，排除后从剩余时间继续。拍卖笔录和应价记录保存不少于十年，应价记录在拍卖结束后公开。""",
    en="""1. This season is an auction under the Auction Law, held by the licensed auction house named in the notice as auctioneering enterprise and conducted by the auctioneer named there. The platform provides the online system and is not the auction house. Bidders take part under their verified names with true and valid papers. Paddles are drawn at random; nobody is named before the auction has ended.
2. The bidder has read the auction notice, the data room and the disclosure of defects, and takes the lot as it is; licenses in force and open license declarations stay.
3. The deposit is security, not earnest money: Articles 586 and 587 of the Civil Code do not apply to it. Whoever does not win has it back by the same way within 24 hours after the lot ended; the winner's counts toward the price. If the consignor does not perform, the deposit is returned in full and the buyer may claim damages besides.
4. The server's time of receipt decides. An accepted bid cannot be taken back and loses its force when a higher one is accepted. A valid bid in the last minutes that the rules name moves the end as the rules say. The sale is concluded when the auctioneer knocks the highest bid down or confirms it publicly in another way; a highest bid below the reserve has no effect, and the auctioneer stops the auction of the lot.
5. After the sale the buyer and the auction house sign the confirmation of sale within the working days named in the rules, and the buyer pays the balance and the commission due.
6. Forfeiture of the deposit: a buyer who withdraws after the sale, does not sign the confirmation in time or does not pay in full in time is in breach. The deposit is then not returned, also where it counted toward the price already. It pays the costs of the auction first, at the rate named in the rules; the rest goes to the consignor for the loss. If the lot is auctioned again, Article 39 of the Auction Law applies: the buyer in breach pays the commissions that the buyer and the consignor owed in the first auction and makes up the difference if the price is lower, less what the consignor had of the deposit. That buyer may not bid in any later round of the lot. The auction house proposes the forfeiture; the organizer decides on it and states its reasons.
7. The consignor does not bid and has nobody bid for it. The auction house, the organizer and their staff do not bid and have nobody bid for them. Bidders do not collude with each other or with the auction house.
8. The auctioneer may announce a pause, for instance when a system fails; bidding goes on with the time that was left. The record of the auction and of the bids is kept for at least ten years; the record of the bids is published after the end.""",  # noqa: E501, a contract clause is a line
)

STANDARD = {"platform": PLATFORM, "house": HOUSE}


def fitting(legal_form: str, *, zh_hans: str, en: str) -> Text:
    """The two texts of a season: a standard text of another legal form becomes that of this one; own words stay."""
    wanted = STANDARD[legal_form]
    others = [text for form, text in STANDARD.items() if form != legal_form]
    return Text(
        zh_hans=wanted.zh_hans if _plain(zh_hans) in {_plain(text.zh_hans) for text in others} else zh_hans,
        en=wanted.en if _plain(en) in {_plain(text.en) for text in others} else en,
    )


def _plain(text: str) -> str:
    """Without the blanks and line ends that a form may change."""
    return "".join(text.split())
