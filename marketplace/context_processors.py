"""What every page knows: name of the province, theme, navigation, counts."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from foundation.audit import invariants
from marketplace import badges, navigation

WARNED = ("admin", "settle", "audit_read")  # who must know at once that the books contradict themselves
THEMES = ("light", "dark")
THEME_COOKIE = "kaixu_theme"
PROVINCE = {"zh": "江海省", "en": "Jianghai Province"}


def province_name() -> str:
    """The name of the province in the language of the page."""
    names = getattr(settings, "KAIXU_PROVINCE", PROVINCE)
    return names["zh" if (get_language() or "zh").startswith("zh") else "en"]


def theme_of(request) -> str:
    """light or dark where the person chose one, else empty: the browser decides."""
    chosen = request.COOKIES.get(THEME_COOKIE) or getattr(request.user, "theme", "")
    return chosen if chosen in THEMES else ""


def broken_invariants(membership) -> str:
    """The ids of broken promises for those who have to act; empty for everybody else."""
    if membership is None or not any(membership.may(one) for one in WARNED):
        return ""
    return ", ".join(invariants.noted() or ())


def _finance(view_name: str, membership) -> list[dict]:
    """The pages of finance, on the pages about money, for finance and the auditor."""
    sees_all = membership is not None and (
        membership.may("settle") or (membership.may("see_money") and membership.may("audit_read"))
    )
    if not sees_all or not view_name.startswith("settlement:"):
        return []
    found = navigation.entries(navigation.FINANCE, view_name)
    exact = next((one for one in found if one["url"] == navigation.address(view_name)), None) if view_name else None
    for entry in found if exact else ():
        entry["current"] = entry is exact
    return found


def site(request) -> dict:
    """Everything base.html needs. Makes no query of its own."""
    if not hasattr(request, "user"):
        return {}
    match = request.resolver_match
    view_name = match.view_name if match else ""
    membership = getattr(request, "membership", None)
    signed_in = request.user.is_authenticated
    counts = badges.known(request) if signed_in else {}
    return {
        "province": province_name(),
        "is_demo": getattr(settings, "KAIXU_DEMO", False),
        "theme": theme_of(request),
        "badges": counts,
        "broken_invariants": broken_invariants(membership),
        "public_nav": navigation.entries(navigation.PUBLIC, view_name),
        "work_nav": navigation.entries(navigation.WORK, view_name, membership, counts) if signed_in else [],
        "finance_nav": _finance(view_name, membership) if signed_in else [],
        "person_nav": navigation.entries(navigation.PERSON) if signed_in else [],
        "organization_nav": navigation.entries(navigation.ORGANIZATION, "", membership) if signed_in else [],
        "footer_nav": SimpleLazyObject(navigation.footer_columns),
    }
