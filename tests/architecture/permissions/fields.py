"""Which keys each role gets in the answers about the main nouns, and which of them it may write. Written by hand.

``-`` the key is not there (or nothing is), ``null`` it is there and withheld, ``x`` it is shown.
"""

from dataclasses import dataclass, field

from tests.architecture.permissions import matrix
from tests.architecture.permissions.rules import ANONYMOUS, DECLARE, NOBODY, PARTIES, PROVINCE_MONEY, READ_ALL, REVIEW
from tests.architecture.permissions.table import Entry

ORGANIZATION = "public_id kind name name_en uscc country city industry size state url"
OWN_ORGANIZATION = (
    "foreign_registration legal_representative is_state_owned address contact_email contact_phone verified_until"
)
PATENT = (
    "number display_number publication_number kind title_zh_hans title_en ipc locarno filing_date grant_date "
    "expiry_date legal_status annual_fee_status evaluation_report city owners abstract_zh_hans abstract_en inventors "
    "term_compensation_days facts legal_events"
)
DECLARATION = (
    "id number state state_since patent patentee offer_until terms pending_terms contact summary_zh_hans summary_en "
    "readiness_level submitted_at published_at suspended_at suspension_reason ended_at corrections review"
)
INSIDE = "pending_terms corrections review"
LICENSE = (
    "number state declaration patent licensor licensee terms_version terms_hash statutory same_group intended_use "
    "place_of_use fee notice_delivered_at contract_formed_at pay_by_at paid_at effective_at starts_on ends_on "
    "obligation instalments certificate papers"
)
OBLIGATION = (
    "number purpose label about debtor creditor amount left currency state due_at paid_at release_at released_at"
)
PAYMENT = "order_id provider state amount received refunded currency reason paid_at redirect_url"
ENTRY = "number kind about posted_at value_date reverses reason lines"
REVIEW_ROW = (
    "number kind state subject_number title organization organization_name opened_at due_at correction_due_at rounds "
    "claimed_by_me"
)
SEARCH = "id kind query name frequency feed_url created_at"
JOB = "id kind state done total percent rows_per_second created_at started_at finished_at"
IMPORT = (
    "id state original_name sha256 format message rows_total rows_valid rows_foreign rows_wrong rows_written "
    "rows_undone job created_at"
)
EXTRACT = "id patent fact value extract_date valid_until document confirmed_at refused_at refusal_reason created_at"
PAYOUT = (
    "number state run payee about refund amount currency holder account bank_name bank_code transaction_id paid_on "
    "problem"
)
RUN = "number state rail note count total needs_second has_file created_at"
REFUND_REQUEST = "number state obligation payer payee kind amount granted currency text opinion created_at refunds"
DISPUTE = (
    "number state obligation claimant respondent amount frozen currency claim answer answered_at due_at mediator forum "
    "forum_reference outcome back created_at ended_at"
)
INSPECTION = (
    "number state license inspector inspects_on reason found_at summary findings shortfall cost cost_is_licensees "
    "paper answer_due_at answer obligation cost_obligation"
)
AUCTION_LOT = (
    "id number state season session round subject title_zh_hans title_en seller seller_name patents start_price "
    "has_reserve increment deposit price bids starts_at ends_at about_zh_hans about_en defects license_years "
    "contact_name contact_phone valuation valuation_date valuation_by max_steps next_amount head_hash result "
    "relisted_as"
)
LOT_LIVE = (
    "now number state seq price paddle next_amount opens_at planned_ends_at ends_at extensions is_open is_paused "
    "resumes_at is_closed own"
)
AUCTION_REGISTRATION = (
    "id lot state paddle priority_rank obligation deposit deposit_state deposit_due_at agreement_sha256 agreed_at "
    "admitted_at ended_at reason"
)
AUCTION_SALE = (
    "number state lot way buyer seller price commission total confirm_by_at confirmed_at confirmation_sha256 pay_by_at "
    "obligation paid_at buyer_signed_at seller_signed_at contract_sha256 notice_until_at filed_on filing_number "
    "registered_on registration_number all_shares ended_reason to_sign objections"
)
INSIDERS = PARTIES | REVIEW | READ_ALL


