"""Declarations of the demo, written and decided by the services that the pages call."""

from datetime import date, timedelta
from random import Random

from django.test.utils import override_settings

from approvals import services as approvals
from approvals.models import Review
from foundation.core.clock import database_now, local_date
from foundation.core.refs import Ref
from licenses.models import Declaration
from licenses.offers import INTERNAL_DECISION, PROMISES
from licenses.services import declarations as services
from licenses.services.drafting import draft_of
from local.demo import cast, texts_read

LUMP_SUMS = (800_000, 1_200_000, 2_000_000, 3_000_000, 4_500_000, 6_000_000, 8_000_000, 12_000_000)  # fen
ENTRY_FEES = (1_000_000, 2_000_000, 3_000_000, 5_000_000)  # fen
RATES = (100, 150, 200, 250, 300)  # basis points of net sales
BULLETIN_MINUTES = 30 * 24 * 60  # the delay between approval and publication of a few stories
METHODS = ("lump_sum",) * 11 + ("entry_plus_royalty",) * 5 + ("free",) * 4


def text(random: Random, use: str, fits: set[str]) -> dict[str, str]:
    """One of the texts for a use that applies to this case, or to every case."""
    rows = [row for row in texts_read.rows("declaration_texts.csv") if row["use"] == use]
    return random.choice([row for row in rows if row["applies_to"] in fits] or rows)


def price(random: Random, *, costs: bool = False) -> dict:
    """A price section: a method (where it `costs`, none that is free), its amounts and the reasons for them."""
    method = random.choice([method for method in METHODS if not (costs and method == "free")])
    chosen = text(random, "pricing_explanation", {method})
    section = {"method": method, "explanation": chosen["text_zh"], "explanation_en": chosen["text_en"]}
    if method == "lump_sum":
        section["lump_sum_fen"] = random.choice(LUMP_SUMS)
    if method == "entry_plus_royalty":
        section |= {
            "entry_fee_fen": random.choice(ENTRY_FEES),
            "royalty_bp": random.choice(RATES),
            "royalty_base": "net_sales",
            "royalty_period": "quarter",
        }
    return section


def term(random: Random, today: date, expiry: date, *, ends: date | None = None) -> dict:
    """A term section: the offer's end, and how long one license lasts; one that `ends` ends its licenses with it."""
    if ends:
        return {"offer_until": ends.isoformat(), "term_kind": "until_offer_end"}
    until = min(expiry, today + timedelta(days=random.choice((730, 1095, 1460, 1825))))
    years = random.choice((2, 3, 5, 5))
    if today + timedelta(days=366 * (years + 1)) > expiry:
        return {"offer_until": until.isoformat(), "term_kind": "until_expiry"}
    return {"offer_until": until.isoformat(), "term_kind": "years", "term_years": years}


def sections(
    declaration: Declaration,
    random: Random,
    *,
    ends: date | None = None,
    costs: bool = False,
    priced: dict | None = None,
) -> dict[str, dict]:
    """Everything a declaration asks for; ``priced`` where the price is given."""
    today = local_date(database_now())
    person = random.choice(texts_read.people())
    patent = declaration.patent
    section = patent.main_ipc_subclass[:1]
    priced = priced or price(random, costs=costs)
    joint = {"joint"} if len(patent.current_owners()) > 1 else set()
    other = text(random, "other_matters", {"", section, priced["method"], *joint})
    summary = text(random, "summary", {section})
    promises = {name: True for name, _sentence in (*PROMISES, INTERNAL_DECISION)}
    return {
        "contact": {
            "contact_name": person["name_zh"],
            "contact_phone": f"025-8{random.randrange(10**6, 10**7)}",
            "contact_email": cast.address("transfer"),
            "contact_is_public": True,
        },
        "price": priced,
        "term": term(random, today, patent.expiry_date, ends=ends),
        "other": {"other_matters": other["text_zh"], "other_matters_en": other["text_en"]},
        "promises": promises,
        "summary": {
            "summary_zh_hans": summary["text_zh"],
            "summary_en": summary["text_en"],
            "readiness_level": random.randrange(4, 10),
        },
    }


def draft(
    number: str,
    manager,
    random: Random,
    *,
    ends: date | None = None,
    costs: bool = False,
    priced: dict | None = None,
) -> Declaration:
    """A complete draft with the consents of its co-owners."""
    declaration = services.start_draft(number=number, actor=manager)
    for name, values in sections(declaration, random, ends=ends, costs=costs, priced=priced).items():
        version = draft_of(declaration).version
        services.save_section(declaration=declaration, section=name, values=values, version=version, actor=manager)
    for share in declaration.patent.current_owners():
        if share.organization_id and share.organization_id != declaration.patentee_id:
            owner = share.organization.memberships.filter(role__in=("owner", "person")).first()
            services.sign_consent(declaration=declaration, actor=owner)
    return declaration


def agree_to_withdrawal(declaration: Declaration) -> None:
    """Every co-owner agrees that the offer is withdrawn."""
    for share in declaration.patent.current_owners():
        if share.organization_id and share.organization_id != declaration.patentee_id:
            owner = share.organization.memberships.filter(role__in=("owner", "person")).first()
            services.sign_consent(declaration=declaration, actor=owner, purpose="withdraw")


def review_of(declaration: Declaration) -> Review:
    """The latest case about the declaration's terms."""
    terms = declaration.terms_versions.order_by("-version").first()
    ref = Ref.of(terms)
    return Review.objects.filter(subject_kind=ref.kind, subject_id=ref.id).latest("pk")


def claim(declaration: Declaration) -> Review:
    """An officer takes the case."""
    return approvals.claim(review=review_of(declaration), actor=cast.officer())


def send_back(declaration: Declaration, random: Random) -> None:
    """The officer returns the declaration with a remark on a field."""
    review = claim(declaration)
    remark = random.choice(texts_read.rows("review_texts.csv"))
    approvals.remark(
        review=review,
        field=remark["field"],
        comment=remark["text_zh"],
        label="",
        actor=cast.officer(),
    )
    approvals.decide(review=review, outcome="return", text=remark["text_zh"], actor=cast.officer(), correction_days=10)


def reject(declaration: Declaration, reason_code: str, text: str) -> None:
    """The officer rejects it with a reason."""
    review = claim(declaration)
    approvals.decide(review=review, outcome="reject", reasons=[reason_code], text=text, actor=cast.officer())


def approve(declaration: Declaration) -> Declaration:
    """The officer approves; without a delay it is published at once."""
    approvals.decide(review=claim(declaration), outcome="approve", actor=cast.officer())
    declaration.refresh_from_db()
    return declaration


def approve_for_the_bulletin(declaration: Declaration) -> Declaration:
    """The officer approves while the province still waits for its monthly bulletin: publication lies ahead."""
    with override_settings(KAIXU_PUBLICATION_DELAY=BULLETIN_MINUTES):
        return approve(declaration)


def review_about(subject) -> Review:
    """The latest case about any subject."""
    ref = Ref.of(subject)
    return Review.objects.filter(subject_kind=ref.kind, subject_id=ref.id).latest("pk")
