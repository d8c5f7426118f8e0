"""Declarations, made through the services as people would make them."""

from datetime import timedelta

from accounts.models import Membership
from approvals import queries as reviews
from approvals import services as approvals
from foundation.core.clock import database_now, local_date
from licenses.lifecycle import TERMS_PENDING
from licenses.models import Declaration
from licenses.services import declarations as services
from licenses.services.drafting import draft_of
from licenses.services.submitting import REVIEW_KIND
from tests.factories import accounts
from tests.factories.patents import make_patent

CONTACT = {
    "contact_name": "周敏",
    "contact_phone": "025-84890000",
    "contact_email": "tto@example.org",
    "contact_is_public": True,
    "agency_name": "",
    "agency_code": "",
}
PROMISES = dict.fromkeys(
    (
        "no_exclusive",
        "no_suspension",
        "fees_paid",
        "no_pledge",
        "no_obstacle",
        "anyone_may",
        "truthful",
        "internal_decision",
    ),
    True,
)
EXPLANATION = "入门费按前期中试投入的八分之一计算，提成以被许可产品净销售额为基数。"


def price(method: str = "lump_sum", **changes) -> dict:
    """The section "price": lump sum 30,000.00 (or as instalments), entry fee 50,000.00 + 3 % of net sales, or free."""
    amounts = {
        "lump_sum": {"lump_sum_fen": 3_000_000},
        "entry_plus_royalty": {
            "entry_fee_fen": 5_000_000,
            "royalty_bp": 300,
            "royalty_base": "net_sales",
            "royalty_period": "quarter",
        },
        "instalments": {
            "instalments_total_fen": 3_000_000,
            "instalments_from": "effective",
            "instalments": [
                {"amount_fen": 1_000_000, "days": None, "day": ""},
                {"amount_fen": 1_200_000, "days": 90, "day": ""},
                {"amount_fen": 800_000, "days": 180, "day": ""},
            ],
        },
        "free": {},
    }[method]
    return {
        "method": method,
        "explanation": EXPLANATION,
        "explanation_en": "",
        "ceiling_reason": "",
        **amounts,
        **changes,
    }


def term(**changes) -> dict:
    """The section "term": offer open for two years, licenses of three years."""
    until = local_date(database_now()) + timedelta(days=730)
    return {"offer_until": until.isoformat(), "term_kind": "years", "term_years": 3, **changes}


def sections(**changes) -> dict:
    """All sections that are required; name one to replace it."""
    filled = {
        "contact": CONTACT,
        "price": price(),
        "term": term(),
        "other": {
            "other_matters": "提供中试数据；范围为中国境内。",
            "other_matters_en": "",
            "own_use": "",
            "earlier_licenses": "",
        },
        "promises": PROMISES,
    }
    return {**filled, **changes}


def fill(declaration: Declaration, actor: Membership, **changes) -> Declaration:
    """Save every section."""
    for name, values in sections(**changes).items():
        version = draft_of(declaration).version
        services.save_section(declaration=declaration, section=name, values=values, version=version, actor=actor)
    return declaration


def drafted_declaration(*, patent=None, actor: Membership | None = None, **changes) -> Declaration:
    """A complete draft, not submitted."""
    actor = actor or accounts.patentee()
    patent = patent or make_patent(actor.organization)
    return fill(services.start_draft(number=patent.number, actor=actor), actor, **changes)


def submitted_declaration(*, patent=None, actor: Membership | None = None, **changes) -> Declaration:
    """In the queue of the review desk."""
    actor = actor or _declarer(patent)
    declaration = drafted_declaration(patent=patent, actor=actor, **changes)
    return services.submit(declaration=declaration, actor=actor)


def _declarer(patent) -> Membership:
    """Somebody who declares for the first owner of a patent."""
    if patent is None:
        return accounts.patentee()
    owner = patent.current_owners()[0].organization
    found = Membership.objects.filter(organization=owner, role__in=["owner", "ip_manager", "person"]).first()
    return found or accounts.member("person" if owner.kind == "person" else "owner", organization=owner)


def review_of(declaration: Declaration):
    """The case about the terms that are under way."""
    terms = declaration.terms_versions.filter(state__in=TERMS_PENDING).get()
    return reviews.open_review_of(REVIEW_KIND, terms)


def approve(declaration: Declaration, officer: Membership | None = None) -> Declaration:
    """An officer claims and approves; with no delay configured that publishes."""
    officer = officer or accounts.officer()
    review = approvals.claim(review=review_of(declaration), actor=officer)
    approvals.decide(review=review, outcome="approve", actor=officer)
    return Declaration.objects.get(pk=declaration.pk)


def published_declaration(
    *,
    patent=None,
    actor: Membership | None = None,
    officer: Membership | None = None,
    method: str = "lump_sum",
    **changes,
) -> Declaration:
    """An open offer, published through the services. ``method`` is one that `price` knows."""
    changes.setdefault("price", price(method))
    return approve(submitted_declaration(patent=patent, actor=actor, **changes), officer)
