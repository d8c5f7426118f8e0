"""Who is told about distributions of income and invoices."""

from django.urls import reverse

from accounts import queries as accounts
from foundation.core.marks import _
from notifications import notices
from settlement.models import Distribution, DistributionLine, Invoice

INSTITUTION, INVENTOR = _("Your institution distributes this income."), _("You are an inventor of this patent.")
SELLER, BUYER = _("Your organization issues this invoice."), _("Your organization receives this invoice.")

# event, who is told, the subject of the message
TABLE = [
    ("distribution.computed", ("institution",), _("An income of {amount} is to be distributed")),
    ("distribution.publish", ("inventors",), _("The distribution of an income is in notice: look at your share")),
    ("distribution.object", ("institution",), _("Somebody objected to a distribution of income")),
    ("distribution.dismiss", ("inventors",), _("The objection was answered; the notice goes on")),
    ("distribution.agree", ("institution", "inventors"), _("The notice ended; the distribution is agreed")),
    ("distribution.pay", ("institution", "inventors"), _("The distribution of {amount} was paid out")),
    ("invoice.requested", ("issuer",), _("An invoice over {amount} was asked for")),
    ("invoice.issue", ("buyer",), _("The invoice over {amount} was issued")),
    ("invoice.reverse", ("buyer",), _("The invoice was reversed by a red-letter invoice")),
]


def _recipients(sides):
    def recipients(event):
        for side in sides:
            yield from FINDERS[side](event)

    return recipients


def _institution(event):
    row = Distribution.objects.get(pk=event.subject_id)
    for member in accounts.members_of(row.institution_id, "manage_portfolio"):
        yield member.user_id, INSTITUTION


def _inventors(event):
    people = DistributionLine.objects.filter(distribution=event.subject_id, user__isnull=False)
    for user_id in people.order_by().values_list("user_id", flat=True).distinct():
        yield user_id, INVENTOR


def _issuer(event):
    invoice = Invoice.objects.select_related("issuer").get(pk=event.subject_id)
    capability = "settle" if invoice.issuer.kind == "administration" else "declare"
    for member in accounts.members_of(invoice.issuer_id, capability):
        yield member.user_id, SELLER


def _buyer(event):
    for member in accounts.members_of(Invoice.objects.get(pk=event.subject_id).buyer_id, "see_money"):
        yield member.user_id, BUYER


FINDERS = {"institution": _institution, "inventors": _inventors, "issuer": _issuer, "buyer": _buyer}


def url_of(event) -> str:
    """The page of the distribution or the invoice. Inventors without a right to the page find their income there."""
    if event.subject_kind == Invoice._meta.label_lower:
        return reverse("settlement:invoice", args=[event.subject_number])
    return (
        reverse("settlement:my_income")
        if event.name.endswith((".agree", ".pay"))
        else reverse("settlement:distribution", args=[event.subject_number])
    )


def install() -> None:
    """Register every row of the table."""
    for verb, sides, subject in TABLE:
        notices.register(
            f"settlement.{verb}",
            recipients=_recipients(sides),
            subject=subject,
            template="notices/settlement/income.txt",
            url=url_of,
        )
