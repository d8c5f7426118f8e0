"""What the pages about inspections show."""

from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.core.display import day
from licenses import rules_licenses
from licenses.presentation.royalties import license_url, payment_link


def facts(inspection, membership) -> list[dict]:
    """The facts of an inspection, and what it costs whom; payments are links for those who may open them."""
    license = inspection.license
    rows = [
        {"label": _("License"), "value": license.number, "url": license_url(license), "note": license.patent.title},
        {"label": _("Who inspects"), "value": inspection.inspector},
        {"label": _("Day"), "value": day(inspection.inspects_on)},
        {"label": _("Reason"), "value": inspection.reason},
    ]
    if inspection.found_at:
        rows += [
            {"label": _("Summary of the findings"), "value": inspection.summary},
            {"label": _("Royalty owed in addition"), "value": str(inspection.shortfall)},
            {"label": _("Cost of the inspection"), "value": str(inspection.cost), "note": _bearer(inspection)},
        ]
    if inspection.answer:
        rows.append({"label": _("The licensee's answer"), "value": inspection.answer})
    for label, obligation in (
        (_("Additional royalty"), inspection.obligation),
        (_("Cost of the inspection"), inspection.cost_obligation),
    ):
        if obligation:
            rows.append({"label": label, **payment_link(obligation, membership), "note": str(obligation.amount)})
    return rows


def _bearer(inspection) -> str:
    if inspection.cost_is_licensees:
        return _("Borne by the licensee: the shortfall is above the agreed share.")
    return _("Borne by the licensor.")


def paper(inspection) -> list[dict]:
    """The inspector's report as a row of the file list."""
    if inspection.paper is None:
        return []
    file = inspection.paper
    url = reverse("documents:file", args=[file.pk])
    return [{"name": file.original_name, "url": url, "size": file.size, "sha256": file.sha256}]


def actions(inspection, membership) -> list[dict]:
    """What the member can do about it now."""
    found = []
    if inspection.permits("find") and rules_licenses.is_licensor(membership, inspection):
        found.append({"label": _("Record the findings"), "tone": "primary", "url": _url("findings", inspection)})
    if inspection.permits("answer") and rules_licenses.is_licensee(membership, inspection):
        found.append({"label": _("Agree to the findings"), "tone": "primary", "post": _url("agree", inspection)})
        if inspection.state == "found":
            found.append({"label": _("Dispute the findings"), "url": _url("dispute", inspection)})
    if inspection.LIFECYCLE.verbs(inspection.state) and rules_licenses.is_licensor(membership, inspection):
        found.append({"label": _("Call the inspection off"), "url": _url("call_off", inspection)})
    return found


def _url(act: str, inspection) -> str:
    return reverse(f"licenses:inspection_{act}", args=[inspection.number])
