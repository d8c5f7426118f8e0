"""What the page of one license shows."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import rules as account_rules
from foundation import audit
from foundation.core.display import day
from foundation.documents.presentation import file_rows
from licenses.filters_licenses import GROUP_LABELS, SIDES
from licenses.lifecycle import ACTIVE, LicenseState
from licenses.presentation.instalments import next_open
from licenses.presentation.sentences import price_sentence
from licenses.presentation.uptake import basis, identifier


def rows(license) -> list[dict]:
    """The facts of a license."""
    patent, terms = license.patent, license.terms_version
    facts = [
        {"label": _("Patent"), "value": patent.title, "note": patent.display_number},
        {"label": _("Licensor"), "value": license.licensor.display_name},
        {
            "label": _("Licensee"),
            "value": license.licensee.display_name,
            "note": identifier(license.licensee),
        },
        {"label": _("Kind of license"), "value": _("Ordinary (non-exclusive), within China")},
        {"label": _("Legal basis"), "value": basis(license)},
        {
            "label": _("Declaration"),
            "value": _("%(number)s, terms version %(version)s")
            % {"number": license.declaration.number, "version": terms.version},
        },
        {"label": _("Price"), "value": price_sentence(terms)},
        {"label": _("Intended use"), "value": license.intended_use},
    ]
    if license.starts_on:
        term = {"start": day(license.starts_on), "end": day(license.ends_on)}
        facts.insert(4, {"label": _("Term"), "value": _("%(start)s to %(end)s, both days included") % term})
    return facts


def progress(license) -> list[dict]:
    """The three points of every license: notice, money, effect."""
    paid_label = _("Fee paid") if license.fee_fen else _("Nothing to pay")
    points = [
        (_("Notice delivered"), license.notice_delivered_at),
        (paid_label, license.paid_at or (None if license.fee_fen else license.notice_delivered_at)),
        (_("License in effect"), license.effective_at),
    ]
    return [{"title": title, "at": at, "done": at is not None} for title, at in points]


def papers(documents) -> list[dict]:
    """Contract and certificate as rows of the file list."""
    labels = {
        "license.contract": _("License contract (PDF, Chinese and English)"),
        "license.certificate": _("License certificate (PDF, Chinese and English)"),
    }
    return file_rows(documents, labels)


def entries(events) -> list[dict]:
    """The timeline's rows, newest first."""
    return [
        {"at": event.occurred_at, "title": audit.describe(event), "reason": event.reason, "filled": True}
        for event in events
    ]


def actions(license, membership) -> list[dict]:
    """What the member can do next: pay, or end the license."""
    own = license.licensee_id == membership.organization_id
    found = []
    if own and license.state == LicenseState.AWAITING_PAYMENT and account_rules.can(membership, "pay"):
        url = reverse("settlement:obligation_detail", args=[license.obligation.number])
        found.append({"label": _("Pay the fee"), "url": url, "tone": "primary"})
    later = next_open(license) if own and account_rules.can(membership, "pay") else None
    if later is not None:
        label = _("Pay instalment %(no)s") % {"no": later.position}
        url = reverse("settlement:obligation_detail", args=[later.number])
        found.append({"label": label, "url": url, "tone": "primary"})
    if own and license.state in ACTIVE and account_rules.can(membership, "take_license"):
        url = reverse("licenses:license_end", args=[license.number])
        found.append({"label": _("End this license early"), "url": url})
    return found


def tabs(chosen) -> list[dict]:
    """The list's two filters as links: by state, and by side of the contract."""
    state, side = chosen.data.get("group", ""), chosen.data.get("side", "")
    groups = [("", _("All")), *GROUP_LABELS]
    made = [_tab(label, group=key, side=side, current=key == state) for key, label in groups]
    return made + [
        _tab(label, group=state, side="" if key == side else key, current=key == side) for key, label in SIDES
    ]


def _tab(label, *, group: str, side: str, current: bool) -> dict:
    query = urlencode({key: value for key, value in (("group", group), ("side", side)) if value})
    return {"label": _(label), "url": f"?{query}", "current": current}
