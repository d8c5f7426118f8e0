"""Who makes which move of which lifecycle, and what the words mean for each role: written by hand, like `rules.py`.

The rows come from the law and the house rules, never from what the site answered. A new lifecycle or a new move has
no column here, and the test says so.
"""

from tests.architecture.permissions import moves_challenges
from tests.architecture.permissions.rules import (
    BID,
    BUSINESS,
    DECLARE,
    DISPUTE,
    LICENSE,
    MANAGE_ORGANIZATION,
    MONEY,
    NOBODY,
    PARTIES,
    PAY,
    PROVINCE_MONEY,
    REVIEW,
)

PROVINCE = {"provincial_officer"}
FINANCE = {"finance"}
CONCERNED = REVIEW | FINANCE | {"superuser"}  # the exact right is asked by the service above

# word: (who of the own side, who of the other side). "Own" lies in Nanjing for the administration, "other" in Suzhou.
WORDS = {
    "clock": (NOBODY, NOBODY),
    "system": (NOBODY, NOBODY),
    "declarer": (DECLARE, NOBODY),
    "new_owner": (DECLARE, NOBODY),
    "reviewer": (REVIEW, PROVINCE),
    "officer": (REVIEW, PROVINCE),
    "verifier": (REVIEW, PROVINCE),
    "organization_manager": (MANAGE_ORGANIZATION - {"superuser"}, NOBODY),
    "opener": (PARTIES, NOBODY),
    "starter": (PARTIES, NOBODY),
    "importer": (PARTIES, NOBODY),
    "licensee": (LICENSE, NOBODY),
    "licensor": (DECLARE, NOBODY),
    "party": (PARTIES | CONCERNED, CONCERNED),
    "refunder": (PARTIES | CONCERNED, CONCERNED),
    "settler": (FINANCE, FINANCE),
    "second_settler": (FINANCE, FINANCE),
    "account_keeper": ({"owner", "person"}, NOBODY),
    "refund_asker": (PAY | FINANCE, FINANCE),
    "disputant": (DISPUTE, NOBODY),
    "claimant": (DISPUTE, NOBODY),
    "respondent": (DISPUTE, NOBODY),
    "mediator": (PROVINCE, PROVINCE),
    "distributor": (DECLARE, NOBODY),
    "colleague": (PARTIES, NOBODY),
    "issuer": (DECLARE, NOBODY),
    "requester": (MONEY - PROVINCE_MONEY, NOBODY),
}
assert BUSINESS < PARTIES
# Seasons are provincial: no city has a part in them, and every lot is in every provincial officer's charge.
AUCTION_WORDS = {
    **{word: WORDS[word] for word in ("clock", "system")},
    "officer": (PROVINCE, PROVINCE),
    "reviewer": (PROVINCE, PROVINCE),
    "seller": (DECLARE, NOBODY),
    "bidder": (BID, NOBODY),
    "buyer": (BID, NOBODY),
}
CHALLENGE_WORDS = {**{word: WORDS[word] for word in ("clock", "system")}, **moves_challenges.WORDS}
BY_APP = {"auctions": AUCTION_WORDS, "challenges": CHALLENGE_WORDS}


def meaning(name: str, word: str) -> tuple[set[str], set[str]]:
    """Who a word means in a lifecycle."""
    return BY_APP.get(name.partition(".")[0], WORDS)[word]


