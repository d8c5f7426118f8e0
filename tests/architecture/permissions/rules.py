"""The rule table: who may enter, who sees what. Written from the table of roles, by hand and by name.

A cell is one of: `ok` (let in: anything but a refusal), `login` (pages send visitors to sign in), `401`, `403` (seen,
but not allowed), `404` (as if it did not exist). A whole page that a role may never enter answers 403 whatever the
id, so that the answer says nothing about what exists.
"""

from dataclasses import dataclass, field

ANONYMOUS = "anonymous"
BUSINESS = {"owner", "ip_manager", "licensing_user", "bidder", "inventor"}
PARTIES = BUSINESS | {"person"}
OFFICE = {"expert", "city_officer", "provincial_officer", "finance", "auditor", "superuser"}
EVERY = PARTIES | OFFICE

# Who has which capability (accounts.roles); a change there has to be made here by hand.
DECLARE = {"owner", "ip_manager", "person"}
LICENSE = {"owner", "licensing_user", "person"}
PAY = {"owner", "licensing_user", "bidder", "person"}
BID = {"owner", "bidder", "person"}
PROVINCE_MONEY = {"finance", "auditor"}
MONEY = {"owner", "ip_manager", "licensing_user", "bidder", "person"} | PROVINCE_MONEY
MANAGE_MEMBERS = {"owner", "provincial_officer", "superuser"}
MANAGE_ORGANIZATION = {"owner", "person", "superuser"}
REVIEW = {"city_officer", "provincial_officer"}
READ_ALL = {"auditor", "superuser"}
SEE_ALL = {"provincial_officer", "auditor", "superuser"}
SEE_PROVINCE = SEE_ALL | {"finance"}

DISPUTE = PAY | DECLARE
MEDIATE = {"provincial_officer"}
CONDUCT = {"provincial_officer"}  # auctions are provincial

NOBODY: set[str] = set()


@dataclass(frozen=True)
class Rule:
    """``enter``: whom the door lets in; ``sees[relation]``: who sees the object; ``acts[relation]``: who of them may
    act (all who see, where it is not named). ``open_to_all``: visitors enter too, but have to sign in for what is
    named in ``signs_in``."""

    enter: frozenset = frozenset(EVERY)
    sees: dict[str, set] = field(default_factory=dict)
    acts: dict[str, set] = field(default_factory=dict)
    open_to_all: bool = False
    closed: bool = False
    signs_in: frozenset = frozenset()

    def cell(self, who: str, relation: str, *, api: bool) -> str:
        """What the role (or a visitor) gets."""
        if self.closed:
            return "401"
        if who == ANONYMOUS and (not self.open_to_all or relation in self.signs_in):
            return "401" if api else "login"
        if who != ANONYMOUS and who not in self.enter:
            return "403"
        if relation == "-":
            return "ok"  # no object in the address
        seen = self.sees.get(relation, NOBODY)
        if who not in seen:
            return "404"
        return "ok" if who in self.acts.get(relation, seen) else "403"


def rule(enter=EVERY, *, open_to_all=False, closed=False, acts=None, signs_in=(), **sees) -> Rule:
    """A rule; relations are named by keywords: own, other, counterparty, draft, foreign_draft, private."""
    return Rule(frozenset(enter), sees, acts or {}, open_to_all, closed, frozenset(signs_in))


