"""What can be asked about licenses."""

from datetime import datetime

from django.db.models import Count, Q, QuerySet

from accounts import rules as account_rules
from licenses.lifecycle import ACTIVE, LicenseState
from licenses.models import License

RELATED = ("patent", "licensor", "licensee", "terms_version", "declaration", "obligation")


def visible_to(membership) -> QuerySet[License]:
    """Sent notices and licenses of one's own organization, either side; the administration by its scope.

    A notice in preparation is the licensee's own business: see `notice_drafts_of`.
    """
    sent = License.objects.exclude(state=LicenseState.NOTICE_DRAFT)
    if membership is None:
        return sent.none()
    if account_rules.sees_province(membership):
        return sent.select_related(*RELATED)
    own = Q(licensee=membership.organization_id) | Q(licensor=membership.organization_id)
    if account_rules.can(membership, "review") and membership.scope_city_id:
        own |= Q(licensor__city=membership.scope_city_id)
    return sent.filter(own).select_related(*RELATED)


def taken_by(membership) -> QuerySet[License]:
    """Notices (drafts too) and licenses of the membership's organization as licensee."""
    return License.objects.filter(licensee=membership.organization_id).select_related(*RELATED)


def notice_drafts_of(membership) -> QuerySet[License]:
    """Notices in preparation of the membership's organization: colleagues share them."""
    return taken_by(membership).filter(state=LicenseState.NOTICE_DRAFT)


def licensee_count(declaration) -> int:
    """How many organizations ever took a license under this declaration (public figure)."""
    return (
        License.objects.filter(declaration=declaration, effective_at__isnull=False)
        .values("licensee")
        .distinct()
        .count()
    )


def licensee_counts(declaration_ids) -> dict[int, int]:
    """The same for a page of declarations, in one query."""
    rows = (
        License.objects.filter(declaration__in=declaration_ids, effective_at__isnull=False)
        .values("declaration")
        .annotate(n=Count("licensee", distinct=True))
    )
    return {row["declaration"]: row["n"] for row in rows}


def licensee_profile(declaration) -> dict:
    """The public figures about a declaration's licensees: how many, by size, and the latest date."""
    rows = list(
        License.objects.filter(declaration=declaration, effective_at__isnull=False)
        .order_by("-effective_at")
        .values_list("licensee_id", "licensee__size", "effective_at")
    )
    sizes: dict[str, set] = {}
    for licensee, size, _at in rows:
        sizes.setdefault(size, set()).add(licensee)
    return {
        "count": len({licensee for licensee, _size, _at in rows}),
        "sizes": {size: len(members) for size, members in sizes.items() if size},
        "latest_at": rows[0][2] if rows else None,
    }


def own_license(declaration, membership) -> License | None:
    """The live license, pending notice or draft that the member's organization has here."""
    if membership is None:
        return None
    live = Q(state__in=(LicenseState.AWAITING_PAYMENT, LicenseState.ON_HOLD, *ACTIVE))
    return (
        taken_by(membership)
        .filter(live | Q(state=LicenseState.NOTICE_DRAFT), declaration=declaration)
        .order_by("-pk")
        .first()
    )


def latest_public() -> License | None:
    """The most recent paid license, for the home page; names of parties are not shown there."""
    return (
        License.objects.filter(state__in=ACTIVE, paid_at__isnull=False)
        .select_related("patent", "terms_version")
        .order_by("-effective_at", "-pk")
        .first()
    )


def payment_overdue(now: datetime) -> QuerySet[License]:
    """Unpaid notices whose payment deadline has passed."""
    return License.objects.filter(state=LicenseState.AWAITING_PAYMENT, pay_by_at__lte=now)


def held_since(moment: datetime) -> QuerySet[License]:
    """Paid notices that have waited for the end of a suspension since `moment` or longer."""
    return License.objects.filter(state=LicenseState.ON_HOLD, state_since__lte=moment)


def term_over(today) -> QuerySet[License]:
    """Licenses whose last day (Asia/Shanghai) lies before `today`."""
    return License.objects.filter(state__in=ACTIVE, ends_on__lt=today)