# lifecycle: {move: the words of those who make it}
MOVES = {
    "accounts.Organization": {
        "submit": "organization_manager", "return": "verifier", "verify": "verifier", "refuse": "verifier",
        "amend": "organization_manager", "enroll": "system", "expire": "clock",
    },
    "approvals.Review": {
        "claim": "reviewer", "release": "reviewer", "return": "reviewer", "decide": "reviewer", "reopen": "reviewer",
        "resubmit": "opener", "withdraw": "opener", "withdraw_approved": "opener", "lapse": "clock",
    },
    "jobs.Job": {
        "claim": "system", "requeue": "clock", "finish": "system", "fail": "system clock", "cancel": "starter",
    },
    "jobs.ImportBatch": {
        "show": "system", "refuse": "system", "discard": "importer", "confirm": "importer", "complete": "system",
        "undo": "importer", "take_back": "system",
    },
    "licenses.Declaration": {
        "submit": "declarer", "claim": "reviewer", "release": "reviewer", "return": "reviewer", "resubmit": "declarer",
        "lapse": "clock", "reject": "reviewer", "approve": "reviewer", "undo_approval": "reviewer",
        "take_back": "declarer", "publish": "clock", "suspend": "officer clock", "suspend_on_check": "clock",
        "reinstate": "officer", "cure": "clock", "adopt": "new_owner", "request_withdrawal": "declarer",
        "cancel_withdrawal": "declarer", "refuse_withdrawal": "reviewer", "announce_withdrawal": "reviewer",
        "expire": "clock", "terminate": "clock",
    },
    "licenses.TermsVersion": {
        "submit": "declarer", "claim": "reviewer", "release": "reviewer", "return": "reviewer", "resubmit": "declarer",
        "replace": "declarer", "lapse": "clock", "reject": "reviewer", "approve": "reviewer",
        "undo_approval": "reviewer", "take_back": "declarer", "enact": "clock", "supersede": "clock",
    },
    "licenses.CNIPA": {"file": "officer", "announce": "officer", "refuse": "officer", "withdraw": "officer"},
    "licenses.License": {
        "deliver": "licensee", "invoice": "system", "activate": "system", "pay": "system", "hold": "system",
        "resume": "system", "give_up": "system", "lapse": "clock", "default": "clock", "cure": "system",
        "terminate_for_breach": "licensor", "expire": "clock", "end_with_patent": "clock", "return_trial": "licensee",
        "terminate": "licensee",
    },
    "licenses.RoyaltyPeriod": {
        "close": "clock", "miss_report": "clock", "report": "licensee", "question": "licensor", "correct": "licensee",
        "accept": "licensor clock", "accept_nothing_due": "licensor clock", "miss_payment": "clock", "pay": "system",
        "reopen": "system",
    },
    "licenses.RoyaltyInspection": {
        "find": "licensor", "agree": "licensee", "dispute": "licensee", "call_off": "licensor",
    },
    "settlement.Obligation": {
        "pay": "system", "cancel": "party system clock", "expire": "party system clock", "reopen": "system",
        "refund": "refunder system clock", "refund_done": "system",
    },
    "settlement.Payment": {
        "order": "system", "confirm": "system", "fail": "system", "clarify": "system", "turn_back": "system settler",
        "assign": "system settler", "unassign": "system settler",
    },
    "settlement.Hold": {
        "capture": "system settler", "release": "system clock settler", "forfeit": "system settler",
        "expire": "system clock",
    },
    "settlement.Refund": {"send": "system", "finish": "system", "fail": "system", "retry": "settler system"},
    "settlement.Case": {"propose": "settler", "return": "settler system", "resolve": "settler system"},
    "settlement.RefundRequest": {
        "review": "settler", "return": "system", "approve": "settler system", "refuse": "settler",
        "withdraw": "refund_asker", "pay": "system",
    },
    "settlement.Dispute": {
        "answer": "respondent", "pass": "clock", "mediate": "disputant mediator", "settle": "disputant system",
        "fail": "disputant mediator", "refer": "disputant mediator", "rule": "mediator settler", "lapse": "clock",
        "withdraw": "claimant",
    },
    "settlement.OwnEntry": {"post": "settler system", "refuse": "system"},
    "settlement.RuleProposal": {"lay_down": "system", "refuse": "system"},
    "settlement.Distribution": {
        "confirm": "distributor", "publish": "distributor", "object": "colleague", "dismiss": "distributor",
        "agree": "clock", "pay": "distributor system clock", "close": "distributor clock",
        "cancel": "distributor system",
    },
    "settlement.Invoice": {
        "issue": "issuer system", "send": "issuer system", "reverse": "system",
        "withdraw": "requester issuer system",
    },
    "settlement.PayoutAccount": {
        "verify": "system", "refuse": "system", "withdraw": "account_keeper system", "retire": "account_keeper system",
    },
    "settlement.PayoutRun": {
        "submit": "settler", "clear": "settler", "return": "system", "approve": "system", "begin": "settler",
        "send": "system", "finish": "system", "cancel": "settler",
    },
    "settlement.Payout": {
        "drop": "settler system", "send": "system", "finish": "system", "fail": "system", "come_back": "system",
        "clear": "settler system",
    },
    "settlement.OwnAccount": {"activate": "second_settler", "close": "settler"},
    "settlement.BankLine": {
        "tick": "system settler", "match": "system", "queue": "system", "assign": "settler", "return": "settler",
        "park": "system settler", "unpark": "settler", "reverse": "system settler",
    },
    "settlement.AccountingMonth": {"ask": "settler", "reopen": "system", "keep": "system", "close": "settler"},
    "auctions.Season": {
        "announce": "officer", "collect": "officer", "select": "officer", "promote": "officer",
        "start_bidding": "officer", "deliver": "officer", "track": "officer", "close": "officer", "cancel": "officer",
    },
    "auctions.Session": {"publish_notice": "officer", "open": "clock", "close": "clock", "cancel": "officer"},
    "auctions.Lot": {
        "submit": "seller", "return": "reviewer", "resubmit": "seller", "lapse": "clock", "take_back": "seller",
        "select": "reviewer", "refuse": "reviewer", "undo_selection": "reviewer", "announce": "officer system",
        "open_registration": "clock system", "go_live": "clock", "pause": "officer clock", "resume": "officer clock",
        "knock_down": "clock", "fail": "clock", "withdraw": "seller officer", "call_off": "officer",
        "complete": "system", "fall_through": "system", "talk": "seller", "end_talks": "seller clock",
        "agree": "seller system", "relist": "seller", "return_to_pool": "seller clock", "convert": "seller",
    },
    "auctions.Registration": {
        "qualify": "system", "ask_deposit": "system", "hold_deposit": "system", "admit": "system", "win": "system",
        "lose": "system", "release_deposit": "system", "lapse": "clock system", "disqualify": "officer",
        "withdraw": "bidder system",
    },
    "auctions.Sale": {
        "sign_confirmation": "buyer", "pay_balance": "system", "sign_contract": "buyer seller",
        "give_notice": "officer system", "file": "seller", "register": "officer", "release_funds": "system",
        "complete": "system", "reopen": "system", "decline": "buyer clock", "default": "clock", "cure": "system",
        "forfeit": "officer", "seller_default": "officer", "annul": "officer", "refund": "officer system",
    },
    **moves_challenges.MOVES,
}  # fmt: skip

