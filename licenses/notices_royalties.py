"""Who is told about royalties."""

from django.urls import reverse

from accounts import queries as accounts
from foundation.core.marks import _
from licenses.models import RoyaltyInspection, RoyaltyPeriod
from licenses.notices_licenses import CAPABILITY, WHY, recipients_of
from licenses.notices_licenses import url_of as license_url
from notifications import notices

LICENSEE, LICENSOR, BOTH = ("licensee",), ("licensor",), ("licensee", "licensor")
# event, who is told, the subject of the message
PERIODS = [
    ("close", LICENSEE, _("Report the sales of royalty period {number}")),
    ("reminded", LICENSEE, _("The royalty report {number} is due by {report_by}")),
    ("miss_report", BOTH, _("The royalty report {number} is late")),
    ("report", LICENSOR, _("A royalty report arrived: {number}")),
    ("question", LICENSEE, _("The licensor has a question about royalty report {number}")),
    ("correct", LICENSOR, _("A corrected royalty report arrived: {number}")),
    ("accept", LICENSEE, _("Pay the royalty of period {number}: {royalty}")),
    ("accept_nothing_due", LICENSEE, _("Royalty report {number} was accepted; nothing is due")),
    ("miss_payment", BOTH, _("The royalty of period {number} is late")),
    ("pay", LICENSOR, _("The royalty of period {number} was paid")),
]
INSPECTIONS = [
    ("announced", LICENSEE, _("The licensor announced an inspection of the books: {number}")),
    ("find", LICENSEE, _("Findings of inspection {number}: please answer")),
    ("agree", LICENSOR, _("The licensee agreed to the findings of inspection {number}")),
    ("dispute", LICENSOR, _("The licensee disputes the findings of inspection {number}")),
    ("call_off", LICENSEE, _("Inspection {number} was called off")),
]
LICENSES = [
    ("default", BOTH, _("License {number} is in default")),
    ("cure", BOTH, _("License {number} is no longer in default")),
    ("demanded", LICENSEE, _("The licensor demands what is late under license {number}")),
    ("terminate_for_breach", BOTH, _("License {number} was ended for breach")),
]


def _to(model, sides):
    def recipients(event):
        row = model.objects.select_related("license__licensor", "license__licensee").get(pk=event.subject_id)
        for side in sides:
            for membership in accounts.members_of(getattr(row.license, side), CAPABILITY[side]):
                yield membership.user_id, WHY[side]

    return recipients


def period_url(event) -> str:
    """The period's page."""
    return reverse("licenses:royalty_period", args=[event.subject_number])


def inspection_url(event) -> str:
    """The inspection's page."""
    return reverse("licenses:inspection", args=[event.subject_number])


def install() -> None:
    """Register every row of the tables."""
    for verb, sides, subject in PERIODS:
        _register(f"licenses.royaltyperiod.{verb}", _to(RoyaltyPeriod, sides), subject, period_url)
    for verb, sides, subject in INSPECTIONS:
        _register(f"licenses.royaltyinspection.{verb}", _to(RoyaltyInspection, sides), subject, inspection_url)
    for verb, sides, subject in LICENSES:
        _register(f"licenses.license.{verb}", recipients_of(sides), subject, license_url)


def _register(event: str, recipients, subject: str, url) -> None:
    notices.register(event, recipients=recipients, subject=subject, template="notices/licenses/royalty.txt", url=url)
