"""What an expert promises before reading a challenge that is not published (pure).

One text for all seasons: the agreement of a season is for organizations that write a proposal. Sources: Civil Code
Art. 501, Anti-Unfair Competition Law Arts. 9 and 17 (secrets).
"""

PROMISE_ZH = """一、本人与发榜方不存在任职、持股、项目合作、亲属等可能影响公正的关系；阅读中发现利害关系的，立即停止阅读并申请回避。
二、榜题内容及附件在公布前属于发榜方的商业秘密，本人只为出具意见使用；不复制、不公开、不告知他人、不用于其他项目、不据此申请专利。
三、出具意见或者退出后，本人停止使用并销毁所取得的材料；保密义务自签署之日起五年内有效，发榜方书面放弃或者信息已合法公开的除外。
四、违反本承诺造成损失的，依法承担赔偿责任（民法典第五百零一条、反不正当竞争法第九条和第十七条）。
五、平台记录签署人、签署时间、文本摘要和对保密附件的每一次查阅。
"""  # noqa: E501, a clause is a line
PROMISE_EN = """1. I have no relation to the firm that could make me partial: no post, share, common project or family tie. If I find one while reading, I stop reading and step back.
2. What the challenge and its annexes say before the publication are the firm's trade secrets. I use them only to give my opinion; I do not copy or publish them, tell nobody, use them nowhere else and base no patent application on them.
3. After my opinion, or when I step back, I stop using what I got and destroy it. Secrecy lasts five years from the signature, unless the firm waives it in writing or the facts are lawfully public.
4. Whoever breaks this promise makes good the loss (Civil Code Art. 501, Anti-Unfair Competition Law Arts. 9 and 17).
5. The platform records who signed, when, the digest of the text and every reading of a confidential annex.
"""  # noqa: E501, a clause is a line
