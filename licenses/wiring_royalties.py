"""What the royalty side answers for and listens to."""

from django.urls import reverse

from foundation import audit
from foundation.core import handlers
from foundation.core.marks import _
from licenses import invariants_royalties, notices_royalties, work_royalties
from licenses.models import License, RoyaltyInspection, RoyaltyPeriod
from licenses.services import royalty_payments, royalty_periods
from licenses.services.findings import COST_PURPOSE
from licenses.services.royalty_answers import PURPOSE


def obligation_url(obligation) -> str:
    """Where the period, or the inspection, of a royalty is shown."""
    period = RoyaltyPeriod.objects.filter(obligation=obligation).first()
    if period:
        return reverse("licenses:royalty_period", args=[period.number])
    inspection = RoyaltyInspection.objects.filter(obligation=obligation).first() or (
        RoyaltyInspection.objects.filter(cost_obligation=obligation).first()
    )
    if inspection:
        return reverse("licenses:inspection", args=[inspection.number])
    return reverse("licenses:license_detail", args=[License.objects.get(pk=obligation.ref_id).number])


def on_effective(event) -> None:
    """The first royalty period begins with the license."""
    royalty_periods.open_periods(license=License.objects.get(pk=event.subject_id))


def on_ended(event) -> None:
    """The running period ends with the license."""
    royalty_periods.end_periods(license=License.objects.get(pk=event.subject_id))


PERIOD_PHRASES = {
    "opened": _("Royalty period {number} began"),
    "close": _("Royalty period {number} is over; the report is due by {report_by}"),
    "reminded": _("The licensee was reminded of the report due by {report_by}"),
    "miss_report": _("The report did not come in time"),
    "report": _("The licensee reported {base}; royalty {royalty}"),
    "question": _("The licensor asked about version {version} of the report"),
    "correct": _("The licensee sent a corrected report: {base}; royalty {royalty}"),
    "accept": _("The report was accepted; {royalty} is owed"),
    "accept_nothing_due": _("The report was accepted; nothing is owed"),
    "miss_payment": _("The royalty of {royalty} did not come in time"),
    "pay": _("The royalty of {royalty} was paid"),
    "reopen": _("The bank took the royalty of {royalty} back; it is to be paid again"),
}
INSPECTION_PHRASES = {
    "announced": _("Inspection {number} was announced for {day}"),
    "find": _("Findings were recorded: {shortfall} more is owed; the inspection cost {cost}"),
    "agree": _("The licensee agreed to the findings"),
    "dispute": _("The licensee disputes the findings"),
    "call_off": _("The inspection was called off"),
}
LICENSE_PHRASES = {
    "default": _("License {number} is in default: {about} is late"),
    "cure": _("What was late came in; license {number} is no longer in default"),
    "demanded": _("The licensor demanded what is late; the license can be ended after {until}"),
}


def install() -> None:
    """Register everything; called once at start-up."""
    for purpose in (PURPOSE, COST_PURPOSE):
        handlers.register(f"obligation.paid:{purpose}", royalty_payments.on_royalty_paid)
        handlers.register(f"obligation.reopened:{purpose}", royalty_payments.on_royalty_reopened)
        handlers.register(f"obligation.url:{purpose}", obligation_url)
    handlers.register("my_work:licenses.royalties", work_royalties.items_for)
    audit.subscriptions.subscribe("licenses.license.effective", "licenses.royalty_begins", on_effective)
    for move in ("expire", "end_with_patent", "terminate", "terminate_for_breach"):
        audit.subscriptions.subscribe(f"licenses.license.{move}", "licenses.royalty_ends", on_ended)
    for kind, phrases in (
        ("royaltyperiod", PERIOD_PHRASES),
        ("royaltyinspection", INSPECTION_PHRASES),
        ("license", LICENSE_PHRASES),
    ):
        for verb, phrase in phrases.items():
            audit.phrases.register(f"licenses.{kind}.{verb}", phrase)
    notices_royalties.install()
    invariants_royalties.install()
