"""From the values of a row to the rows of the register."""

from datetime import date
from typing import Any

from patents import numbers, search, terms
from patents.models import LegalEvent, Ownership, Patent

FACTS = (
    "status",
    "annual_fee",
    "pledge",
    "exclusive_license",
    "suspension",
    "invalidation",
    "evaluation_report",
    "secrecy",
)


def search_parts(patent: Patent, holders: list[str]) -> list[tuple[str, str]]:
    """What is found how well: title and number first, then holders, inventors and classes, then the abstract."""
    return [
        ("A", f"{patent.title_zh_hans} {patent.title_en}"),
        ("A", f"{patent.number} {patent.publication_number}"),
        ("B", " ".join([*holders, *patent.inventors])),
        ("B", " ".join([*patent.ipc, patent.locarno])),
        ("D", f"{patent.abstract_zh_hans} {patent.abstract_en}"),
    ]


def patent_of(values: dict[str, Any], *, city_id: int | None, holders: list[str], today: date) -> Patent:
    """An unsaved patent with its facts and its search vector. Facts nobody stated stay unknown."""
    kind = numbers.parse(values["number"]).kind
    filed = date.fromisoformat(values["filing_date"])
    granted = date.fromisoformat(values["grant_date"]) if values.get("grant_date") else None
    days = values.get("term_compensation_days") or 0
    as_of = values.get("as_of") or today.isoformat()
    stated = {name: values.get(name) for name in FACTS if values.get(name) is not None}
    ipc = values.get("ipc") or []
    patent = Patent(
        number=values["number"],
        kind=kind,
        publication_number=values.get("publication_number") or "",
        title_zh_hans=values["title_zh"],
        title_en=values.get("title_en") or "",
        abstract_zh_hans=values.get("abstract_zh") or "",
        abstract_en=values.get("abstract_en") or "",
        ipc=ipc,
        main_ipc_subclass=ipc[0][:4] if ipc else "",
        locarno=values.get("locarno") or "",
        inventors=values.get("inventors") or [],
        filing_date=filed,
        grant_date=granted,
        expiry_date=terms.expiry(kind, filed, days),
        term_compensation_days=days,
        legal_status=values.get("status") or ("granted" if granted else "pending"),
        annual_fee_status=values.get("annual_fee") or "unknown",
        annual_fee_year=values.get("annual_fee_year"),
        evaluation_report=values.get("evaluation_report") or "unknown",
        register_facts={name: {"value": value, "as_of": as_of, "source": "imported"} for name, value in stated.items()},
        city_id=city_id,
    )
    patent.search_vector = search.vector(search_parts(patent, holders))
    return patent


def ownerships_of(
    patent: Patent, values: dict[str, Any], own: Any, own_place: int, known: dict[str, int]
) -> list[Ownership]:
    """The owners in the order of the row: `own` at its place, organizations known here by name, the others as names."""
    names = values.get("patentees") or [own.name]
    weights = values.get("shares") or [1] * len(names)
    since = patent.grant_date or patent.filing_date
    made, taken = [], set()
    for place, name in enumerate(names):
        organization_id = own.pk if place == own_place else known.get(name)
        if organization_id in taken or (organization_id == own.pk and place != own_place):
            organization_id = None
        taken.add(organization_id)
        made.append(
            Ownership(
                patent=patent,
                organization_id=organization_id,
                name=name,
                share_weight=weights[place],
                position=place,
                since_date=since,
            )
        )
    return made


def events_of(patent: Patent) -> list[LegalEvent]:
    """Filing and grant, as the register of legal events has them."""
    made = [LegalEvent(patent=patent, kind="filed", event_date=patent.filing_date, source="imported")]
    if patent.grant_date:
        made.append(LegalEvent(patent=patent, kind="granted", event_date=patent.grant_date, source="imported"))
    return made