@dataclass(frozen=True)
class Shape:
    """The keys of a route's answer (of its rows, for a list); ``more`` only for ``more_for``, ``withheld`` is null
    for all but ``told``.
    """

    route: str
    relation: str
    keys: str
    more: str = ""
    more_for: frozenset[str] = field(default_factory=frozenset)
    withheld: str = ""
    told: frozenset[str] = field(default_factory=frozenset)

    @property
    def entry(self) -> Entry:
        """The line of the permission matrix."""
        return next(one for one in matrix.ENTRIES if one.route == self.route and "GET" in one.methods)

    def cell(self, who: str, key: str) -> str:
        """What a role gets of a key."""
        path = f"api/v1/{self.route}"  # every noun here belongs to the API
        if matrix.cells(self.entry, self.relation, path)[who] != "ok":
            return "-"
        if key in self.more.split() and who not in self.more_for:
            return "-"
        return "null" if key in self.withheld.split() and who not in self.told else "x"

    @property
    def all_keys(self) -> list[str]:
        """In the order of the answer."""
        return [*self.keys.split(), *self.more.split()]


def shape(route: str, relation: str, keys: str, **rest: str | set[str]) -> Shape:
    """A line of the table."""
    return Shape(route, relation, keys, **{k: v if isinstance(v, str) else frozenset(v) for k, v in rest.items()})


