"""A fee in instalments: the first is asked for with the notice, the others when the license is in effect.

Only then their days are known, and only then they are owed at all: an unpaid notice lapses without cost.
"""

from datetime import date, datetime, timedelta

from django.db import transaction

from foundation.core.actors import SYSTEM
from foundation.core.clock import local_date
from foundation.core.refs import Ref
from foundation.core.workdays import add_workdays
from licenses import instalments
from licenses.instalments import Due
from licenses.models import License, TermsVersion
from licenses.queries.instalments import PURPOSE, later_of
from licenses.terms_dates import license_end
from settlement import services as settlement
from settlement.models import Obligation

FIRST_PURPOSE = "license.fee"
WORKDAYS_TO_PAY = 5  # at least so many from the effect on, where a day has passed by then
MOMENT = timedelta(microseconds=1)


def dues_under(terms: TermsVersion, *, notice_on: date, pay_by: date, effective_on: date, expiry: date) -> list[Due]:
    """The plan of payment for a license under these terms; days in Shanghai, before they move to working days."""
    ends_on = license_end(
        starts_on=effective_on,
        term_kind=terms.term_kind,
        term_years=terms.term_years,
        offer_until=terms.offer_until,
        expiry=expiry,
    )
    soonest = add_workdays(effective_on, WORKDAYS_TO_PAY)
    return instalments.plan(
        terms.offer.instalments,
        notice_on=notice_on,
        pay_by=pay_by,
        effective_on=effective_on,
        soonest=soonest,
        ends_on=ends_on,
    )


def dues_of(license: License, pay_by_at: datetime | None = None) -> list[Due]:
    """The plan of a license that was noticed: by its effect, before that by the last day it can take effect on."""
    pay_by = local_date((pay_by_at or license.pay_by_at) - MOMENT)
    return dues_under(
        license.terms_version,
        notice_on=local_date(license.notice_delivered_at),
        pay_by=pay_by,
        effective_on=license.starts_on or pay_by,
        expiry=license.patent.expiry_date,
    )


def ask_for_first(*, license: License, pay_by_at: datetime) -> Obligation:
    """Open the plan of payment and ask for its first part, by a moment (UTC). Inside the notice's transaction."""
    return _open(license, pay_by_at, only=1).obligations.get(position=1)


def ask_for_the_rest(*, license: License) -> None:
    """The license is in effect: its later instalments are owed, each by its day. Inside the effect's transaction."""
    if license.terms_version.offer.instalments:
        _open(license, license.pay_by_at)


def _open(license: License, pay_by_at: datetime, only: int | None = None):
    parts = [
        settlement.Part(
            amount=due.amount,
            due_date=due.day,
            label=license.patent.title_zh_hans,
            purpose=FIRST_PURPOSE if due.no == 1 else "",
            due_at=pay_by_at if due.no == 1 else None,
        )
        for due in dues_of(license, pay_by_at)
    ]
    return settlement.open_schedule(
        purpose=PURPOSE,
        ref=Ref.of(license),
        debtor=license.licensee,
        creditor=license.licensor,
        parts=parts,
        key=f"{FIRST_PURPOSE}:{license.pk}",
        actor=SYSTEM,
        only=only,
    )


@transaction.atomic
def call_off(*, license: License, reason: str, now: datetime) -> int:
    """Nothing more falls due: the open instalments whose day lies ahead are cancelled; how many.

    What was paid on one of them in part goes back first; what is late stays owed (Civil Code Art. 566).
    """
    ahead = later_of(license).filter(state="open", due_at__gt=now).order_by("pk")
    for obligation in ahead:
        if obligation.allocated:
            settlement.refund_obligation(obligation=obligation, actor=SYSTEM, reason=reason)
        settlement.cancel_obligation(obligation=obligation, actor=SYSTEM, reason=reason, now=now)
    return len(ahead)
