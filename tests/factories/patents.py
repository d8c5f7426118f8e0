"""Patents with valid numbers, owners and a search vector."""

import itertools
from datetime import date

from foundation.core.actors import SYSTEM
from foundation.core.clock import database_now, local_date
from foundation.core.refs import Ref
from patents import numbers, search, terms
from patents.importing.building import search_parts
from patents.models import Ownership, Patent
from patents.services import update_facts

serial = itertools.count(5_000_001)  # far from the numbers that tests name themselves
CLEAN_FACTS = {
    "status": "granted",
    "annual_fee": "paid",
    "pledge": "none",
    "exclusive_license": "none",
    "suspension": "none",
    "invalidation": "none",
    "evaluation_report": "positive",
    "secrecy": "none",
}


def make_number(number: int | None = None, *, year: int = 2021, kind: str = "1") -> str:
    """A number with the right check character, from a running number."""
    body = f"{year}{kind}{number or next(serial):07d}"
    return f"{body}.{numbers.check_character(body)}"


def make_patent(*owners, facts=None, shares=None, **fields) -> Patent:
    """A granted patent in force, owned by the organizations (or names) given; all register facts clean by default."""
    number = fields.pop("number", None) or make_number(kind=fields.pop("kind_digit", "1"))
    parsed = numbers.parse(number)
    filed = fields.pop("filing_date", date(parsed.year, 3, 15))
    today = local_date(database_now()).isoformat()
    stated = CLEAN_FACTS if facts is None else facts
    first = next((owner for owner in owners if not isinstance(owner, str)), None)
    patent = Patent(
        number=parsed.normalized,
        kind=parsed.kind,
        **{
            "title_zh_hans": f"测试装置及其控制方法{parsed.normalized}",
            "title_en": f"Test device and control method {parsed.normalized}",
            "filing_date": filed,
            "grant_date": date(parsed.year + 2, 6, 1),
            "expiry_date": terms.expiry(parsed.kind, filed),
            "legal_status": stated.get("status", "granted"),
            "annual_fee_status": stated.get("annual_fee", "unknown"),
            "evaluation_report": stated.get("evaluation_report", "unknown"),
            "ipc": ["H01M 10/0525"],
            "main_ipc_subclass": "H01M",
            "city_id": getattr(first, "city_id", None),
            "annual_fee_year": 20,
            "register_facts": {
                name: {"value": value, "as_of": today, "source": "imported"} for name, value in stated.items()
            },
            **fields,
        },
    )
    names = [owner if isinstance(owner, str) else owner.name for owner in owners]
    patent.search_vector = search.vector(search_parts(patent, names))
    patent.save()
    for place, owner in enumerate(owners):
        Ownership.objects.create(
            patent=patent,
            organization=None if isinstance(owner, str) else owner,
            name=names[place],
            share_weight=(shares or [1] * len(owners))[place],
            position=place,
            since_date=patent.grant_date,
        )
    return patent


def basis(kind: str = "tests.thing", key: int | None = None) -> Ref:
    """Some business object that an encumbrance comes from."""
    key = key or next(serial)
    return Ref(kind, key, f"T-{key}")


def renew_facts(patent: Patent) -> Patent:
    """The register's delivery of today: everything is clean."""
    return update_facts(patent=patent, facts=CLEAN_FACTS, as_of=local_date(database_now()), actor=SYSTEM)
