"""What happens when a license takes effect: term, certificate, encumbrance, later instalments."""

from foundation import audit
from foundation.core.actors import SYSTEM
from foundation.core.clock import local_date
from foundation.core.refs import Ref
from foundation.documents import services as documents
from licenses.certificates import certificate_facts
from licenses.services import instalments
from licenses.terms_dates import license_end
from patents import encumbrances


def end_of(license, *, starts_on):
    """The last day of a license that starts on a day, by the terms it was taken under."""
    terms = license.terms_version
    return license_end(
        starts_on=starts_on,
        term_kind=terms.term_kind,
        term_years=terms.term_years,
        offer_until=terms.offer_until,
        expiry=license.patent.expiry_date,
    )


def take_effect(*, license, move, now, paid_at=None):
    """Bring a license into effect at `now` (aware, the later of notice and payment).

    `move` is `activate` (nothing to pay), `pay` or `resume` (after a suspension). The caller holds
    the license's row lock and a shared lock on its declaration.
    """
    starts_on = local_date(now)
    ends_on = end_of(license, starts_on=starts_on)
    fields = {
        "effective_at": now,
        "starts_on": starts_on,
        "ends_on": ends_on,
        "statutory_at_effect": license.terms_version.is_statutory,
    }
    if paid_at:
        fields["paid_at"] = paid_at
    license = audit.advance(
        license,
        move,
        actor=SYSTEM,
        now=now,
        parties=license.party_ids,
        name="licenses.license.effective",
        set=fields,
        data={
            "declaration": license.declaration.number,
            "patent": license.patent.number,
            "starts_on": starts_on.isoformat(),
            "ends_on": ends_on.isoformat(),
        },
    )
    encumbrances.place(
        license.patent,
        "ordinary_license",
        basis=Ref.of(license),
        actor=SYSTEM,
        until=ends_on,
        now=now,
    )
    instalments.ask_for_the_rest(license=license)
    documents.issue_certificate(subject=Ref.of(license), facts=certificate_facts(license), actor=SYSTEM, now=now)
    return license
