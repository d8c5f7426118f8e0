"""Who lives in the demo province: the administration, its officers, organizations and their people."""

from functools import cache

from accounts.models import City, Industry, Membership, Organization, User
from accounts.services import people as opening
from accounts.services import registration, verifications
from approvals import services as approvals
from approvals.models import Review
from local import demo_logins
from local.demo import texts_read

OFFICE = {"name": "江海省知识产权局", "name_en": "Jianghai Provincial Intellectual Property Office"}
OFFICERS = ("provincial_officer", "city_officer", "finance", "expert", "auditor")
OFFICE_CITY = "320100"
GROUPS = {"hqfoam": "xitang"}  # a firm and the institute that founded it


def address(local_part: str) -> str:
    """An address of the demo's own domain."""
    return f"{local_part}@{demo_logins.DOMAIN}"


def open_account(local_part: str, name: str) -> User:
    """An account with the demo's one password."""
    return opening.open_account(email=address(local_part), name=name, password=demo_logins.PASSWORD)


def administration() -> Organization:
    """The provincial office with one person in each role."""
    city = City.objects.get(code=OFFICE_CITY)
    office = opening.found_administration(city=city, **OFFICE)
    names = iter(texts_read.people())
    for role in OFFICERS:
        user = open_account(role, next(names)["name_zh"])
        if not Membership.objects.filter(user=user, organization=office).exists():
            scope = city if role == "city_officer" else None
            opening.appoint(user=user, role=role, organization=office, city=scope)
    return office


@cache
def officer(role: str = "provincial_officer") -> Membership:
    """The member of the office in a role."""
    return Membership.objects.select_related("user", "organization").get(user__email=address(role))


def found(row: dict[str, str], owner_name: str) -> Membership:
    """Register one organization with its owner and let the province verify it; a repeat finds it."""
    user = open_account(f"owner.{row['key']}", owner_name)
    existing = user.memberships.first()
    if existing:
        return existing
    if row["kind"] == "person":
        return _found_person(user, row)
    owner = registration.register_organization(
        user=user,
        kind=row["kind"],
        name=row["name_zh"],
        name_en=row["name_en"],
        uscc=row["uscc"],
        foreign_registration=row.get("foreign_registration", ""),
        country=row.get("country") or "CN",
        legal_representative=row["legal_representative"],
        city=City.objects.filter(code=row["city"]).first(),
        industry=industry(row.get("industry", "")),
        size=row.get("size", ""),
        is_state_owned=row["kind"] in ("university", "institute"),
        address=row.get("address", ""),
        contact_email=f"office@{row['key']}.{demo_logins.DOMAIN}",
    )
    verify(owner, group_head=_code_of(GROUPS.get(row["key"], "")))
    return owner


def _code_of(key: str) -> str:
    """The credit code of an organization of the texts, "" for none."""
    return next((row["uscc"] for row in texts_read.organizations() if row["key"] == key), "")


def _found_person(user: User, row: dict[str, str]) -> Membership:
    owner = registration.register_person(
        user=user,
        name=row["name_zh"],
        name_en=row["name_en"],
        document_kind="passport",
        document_number=row["passport"],
        city=City.objects.get(code=row["city"]),
    )
    verify(owner)
    return owner


def industry(code: str) -> Industry | None:
    """The finest industry of the table that a code falls into: C3511, C351, C35, C."""
    codes = [code[:length] for length in range(len(code), 0, -1)]
    digits = [part[1:] for part in codes if part[1:]]
    known = {row.code: row for row in Industry.objects.filter(code__in=codes + digits)}
    return next((known[part] for part in codes + digits if part in known), None)


def verify(owner: Membership, *, group_head: str = "") -> None:
    """The organization asks, the province decides."""
    verification = verifications.submit_verification(
        organization=owner.organization, actor=owner, statement="演示单位，资料齐全。", group_head=group_head
    )
    review = Review.objects.get(number=verification.review_number)
    review = approvals.claim(review=review, actor=officer())
    approvals.decide(review=review, outcome="approve", actor=officer())
    owner.organization.refresh_from_db()


def colleague(owner: Membership, role: str, local_part: str, name: str) -> Membership:
    """One more person of the organization."""
    user = open_account(local_part, name)
    existing = user.memberships.first()
    if existing:
        return existing
    return opening.appoint(user=user, role=role, organization=owner.organization)
