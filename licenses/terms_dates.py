"""How long one license runs (pure; domain: the offer's end and the license's term are two things)."""

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta


def license_end(*, starts_on: date, term_kind: str, term_years: int | None, offer_until: date, expiry: date) -> date:
    """The last day of a license, never after the patent's last day (Civil Code Art. 865).

    `term_kind` is `years`, `until_offer_end` or `until_expiry`.
    """
    if term_kind == "years":
        wanted = starts_on + relativedelta(years=term_years) - timedelta(days=1)
    elif term_kind == "until_offer_end":
        wanted = offer_until
    else:
        wanted = expiry
    return min(wanted, expiry)