# lifecycle: (name in the world, field it is found by, words that the own side does not have for this object).
# None: no object of the world is needed, the rule looks at the role alone.
OBJECTS = {
    "accounts.Organization": [("organization", "public_id", "")],
    "approvals.Review": [("review", "number", "")],
    "jobs.Job": [("job", "pk", "")],
    "jobs.ImportBatch": [("import", "pk", "")],
    "licenses.Declaration": [("draft", "pk", ""), ("published", "number", "")],
    "licenses.TermsVersion": [("submitted", "declaration_id", "")],
    "licenses.License": [("license", "number", "licensor"), ("granted_license", "number", "licensee")],
    "licenses.RoyaltyPeriod": [("royalty", "number", "licensor"), ("granted_royalty", "number", "licensee")],
    "licenses.RoyaltyInspection": [("inspection", "number", "licensor"), ("granted_inspection", "number", "licensee")],
    "settlement.Obligation": [("obligation", "number", "")],
    "settlement.Payment": [("payment", "order_id", "")],
    "settlement.Case": [("case", "pk", "")],
    "settlement.RefundRequest": [("refund_request", "number", "")],
    "settlement.Dispute": [("dispute", "number", "respondent")],
    "settlement.Distribution": [("distribution", "number", "")],
    "settlement.Invoice": [("invoice", "number", "issuer")],
    "settlement.PayoutAccount": [("payout_account", "pk", "")],
    "settlement.PayoutRun": [("payout_run", "number", "")],
    "settlement.Payout": [("payout", "number", "")],
    "settlement.OwnAccount": [("own_account", "pk", "")],
    "settlement.BankLine": [("bank_line", "pk", "")],
    "settlement.AccountingMonth": [("month", "pk", "")],
    "auctions.Season": [("season", "code", "")],
    "auctions.Session": [("session", "pk", "")],
    "auctions.Lot": [("lot", "number", ""), ("lot_draft", "pk", "")],
    "auctions.Registration": [("registration", "pk", "")],
    "auctions.Sale": [("sale", "number", "seller"), ("sold", "number", "buyer")],
    **moves_challenges.OBJECTS,
    "settlement.Hold": None,
    "settlement.Refund": None,
    "settlement.OwnEntry": None,
    "settlement.RuleProposal": None,
}

# Rows of a table that no service uses, and why they stand there all the same.
UNUSED = {
    ("licenses.License", "return_trial"): "terms cannot offer a trial yet: there is no trial to return",
    (
        "auctions.Season",
        "track",
    ): "the service that leads a season takes each stage by its name; this one asks for nothing",
    ("challenges.ListSeason", "run"): "the same: this stage of a list asks for nothing",
}
