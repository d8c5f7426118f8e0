"""The rows of the rule table that are about challenges."""

from tests.architecture.permissions.rules import (
    CONDUCT,
    DECLARE,
    EVERY,
    LICENSE,
    NOBODY,
    PARTIES,
    SEE_ALL,
    SEE_PROVINCE,
    rule,
)

RULES = {
    "proposes": rule(DECLARE, own=DECLARE, other=DECLARE),
    "begins proposals over the API": rule(DECLARE, own=DECLARE, other=DECLARE, acts={"own": NOBODY}),
    "sees a sealed proposal": rule(own=PARTIES),
    "sees an opened proposal": rule(own=PARTIES | SEE_ALL, other=SEE_ALL),
    "holds a share": rule(SEE_PROVINCE, own=SEE_PROVINCE, other=SEE_PROVINCE),
    "retires a share": rule(
        SEE_PROVINCE, own=SEE_PROVINCE, other=SEE_PROVINCE,
        acts={"own": {"provincial_officer"}, "other": {"provincial_officer"}},
    ),
    # challenges: the list
    "conducts the list": rule(CONDUCT, own=CONDUCT, other=CONDUCT),
    "reads an annex": rule(
        open_to_all=True, own=EVERY, other=EVERY, signs_in={"own", "other"},
        acts={"own": PARTIES | CONDUCT, "other": CONDUCT},
    ),
    "signs an agreement": rule(DECLARE, own=DECLARE, other=DECLARE, acts={"own": NOBODY}),
    "looks at a challenge": rule(own=EVERY, other=EVERY),
    "asks about a challenge": rule(own=EVERY, other=EVERY, acts={"own": NOBODY, "other": PARTIES}),
    "looks for questions about a challenge": rule(
        LICENSE | CONDUCT, own=LICENSE | CONDUCT, other=LICENSE | CONDUCT
    ),
    "answers about a challenge": rule(
        LICENSE | CONDUCT, own=LICENSE | CONDUCT, other=LICENSE | CONDUCT, acts={"other": CONDUCT}
    ),
    "answers about a challenge over the API": rule(
        own=EVERY, other=EVERY, acts={"own": LICENSE | CONDUCT, "other": CONDUCT}
    ),
    "keeps a challenge going": rule(own=EVERY, other=EVERY, acts={"own": LICENSE, "other": NOBODY}),
    "cancels a challenge": rule(own=EVERY, other=EVERY, acts={"own": LICENSE | CONDUCT, "other": CONDUCT}),
    "publishes challenges": rule(LICENSE, own=LICENSE),
    "publishes challenges over the API": rule(LICENSE, own=LICENSE, other=LICENSE, acts={"other": NOBODY}),
    "gives opinions": rule({"expert"}),
    "gives an opinion": rule({"expert"}, own={"expert"}, other={"expert"}),  # the one who was asked
    "reads the pool": rule(SEE_ALL),
    "keeps the pool": rule(CONDUCT),
    "conducts a panel": rule(CONDUCT, own=CONDUCT, other=CONDUCT),
    "reads panels": rule(SEE_ALL, own=SEE_ALL, other=SEE_ALL),
    "is an expert": rule({"expert"}),
    "sits on a panel": rule({"expert"}, own={"expert"}),
    "has no such attachment": rule({"expert"}),
    "chooses from proposals": rule(LICENSE, own=LICENSE),
    "objects to a selection": rule(LICENSE | DECLARE, own=LICENSE | DECLARE, other=LICENSE | DECLARE),
    # contracts of challenges: "own" as the firm, "counterparty" as the team
    "sees a contract of a challenge": rule(
        own=PARTIES | SEE_PROVINCE, counterparty=PARTIES | SEE_PROVINCE, other=SEE_PROVINCE
    ),
    "agrees on a contract: page": rule(LICENSE | DECLARE, own=EVERY, counterparty=EVERY),
    "agrees on a contract": rule(
        LICENSE | DECLARE, own=EVERY, counterparty=EVERY, acts={"own": LICENSE, "counterparty": DECLARE}
    ),
    "has the contract as a firm, by either: page": rule(LICENSE | DECLARE, own=EVERY, counterparty=EVERY),
    "has the contract as a firm, by either": rule(
        LICENSE | DECLARE, own=EVERY, counterparty=EVERY, acts={"own": LICENSE, "counterparty": NOBODY}
    ),
    "has the contract as a team, by either: page": rule(LICENSE | DECLARE, own=EVERY, counterparty=EVERY),
    "has the contract as a team, by either": rule(
        LICENSE | DECLARE, own=EVERY, counterparty=EVERY, acts={"own": NOBODY, "counterparty": DECLARE}
    ),
    "has the contract as a firm: page": rule(LICENSE, own=EVERY, counterparty=EVERY),
    "has the contract as a firm": rule(LICENSE, own=EVERY, counterparty=EVERY, acts={"counterparty": NOBODY}),
    "has the contract as a team: page": rule(DECLARE, own=EVERY, counterparty=EVERY),
    "has the contract as a team": rule(DECLARE, own=EVERY, counterparty=EVERY, acts={"own": NOBODY}),
    "ends a contract: page": rule(LICENSE | CONDUCT, own=EVERY, counterparty=EVERY, other=CONDUCT),
    "ends a contract": rule(
        LICENSE | CONDUCT, own=EVERY, counterparty=EVERY, other=CONDUCT, acts={"counterparty": CONDUCT}
    ),
}  # fmt: skip
