"""The public view of a license's certificate: partial data, present state (no login needed)."""

from django.utils.translation import gettext as _

from foundation import audit
from foundation.core.actors import SYSTEM
from foundation.core.display import day
from foundation.core.refs import Ref
from foundation.documents.presentation import CertificateView, Row
from licenses.lifecycle import ACTIVE, LicenseState
from licenses.models import License
from licenses.presentation.uptake import basis

SHOWN_BEGINS, SHOWN_ENDS = 3, 2
FORM_LENGTH = 4  # 有限公司
LONG_NAME = 8


def masked(name: str, *, is_person: bool = False) -> str:
    """A name that its holder recognizes and a stranger does not: the first characters and the form stay.

    Of a name in letters the last word stays (``Tes*** Ltd.``), of a person the first character only.
    """
    if is_person:
        return f"{name[:1]}{'***' if name.isascii() else '＊＊'}"
    if name.isascii():
        words = name.split()
        short = len(name) <= LONG_NAME or len(words) == 1
        return f"{name[:1]}***" if short else f"{name[:SHOWN_BEGINS]}*** {words[-1]}"
    if len(name) <= 2 * SHOWN_ENDS:
        return name[:1] + "＊＊"
    keep_end = FORM_LENGTH if len(name) > LONG_NAME else SHOWN_ENDS
    return f"{name[:SHOWN_BEGINS]}＊＊＊{name[-keep_end:]}"


def certificate_view(certificate) -> CertificateView:
    """The answer for the check page, read from the license as it stands now."""
    license = License.objects.select_related("patent", "licensor", "licensee", "terms_version", "declaration").get(
        pk=certificate.subject_id
    )
    state, headline = _state_of(license)
    return CertificateView(
        state=state,
        headline=headline,
        summary=_summary(license),
        rows=_rows(license),
        history=_history(license),
        reason=license.state_label if state == "terminated" else "",
    )


def _state_of(license) -> tuple[str, str]:
    if license.state in ACTIVE:
        return "valid", _("Certificate valid")
    if license.state == LicenseState.EXPIRED:
        return "expired", _("License expired")
    return "terminated", _("License ended early")


def _summary(license) -> str:
    until = day(license.ends_on)
    if license.state in ACTIVE:
        return _("License in effect until %s") % until
    ended = day(license.state_since)
    return _("The license ended on %s") % ended


def _rows(license) -> list[Row]:
    patent, party = license.patent, license.licensee
    code = (party.uscc or party.foreign_registration or "")[-4:]
    return [
        Row(_("Patent"), patent.title, f"{patent.display_number} · {patent.get_kind_display()}"),
        Row(_("Licensor"), license.licensor.display_name),
        Row(
            _("Licensee"),
            masked(party.display_name, is_person=party.kind == "person"),
            _("Last four of the credit code: %s") % code if code else "",
        ),
        Row(_("Kind of license"), _("Ordinary license"), narrow=True),
        Row(_("Territory"), _("China"), narrow=True),
        Row(_("In effect from"), day(license.starts_on), narrow=True),
        Row(_("Last day"), day(license.ends_on), narrow=True),
        Row(_("Fee on the notice"), _("Paid in full") if license.fee_fen else _("None due"), narrow=True),
        Row(
            _("Declaration"),
            f"{license.declaration.number} v{license.terms_version.version}",
            narrow=True,
        ),
        Row(_("Legal basis"), basis(license)),
    ]


def _history(license) -> list[tuple]:
    shown = (
        "licenses.license.effective",
        "licenses.license.expire",
        "licenses.license.terminate",
        "licenses.license.end_with_patent",
    )
    events = audit.timeline(Ref.of(license), viewer=SYSTEM).filter(name__in=shown)
    return [(event.occurred_at, audit.describe(event)) for event in events]
