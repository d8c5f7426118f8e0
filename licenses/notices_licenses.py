"""Who is told about licenses."""

from django.urls import reverse

from accounts import queries as accounts
from foundation.core.marks import _
from licenses.models import License
from notifications import notices

LICENSEE, LICENSOR = _("Your organization takes this license."), _("Your organization grants this license.")

# event, who is told, the subject of the message
TABLE = [
    ("deliver", ("licensor",), _("A notice arrived: {number}")),
    ("invoice", ("licensee",), _("Pay the fee of license {number}")),
    ("effective", ("licensee", "licensor"), _("License {number} is in effect")),
    ("hold", ("licensee",), _("License {number} waits for the end of a suspension")),
    ("give_up", ("licensee",), _("The fee of license {number} goes back")),
    ("lapse", ("licensee", "licensor"), _("Notice {number} lapsed unpaid")),
    ("expire", ("licensee", "licensor"), _("License {number} has ended with its term")),
    ("end_with_patent", ("licensee", "licensor"), _("License {number} has ended with the patent")),
    ("terminate", ("licensee", "licensor"), _("License {number} was ended by the licensee")),
]
CAPABILITY = {"licensee": "take_license", "licensor": "declare"}
WHY = {"licensee": LICENSEE, "licensor": LICENSOR}


def recipients_of(sides):
    """Who receives the message about an event: the members of these sides who deal with licenses."""

    def recipients(event):
        license = License.objects.select_related(*sides).get(pk=event.subject_id)
        for side in sides:
            organization = getattr(license, side)
            for membership in accounts.members_of(organization, CAPABILITY[side]):
                yield membership.user_id, WHY[side]

    return recipients


def url_of(event) -> str:
    """The license's page."""
    return reverse("licenses:license_detail", args=[event.subject_number])


def install() -> None:
    """Register every row of the table, and that of the certificate."""
    notices.register(
        "documents.certificate.issued",
        recipients=recipients_of(("licensee", "licensor")),
        subject=_("Certificate {certificate} of license {number} was issued"),
        template="notices/licenses/certificate.txt",
        url=url_of,
    )
    for verb, sides, subject in TABLE:
        notices.register(
            f"licenses.license.{verb}",
            recipients=recipients_of(sides),
            subject=subject,
            template="notices/licenses/license.txt",
            url=url_of,
        )
