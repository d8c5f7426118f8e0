"""What stands in the contract, for the page that is signed and for the PDF (Civil Code Art. 845)."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from challenges import contract_text
from challenges.models import Award
from challenges.services import contracting
from foundation.core.clock import LOCAL
from foundation.core.money import Money, in_capitals
from foundation.documents.rendering import qr_svg


def moment(value: Any) -> str:
    """A moment in China Standard Time, zone named."""
    return f"{value.astimezone(LOCAL):%Y-%m-%d %H:%M:%S} (UTC+8)" if value else "—"


def party(organization: Any) -> tuple[str, str]:
    """Name with its public code, and the English name."""
    code = organization.uscc or organization.foreign_registration
    return (f"{organization.name}（{code}）" if code else organization.name), organization.name_en


def clauses_of(award: Award) -> list[dict[str, str]]:
    """The articles as they are signed."""
    challenge = award.challenge
    facts = {
        "challenge": challenge.number,
        "amount": str(award.amount),
        "amount_capitals": in_capitals(award.amount),
        "rework": str(challenge.season.rework_times),
        "decide_days": str(challenge.season.acceptance_days),
    }
    terms = contracting.terms_of(award)
    return contract_text.clauses(ownership=challenge.ownership, mode=challenge.mode, terms=terms, facts=facts)


def milestones_of(award: Award) -> list[dict[str, Any]]:
    """The milestones of the text: months after the signature, deliverable, amount."""
    rows = contracting.terms_of(award)["milestones"]
    return [{**row, "position": n, "amount": Money(row["amount_fen"])} for n, row in enumerate(rows, 1)]


def indicators_of(award: Award) -> list[dict[str, Any]]:
    """What must be reached, by which test, and what the team promised."""
    promised = award.proposal.opened.content.get("promises", {})
    return [
        {
            "name": row.name,
            "target": f"{row.comparison} {row.target} {row.unit}".strip(),
            "promised": promised.get(str(row.position), ""),
            "method": row.method,
            "must": row.must,
        }
        for row in award.challenge.indicators.all()
    ]


def contract_data(award: Award) -> dict[str, Any]:
    """Everything the PDF prints."""
    challenge = award.challenge
    title_zh, title_en = contract_text.TITLES[challenge.mode]
    owner, solver = party(challenge.owner), party(award.solver)
    url = settings.KAIXU_PUBLIC_URL.rstrip("/") + reverse("challenges:award_detail", args=[award.number])
    facts = [
        ("合同编号", "Contract", award.number, ""),
        ("榜题编号", "Challenge", challenge.number, ""),
        ("项目名称", "Project", challenge.title_zh_hans, challenge.title_en),
        ("发榜方（委托方）", "The firm", *owner),
        ("揭榜方（研究开发方）", "The team", *solver),
        ("合同总额", "Amount", f"{award.amount}（{in_capitals(award.amount)}）", ""),
    ]
    return {
        "site": settings.KAIXU_PUBLIC_URL,
        "number": award.number,
        "demo": settings.KAIXU_DEMO,
        "qr": qr_svg(url),
        "check_url": url,
        "title_zh": title_zh,
        "title_en": title_en,
        "facts": [{"zh": zh, "en": en, "value": value, "value_en": more} for zh, en, value, more in facts],
        "indicators": indicators_of(award),
        "milestones": [{**row, "amount": str(row["amount"])} for row in milestones_of(award)],
        "clauses": clauses_of(award),
        "owner": owner[0],
        "solver": solver[0],
        "owner_signed_at": moment(award.owner_signed_at),
        "solver_signed_at": moment(award.solver_signed_at),
        "sha256": award.contract_sha256,
    }