CHALLENGE = (
    "id number state season owner owner_name title_zh_hans title_en ipc industry bounty mode ownership most_winners "
    "deadline_date closes_at published_at problem_zh_hans problem_en background eligibility ownership_terms "
    "gate_milestone contact_name contact_phone opening_planned_at indicators payments criteria secured proposals reason"
)
CHALLENGE_ROW = (
    "id number state season owner owner_name title_zh_hans title_en ipc industry bounty mode ownership most_winners "
    "deadline_date closes_at published_at"
)
LIST_SEASON = (
    "code state title_zh_hans title_en about_zh_hans about_en challenges open call_ends_at escrow_bp least_open_days "
    "questions_end_days panel_size reserve_experts is_blind drop_extremes most_winners notice_days contract_days "
    "rework_times acceptance_days target_published target_proposals target_contracted"
)
LIST_SEASON_TEXTS = f"{LIST_SEASON} nda_zh_hans nda_en nda_sha256 commitment_zh_hans commitment_en commitment_sha256"
SEAT = "id challenge alias state answer_by_at score_by_at declared_at"
CONTRACT = (
    "number state challenge owner solver proposal amount sign_by_at owner_signed_at solver_signed_at contract_sha256 "
    "end_asked_at end_asked_reason ended_reason"
)
PROPOSAL = "key number state challenge organization organization_name until submitted_at reason draft sealed opened"
MILESTONE = "position state deliverable due_date due_at amount reworks deliverables"
SIGNED_IN = set(matrix.COLUMNS) - {ANONYMOUS}
SIDES = ("own", "counterparty", "other")
SHAPES = [
    shape("api_organization", "own", ORGANIZATION, more=OWN_ORGANIZATION, more_for=SIGNED_IN),
    shape("api_organization", "other", ORGANIZATION, more=OWN_ORGANIZATION, more_for=NOBODY),
    shape("api_organization", "private", ORGANIZATION, more=OWN_ORGANIZATION, more_for=NOBODY),
    shape("api_organizations", "-", ORGANIZATION, more=OWN_ORGANIZATION, more_for=NOBODY),
    shape("api_members", "own", "id name email role city is_active"),
    shape("api_invitations", "own", "id email role expires_at created_at"),
    shape("api_me", "-", "id email name language theme memberships"),
    shape("api_notices", "-", "id name title why url created_at read_at"),
    shape("api_saved_search", "own", SEARCH),
    shape("api_job", "own", JOB),
    shape("api_import", "own", IMPORT),
    shape("api_extracts", "-", EXTRACT),
    shape("api_patent", "own", PATENT),
    shape("api_patent", "other", PATENT),
    shape("api_declaration", "own", DECLARATION, withheld=INSIDE, told=INSIDERS),
    shape("api_declaration", "other", DECLARATION, withheld=INSIDE, told={"provincial_officer", *READ_ALL}),
    shape("api_declaration", "draft", DECLARATION),
    shape("api_declaration", "foreign_draft", DECLARATION),
    shape("license", "own", LICENSE),
    shape("license", "counterparty", LICENSE),
    shape("license", "other", LICENSE),
    shape("obligation-detail", "own", OBLIGATION),
    shape("obligation-detail", "counterparty", OBLIGATION),
    shape("obligation-detail", "other", OBLIGATION),
    shape("obligation-payments", "own", PAYMENT),
    shape("obligation-payments", "counterparty", PAYMENT),
    shape("ledger-entries", "-", ENTRY),
    shape("api_payout_run", "own", RUN),
    shape("api_payout", "own", PAYOUT, withheld="run", told=PROVINCE_MONEY),
    shape("api_refund_request", "own", REFUND_REQUEST),
    shape("api_refund_request", "counterparty", REFUND_REQUEST),
    shape("api_disputes", "-", DISPUTE),
    shape("api_dispute", "own", f"{DISPUTE} offers freezes"),
    shape("api_dispute", "counterparty", f"{DISPUTE} offers freezes"),
    shape("api_inspection", "own", INSPECTION),
    shape("api_reviews", "-", REVIEW_ROW),
    shape("api_review", "own", f"{REVIEW_ROW} facts checks blocking decisions"),
    shape("api_list_seasons", "-", LIST_SEASON),
    shape("api_list_season", "own", LIST_SEASON_TEXTS),
    shape("api_challenges", "-", CHALLENGE_ROW),
    shape("api_challenge", "own", CHALLENGE),
    shape("api_challenge", "other", CHALLENGE),
    shape("api_challenge_attachments", "own", "id title is_confidential sha256 size url"),
    shape("api_challenge_questions", "own", "id text answer answered_by_platform created_at answered_at"),
    shape("api_challenge_ranking", "own", "challenge drop_extremes criteria scores ranking"),
    shape("api_challenge_ranking", "other", "challenge drop_extremes criteria scores ranking"),
    shape("api_challenge_seats", "-", SEAT),
    shape("api_challenge_seat", "own", f"{SEAT} proposals"),
    shape("api_challenge_proposal", "own", PROPOSAL, withheld="draft", told=DECLARE),
    shape("api_challenge_contracts", "-", CONTRACT),
    *(shape("api_challenge_contract", side, f"{CONTRACT} milestones outcomes to_sign") for side in SIDES),
    *(shape("api_challenge_milestone", side, MILESTONE) for side in SIDES),
    shape("api_auction_lot", "own", AUCTION_LOT),
    shape("api_auction_lot", "other", AUCTION_LOT),
    shape("api_auction_lot_live", "own", LOT_LIVE, withheld="own", told=NOBODY),
    shape("api_auction_lot_questions", "own", "id text answer created_at answered_at"),
    shape("api_auction_registration", "own", AUCTION_REGISTRATION),
    shape("api_auction_sale", "own", AUCTION_SALE),
    shape("api_auction_sale", "counterparty", AUCTION_SALE),
    shape("api_auction_sale", "other", AUCTION_SALE),
    shape("certificate", "own", "number token state headline summary issued_at facts_sha256 facts files"),
]

# What may be written where a noun can be changed, and by whom it is tried; everything else is only read.
WRITABLE = {
    "api_me": "name language theme",
    "api_organization": "name_en city industry size is_state_owned address contact_email contact_phone",
    "api_member": "role city is_active",
    "api_saved_search": "name frequency",
}


def rows() -> list[list[str]]:
    """The document, head first."""
    made = [["route", "relation", "field", *matrix.COLUMNS]]
    for one in SHAPES:
        made += [
            [one.route, one.relation, key, *(one.cell(who, key) for who in matrix.COLUMNS)] for key in one.all_keys
        ]
    return made
