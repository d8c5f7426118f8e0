"""What the license side answers for and listens to."""

from django.urls import reverse

from foundation import audit
from foundation.core import handlers
from foundation.core.marks import _
from licenses import invariants_licenses, notices_licenses, rules_licenses, work_licenses
from licenses.lifecycle import ACTIVE, LicenseState
from licenses.models import License
from licenses.presentation.certificate import certificate_view
from licenses.queries import licenses
from licenses.queries.instalments import PURPOSE as INSTALMENT
from licenses.services import breach, endings, income, papers, payments
from licenses.services.uptakes import PURPOSE


def obligation_url(obligation) -> str:
    """Where the fee's license is shown."""
    return reverse("licenses:license_detail", args=[License.objects.get(obligation=obligation).number])


def instalment_url(obligation) -> str:
    """The same for a later instalment, which belongs to a license that is in effect."""
    license = License.objects.filter(pk=obligation.ref_id).first()
    return reverse("licenses:license_detail", args=[license.number]) if license else ""


def on_effective(event) -> None:
    """Contract and certificate are made after the commit."""
    papers.make_papers(license=License.objects.get(pk=event.subject_id))


def on_reopened(event) -> None:
    """A suspension ended: fees that waited bring their licenses into effect."""
    payments.resume_held(declaration_id=event.subject_id)


def on_declaration_ended(event) -> None:
    """A suspended offer ended for good: fees that waited go back."""
    for license in License.objects.filter(declaration=event.subject_id, state=LicenseState.ON_HOLD):
        endings.give_up_held(license=license)


def on_patent_ended(event) -> None:
    """The offer ended with its patent: so do the licenses (Civil Code Art. 865)."""
    reason = event.reason or "patent ended"
    for license in License.objects.filter(declaration=event.subject_id, state__in=ACTIVE):
        endings.end_with_patent(license=license, reason=reason)


handlers.register(f"obligation.paid:{PURPOSE}", payments.on_fee_paid)
handlers.register(f"obligation.url:{PURPOSE}", obligation_url)
handlers.register(f"obligation.may_release:{PURPOSE}", payments.may_release)
handlers.register(f"obligation.paid:{INSTALMENT}", breach.on_instalment_paid)
handlers.register(f"obligation.reopened:{INSTALMENT}", breach.on_instalment_reopened)
handlers.register(f"obligation.url:{INSTALMENT}", instalment_url)
handlers.register(f"invoice.component:{PURPOSE}", income.component_of)
for purpose in income.PURPOSES:
    handlers.register(f"income.source:{purpose}", income.source_of)
handlers.register("certificate.view:licenses.license", certificate_view)
handlers.register("license.counts", licenses.licensee_counts)
handlers.register("my_work:licenses.licenses", work_licenses.items_for)

audit.subscriptions.subscribe("licenses.license.effective", "licenses.papers", on_effective)
for move in ("cure", "reinstate", "adopt", "cancel_withdrawal", "refuse_withdrawal"):
    audit.subscriptions.subscribe(f"licenses.declaration.{move}", "licenses.resume", on_reopened)
for move in ("announce_withdrawal", "expire", "terminate"):
    audit.subscriptions.subscribe(f"licenses.declaration.{move}", "licenses.give_up", on_declaration_ended)
audit.subscriptions.subscribe("licenses.declaration.terminate", "licenses.end_with_patent", on_patent_ended)

PHRASES = {
    "deliver": _("Notice {number} was delivered to the patentee"),
    "invoice": _("Payment of {amount} was asked for, reference {obligation}"),
    "effective": _("License {number} took effect"),
    "hold": _("The fee arrived and waits: the declaration is suspended"),
    "give_up": _("The suspension was not ended in time; the fee goes back in full"),
    "lapse": _("The notice lapsed: the fee was not paid in time"),
    "expire": _("License {number} ended with its term"),
    "end_with_patent": _("License {number} ended with the patent"),
    "terminate": _("The licensee ended license {number}"),
    "terminate_for_breach": _("The licensor ended license {number} for breach"),
}
for verb, phrase in PHRASES.items():
    audit.phrases.register(f"licenses.license.{verb}", phrase)
audit.phrases.register("documents.certificate.issued", _("Certificate {certificate} was issued"))

rules_licenses.install()
notices_licenses.install()
invariants_licenses.install()
