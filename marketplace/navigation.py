"""Where one can go: the tables of the two bars, the menus and the foot of the page.

A row whose address does not exist in this installation is left out.
"""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Row:
    """One entry: the name of its address, what it says, which view names it stands for, who sees it."""

    name: str
    label: str | Promise
    stands_for: tuple = ()
    needs: tuple = ()  # any of these capabilities; empty: every member
    roles: tuple = ()  # only these roles, where a role and no capability makes the difference
    icon: str = "arrow-right"
    badge: str = ""

    def is_current(self, view_name: str) -> bool:
        return view_name == self.name or (bool(self.stands_for) and view_name.startswith(self.stands_for))


PUBLIC = (
    Row(
        "licenses:catalogue",
        _("Open licenses"),
        ("licenses:catalogue", "licenses:declaration_detail", "licenses:uptake"),
    ),
    Row("patents:list", _("Patents"), ("patents:list", "patents:detail")),
    Row(
        "auctions:season_list",
        _("Auctions"),
        (
            "auctions:season_list",
            "auctions:season_detail",
            "auctions:session_detail",
            "auctions:lot_list",
            "auctions:lot_detail",
        ),
    ),
    Row(
        "challenges:challenge_list",
        _("Challenges"),
        (
            "challenges:challenge_list",
            "challenges:challenge_detail",
            "challenges:season_list",
            "challenges:season_detail",
        ),
    ),
    Row("marketplace:bulletin", _("Bulletin")),
    Row("documents:check", _("Check a certificate"), ("documents:check", "documents:certificate")),
)
WORK = (
    Row("marketplace:my_work", _("My work"), badge="work"),
    Row(
        "patents:portfolio",
        _("My patents"),
        ("patents:portfolio", "patents:import"),
        ("manage_portfolio",),
    ),
    Row(
        "licenses:declaration_list",
        _("Declarations"),
        (
            "licenses:declaration_list",
            "licenses:declaration_new",
            "licenses:declaration_task",
            "licenses:declaration_section",
        ),
        ("declare",),
    ),
    Row("licenses:license_list", _("Licenses"), ("licenses:license_",), ("take_license", "declare")),
    Row(
        "auctions:my_lots",
        _("Lots"),
        (
            "auctions:my_lots",
            "auctions:lot_new",
            "auctions:lot_task",
            "auctions:lot_part",
            "auctions:lot_patents",
            "auctions:lot_priority",
            "auctions:lot_documents",
            "auctions:lot_check",
            "auctions:lot_submitted",
            "auctions:lot_after",
            "auctions:lot_relist",
            "auctions:lot_convert",
            "auctions:lot_return",
        ),
        ("declare",),
    ),
    Row("auctions:registration_list", _("Bidding"), ("auctions:registration_", "auctions:practice"), ("bid",)),
    Row("auctions:sale_list", _("Auction sales"), ("auctions:sale_",), ("bid", "declare", "review_any_city", "settle")),
    Row(
        "auctions:desk",
        _("Seasons"),
        ("auctions:desk", "auctions:season_desk", "auctions:session_desk"),
        ("review_any_city",),
    ),
    Row(
        "challenges:my_challenges",
        _("My challenges"),
        (
            "challenges:my_challenges",
            "challenges:challenge_new",
            "challenges:challenge_task",
            "challenges:challenge_part",
            "challenges:challenge_check",
            "challenges:challenge_submitted",
            "challenges:challenge_attachments",
        ),
        ("take_license",),
    ),
    Row(
        "challenges:desk",
        _("List"),
        ("challenges:desk", "challenges:season_desk", "challenges:season_edit", "challenges:season_new"),
        ("review_any_city",),
    ),
    Row("challenges:seat_list", _("My panels"), ("challenges:seat_", "challenges:my_profile"), roles=("expert",)),
    Row("challenges:expert_list", _("Experts"), ("challenges:expert_",), ("review_any_city",)),
    Row("approvals:desk", _("Reviews"), ("approvals:",), ("review", "review_any_city")),
    Row("settlement:overview", _("Money"), ("settlement:",), ("see_money", "settle")),
    Row("notifications:list", _("Notices"), ("notifications:",), badge="notices"),
)
FINANCE = (  # the bar under the work areas, for those who see all money of the province
    Row("settlement:desk", _("Desk"), ("settlement:desk", "settlement:proofs", "settlement:case")),
    Row("settlement:statement_list", _("Statements"), ("settlement:party_", "settlement:object_")),
    Row(
        "settlement:bank",
        _("Bank"),
        ("settlement:bank", "settlement:new_own", "settlement:new_statement", "settlement:statement_import"),
    ),
    Row("settlement:bank_queue", _("Unmatched")),
    Row("settlement:months", _("Months"), ("settlement:month", "settlement:close_month", "settlement:reopen_month")),
    Row("settlement:payout_runs", _("Payouts"), ("settlement:payout",)),
    Row("settlement:refund_requests", _("Refunds"), ("settlement:refund_request",)),
    Row("settlement:disputes", _("Disputes"), ("settlement:dispute",)),
    Row("settlement:income", _("Distributions"), ("settlement:income", "settlement:distribution")),
    Row("settlement:invoices", _("Invoices"), ("settlement:invoice", "settlement:request_", "settlement:tax_rules")),
    Row("settlement:own_books", _("Own books"), ("settlement:own_books",)),
)
PERSON = (
    Row("settlement:my_income", _("My income as an inventor"), icon="coin-yuan"),
    Row("accounts:settings", _("Settings"), icon="settings"),
    Row("notifications:preferences", _("What I am told"), icon="bell"),
    Row("notifications:searches", _("Saved searches"), icon="bookmark"),
    Row("account_change_password", _("Change password"), icon="key"),
    Row("mfa_index", _("Passkeys and second factor"), icon="fingerprint"),
    Row("usersessions_list", _("Where I am signed in"), icon="devices"),
)
ORGANIZATION = (
    Row("accounts:organization_settings", _("Organization details"), (), ("manage_organization",), "building"),
    Row("accounts:members", _("Members and roles"), (), ("manage_members",), "users"),
    Row("accounts:verification", _("Verification"), (), ("manage_organization",), "rosette-discount-check"),
    Row("accounts:register", _("Register another organization"), icon="plus"),
)
FOOTER = (
    (
        _("Platform"),
        (
            Row("marketplace:about", _("About Kaixu")),
            Row("marketplace:rules", _("Rules and fees")),
            Row("marketplace:bulletin", _("Bulletin")),
            Row("marketplace:accessibility", _("Accessibility")),
        ),
    ),
    (
        _("Help"),
        (
            Row("marketplace:guide_licensee", _("How to take a license")),
            Row("marketplace:guide_patentee", _("How to publish a declaration")),
            Row("documents:check", _("Check a certificate")),
            Row("patents:check_numbers", _("Check patent numbers")),
        ),
    ),
    (
        _("Open interfaces"),
        (
            Row("api_docs", _("API documentation")),
            Row("schema", _("API schema (OpenAPI)")),
            Row("marketplace:bulletin_feed", _("Bulletin as Atom feed")),
        ),
    ),
)


def address(name: str) -> str:
    """The address of a name; empty where this installation has no such page."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def may_see(row: Row, membership) -> bool:
    """Whether it is the member's role, or gives one of the capabilities the row asks for."""
    if row.roles and (membership is None or membership.role not in row.roles):
        return False
    return not row.needs or (membership is not None and any(membership.may(need) for need in row.needs))


def entries(rows, view_name: str = "", membership=None, counts=None) -> list[dict]:
    """The rows that exist and that this member may see, ready for the templates."""
    found = []
    for row in rows:
        url = address(row.name)
        if url and may_see(row, membership):
            entry = {"url": url, "label": row.label, "icon": row.icon, "badge": row.badge}
            entry["current"] = row.is_current(view_name)
            entry["count"] = (counts or {}).get(row.badge)
            found.append(entry)
    return found


def footer_columns() -> list[dict]:
    """The columns of the foot; a column without a page is left out."""
    columns = [{"title": title, "entries": entries(rows)} for title, rows in FOOTER]
    return [column for column in columns if column["entries"]]
