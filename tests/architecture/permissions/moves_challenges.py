"""Who makes which move of the lifecycles of challenges; see `moves`."""

from tests.architecture.permissions.rules import DECLARE, LICENSE, NOBODY

PROVINCE = {"provincial_officer"}
# Lists are provincial too. The firm with the problem owns the challenge, a team proposes and works, experts sit.
WORDS = {
    "officer": (PROVINCE, PROVINCE),
    "owner": (LICENSE, NOBODY),
    "solver": (DECLARE, NOBODY),
    "expert": ({"expert"}, NOBODY),
}
MOVES = {
    "challenges.ListSeason": {
        "collect": "officer", "run": "officer", "track": "officer", "close": "officer", "cancel": "officer",
    },
    "challenges.Challenge": {
        "submit": "owner", "return": "officer", "resubmit": "owner", "take_back": "owner", "lapse": "clock",
        "pass_formal": "officer", "refuse": "officer", "approve": "officer", "publish": "system officer",
        "extend": "owner", "close": "clock", "reopen": "officer", "open_proposals": "system",
        "find_none": "clock system", "shortlist": "owner", "select": "owner", "give_notice": "officer",
        "reconsider": "officer", "confirm": "clock", "start_work": "system", "go_final": "system", "complete": "system",
        "promote": "owner officer", "award_none": "owner", "end_without": "owner clock", "cancel": "owner officer",
        "fail": "system", "terminate": "system officer", "not_secured": "clock",
    },
    "challenges.Proposal": {
        "submit": "solver", "replace": "solver", "withdraw": "solver", "unseal": "system", "miss": "clock",
        "drop": "system", "open": "system", "admit": "officer", "exclude": "officer", "score": "system",
        "shortlist": "owner system", "reject": "owner system", "win": "owner system", "keep": "owner system",
        "reconsider": "system", "contract": "system", "fall_through": "system", "stand_down": "system",
    },
    "challenges.Seat": {
        "accept": "expert", "decline": "expert officer", "expire": "clock", "recuse": "expert officer",
        "lapse": "clock", "finish": "expert",
    },
    "challenges.Award": {
        "confirm": "clock", "set_aside": "officer", "sign": "system", "complete": "system", "fail": "owner system",
        "terminate": "owner officer",
    },
    "challenges.Milestone": {
        "start": "system", "submit": "solver", "review": "owner", "accept": "owner", "send_back": "owner",
        "fail": "owner system", "end": "system",
    },
}  # fmt: skip
OBJECTS = {
    "challenges.Proposal": [("proposal_draft", "key", "owner"), ("proposal_opened", "number", "owner")],
    "challenges.ListSeason": [("list_season_draft", "code", "")],
    "challenges.Challenge": [("list_challenge", "number", ""), ("list_draft", "pk", "")],
    "challenges.Seat": [("seat", "pk", "")],
    "challenges.Award": [("contract", "number", "solver")],
    "challenges.Milestone": [("contract_milestone", "pk", "solver")],
}