ALL = EVERY | {ANONYMOUS}
RULES = {
    "public": rule(open_to_all=True, own=ALL, other=ALL),
    "public page of an organization": rule(open_to_all=True, own=ALL, other=ALL, private=SEE_PROVINCE),
    "signed request of a bank": rule(closed=True),
    "signed in": rule(),
    "own only, by person": rule(own=EVERY),
    "own organization": rule(own=EVERY),
    "member": rule(),
    "manages members": rule(MANAGE_MEMBERS, own=MANAGE_MEMBERS),
    "manages the organization": rule(MANAGE_ORGANIZATION),
    "changes an organization": rule(own=EVERY, other=EVERY, acts={"own": MANAGE_ORGANIZATION, "other": NOBODY}),
    "invited": rule(own=EVERY, other=EVERY, acts={"other": NOBODY}),
    "keeps a portfolio": rule(DECLARE, own=DECLARE),
    "declares": rule(DECLARE, own=DECLARE),
    "takes licenses": rule(LICENSE, own=LICENSE, other=LICENSE),
    "holds the license": rule(LICENSE, own=LICENSE),
    "sees a license": rule(
        own=PARTIES | SEE_PROVINCE | {"city_officer"},
        counterparty=PARTIES | SEE_PROVINCE | {"city_officer"},
        other=SEE_PROVINCE,
    ),
    "reviews": rule(REVIEW, own=REVIEW, other={"provincial_officer"}),
    "reads cases": rule(REVIEW | READ_ALL, own=REVIEW | READ_ALL, other=SEE_ALL),
    "has the declaration in charge": rule(
        REVIEW, own=REVIEW, other=REVIEW, acts={"other": {"provincial_officer"}}
    ),
    "sees a draft": rule(
        open_to_all=True,
        own=ALL,
        other=ALL,
        draft=PARTIES | SEE_ALL | {"city_officer"},
        foreign_draft=SEE_ALL,
    ),
    "sees what is not published": rule(
        open_to_all=True, own=PARTIES | SEE_ALL | {"city_officer"}, other=SEE_ALL
    ),
    "throws a draft away": rule(
        own=PARTIES | SEE_ALL | {"city_officer"}, other=SEE_ALL, acts={"own": DECLARE, "other": NOBODY}
    ),
    "reads files": rule(own=PARTIES | SEE_ALL | {"city_officer"}, other=SEE_ALL),
    "sees money": rule(MONEY, own=MONEY, counterparty=MONEY, other=PROVINCE_MONEY),
    "pays": rule(PAY, own=PAY, counterparty=PAY, other=NOBODY, acts={"counterparty": NOBODY}),
    "pays over the API": rule(
        MONEY, own=MONEY, counterparty=MONEY, other=PROVINCE_MONEY,
        acts={"own": PAY, "counterparty": NOBODY, "other": NOBODY},
    ),
    "looks at what is to be paid": rule(PAY, own=PAY, counterparty=PAY),
    "is the inventor": rule(own={"owner", "person"}),
    "sees a transfer": rule(MONEY, own=MONEY, other=PROVINCE_MONEY),
    "sees a distribution": rule(own=MONEY, other=PROVINCE_MONEY),
    "shares an income": rule(own=MONEY, other=PROVINCE_MONEY, acts={"own": DECLARE, "other": NOBODY}),
    "issues an invoice": rule(
        MONEY, own=MONEY, counterparty=MONEY, other=PROVINCE_MONEY,
        acts={"own": NOBODY, "counterparty": DECLARE, "other": NOBODY},
    ),
    "withdraws an invoice": rule(
        MONEY, own=MONEY, counterparty=MONEY, other=PROVINCE_MONEY,
        acts={"own": MONEY - PROVINCE_MONEY, "counterparty": DECLARE, "other": NOBODY},
    ),
    "is billed by the platform": rule(
        MONEY, own=MONEY, counterparty=MONEY, other=PROVINCE_MONEY,
        acts={"own": NOBODY, "counterparty": MONEY - PROVINCE_MONEY, "other": NOBODY},
    ),
    "reads all money": rule(PROVINCE_MONEY, own=PROVINCE_MONEY, other=PROVINCE_MONEY),
    "settles": rule({"finance"}, own={"finance"}, other={"finance"}),
    "settles a case": rule(
        PROVINCE_MONEY, own=PROVINCE_MONEY, other=PROVINCE_MONEY, acts={"own": {"finance"}, "other": {"finance"}}
    ),
    "clarifies a payout": rule(
        MONEY, own=MONEY, other=PROVINCE_MONEY, acts={"own": {"finance"}, "other": {"finance"}}
    ),
    "names the payout account": rule({"owner", "person"}),
    "takes an account back": rule(
        MONEY, own=MONEY, other=PROVINCE_MONEY, acts={"own": {"owner", "person"}, "other": NOBODY}
    ),
    "reviews a request": rule(
        MONEY, own=MONEY, counterparty=MONEY, other=PROVINCE_MONEY,
        acts={"own": {"finance"}, "counterparty": {"finance"}, "other": {"finance"}},
    ),
    "asks for money back": rule(
        MONEY, own=MONEY, counterparty=MONEY, other=PROVINCE_MONEY,
        acts={"own": PAY | {"finance"}, "counterparty": {"finance"}, "other": {"finance"}},
    ),
    "disputes": rule(
        MONEY, own=MONEY, counterparty=MONEY, other=PROVINCE_MONEY,
        acts={"own": DISPUTE, "counterparty": DISPUTE, "other": NOBODY},
    ),
    "sees disputes": rule(
        MONEY | MEDIATE, own=MONEY | MEDIATE, counterparty=MONEY | MEDIATE, other=PROVINCE_MONEY | MEDIATE
    ),
    "moves a dispute": rule(
        MONEY | MEDIATE, own=MONEY | MEDIATE, counterparty=MONEY | MEDIATE, other=PROVINCE_MONEY | MEDIATE,
        acts={"own": DISPUTE | MEDIATE, "counterparty": DISPUTE | MEDIATE, "other": MEDIATE},
    ),
    "answers an offer": rule(
        MONEY | MEDIATE, own=MONEY | MEDIATE, counterparty=MONEY | MEDIATE, other=PROVINCE_MONEY | MEDIATE,
        acts={"own": DISPUTE, "counterparty": DISPUTE, "other": NOBODY},
    ),
    "answers a dispute": rule(
        MONEY | MEDIATE, own=MONEY | MEDIATE, counterparty=MONEY | MEDIATE, other=PROVINCE_MONEY | MEDIATE,
        acts={"own": NOBODY, "counterparty": DISPUTE, "other": NOBODY},
    ),
    "withdraws a dispute": rule(
        MONEY | MEDIATE, own=MONEY | MEDIATE, counterparty=MONEY | MEDIATE, other=PROVINCE_MONEY | MEDIATE,
        acts={"own": DISPUTE, "counterparty": NOBODY, "other": NOBODY},
    ),
    "mediates": rule(
        MONEY | MEDIATE, own=MONEY | MEDIATE, counterparty=MONEY | MEDIATE, other=PROVINCE_MONEY | MEDIATE,
        acts={"own": MEDIATE, "counterparty": MEDIATE, "other": MEDIATE},
    ),
    "carries a ruling out": rule(
        MONEY | MEDIATE, own=MONEY | MEDIATE, counterparty=MONEY | MEDIATE, other=PROVINCE_MONEY | MEDIATE,
        acts={one: MEDIATE | {"finance"} for one in ("own", "counterparty", "other")},
    ),
    "conducts auctions": rule(CONDUCT, own=CONDUCT, other=CONDUCT),
    "sees a season in draft": rule(open_to_all=True, own=SEE_PROVINCE, other=SEE_PROVINCE),
    "sees a lot before its notice": rule(open_to_all=True, own=PARTIES | SEE_PROVINCE, other=SEE_PROVINCE),
    "not announced to anybody": rule(open_to_all=True),
    "reads as a member": rule(open_to_all=True, own=EVERY, other=EVERY, signs_in={"own", "other"}),
    "reads as a bidder": rule(
        open_to_all=True, own=EVERY, other=EVERY, bidding=EVERY, signs_in={"own", "other", "bidding"},
        acts={
            "own": PARTIES | SEE_PROVINCE, "other": SEE_PROVINCE, "bidding": PARTIES | SEE_PROVINCE,
        },
    ),
    "looks at a lot": rule(own=EVERY, other=EVERY),
    "asks about a lot": rule(own=EVERY, other=EVERY, acts={"own": NOBODY, "other": PARTIES}),
    "looks for questions": rule(DECLARE, own=DECLARE, other=DECLARE),
    "answers about a lot": rule(DECLARE, own=DECLARE, other=DECLARE, acts={"other": NOBODY}),
    "withdraws a lot": rule(own=EVERY, other=EVERY, acts={"own": DECLARE | CONDUCT, "other": CONDUCT}),
    "bids": rule(BID, own=BID, other=BID, bidding=BID),
    "bids for itself": rule(BID, own=BID),
    "places a bid": rule(BID, own=BID, other=BID, bidding=BID, acts={"own": NOBODY, "other": NOBODY}),
    "bid it": rule(BID, own=BID),
    "sees a registration": rule(own=PARTIES),
    "sees a sale": rule(
        own=PARTIES | SEE_PROVINCE, counterparty=PARTIES | SEE_PROVINCE, other=SEE_PROVINCE
    ),
    "buys": rule(BID, own=BID),
    "sells": rule(DECLARE, counterparty=DECLARE),
    "signs the contract": rule(
        own=PARTIES | SEE_PROVINCE, counterparty=PARTIES | SEE_PROVINCE, other=SEE_PROVINCE,
        acts={"own": BID, "counterparty": DECLARE, "other": NOBODY},
    ),
    "objects to a sale": rule(DISPUTE, own=DISPUTE, counterparty=DISPUTE),
    "claims damages": rule(BID | DECLARE),
    "sees talks": rule(own=EVERY, other=EVERY),
    "makes an offer": rule(BID, own=BID, other=BID, acts={"own": NOBODY}),
}  # fmt: skip
