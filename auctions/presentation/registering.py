"""What the pages of a registration show."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from auctions import commission
from auctions.lifecycle_parties import RegistrationState as R
from foundation import audit
from foundation.core.clock import database_now
from foundation.core.display import last_moment as deadline
from foundation.core.display import moment, money
from foundation.core.money import Money, in_capitals

STEPS = ("agreement", "check", "pay", "admitted")
ENDED = (R.LOST, R.DEPOSIT_RELEASED, R.LAPSED, R.DISQUALIFIED, R.WITHDRAWN)


def steps(current: str) -> list[dict]:
    """The four steps of a registration for the strip under the bars."""
    labels = {
        "agreement": _("Agreement and cost"),
        "check": _("Check and register"),
        "pay": _("Pay the deposit"),
        "admitted": _("Admitted with a paddle"),
    }
    place = STEPS.index(current)
    states = ["done"] * place + ["current"] + ["todo"] * (len(STEPS) - place - 1)
    return [{"label": labels[key], "state": state} for key, state in zip(STEPS, states, strict=True)]


def step_of(registration) -> str:
    """Where a registration stands in the strip."""
    return "pay" if registration.state in (R.APPLIED, R.QUALIFIED, R.DEPOSIT_PENDING) else "admitted"


def lot_rows(lot) -> list[dict]:
    """The lot and its times: what cannot be changed by the bidder."""
    session, floor = lot.session, lot.floor
    return [
        {"label": _("Lot"), "value": lot.title, "note": lot.number},
        {"label": _("What is sold"), "value": lot.get_subject_display()},
        {"label": pgettext("auction", "Seller"), "value": lot.seller.display_name},
        {"label": _("Start price"), "value": money(lot.start), "note": reserve_note(lot)},
        {"label": _("Increment"), "value": money(floor.increment_fen), "note": steps_note(floor)},
        {"label": _("Bidding"), "value": times(floor), "note": extension_note(floor)},
        {
            "label": _("Registration and deposit until"),
            "value": deadline(session.registration_until_at),
            "note": _("The deposit must have arrived by then; what arrives later goes back."),
        },
    ]


def times(floor) -> str:
    """From when until when bids are taken."""
    start, end = moment(floor.opens_at, zone=False), moment(floor.ends_at)
    return _("%(start)s to %(end)s") % {"start": start, "end": end}


def reserve_note(lot) -> str:
    """Whether there is a reserve; its amount is secret (Auction Law Arts. 28, 50)."""
    return _("with a secret reserve") if lot.has_reserve else _("no reserve: the start price is enough")


def steps_note(floor) -> str:
    """How many increments one bid may add."""
    if floor.max_steps is None:
        return ""
    return _("at most %(n)s increments in one bid") % {"n": floor.max_steps}


def extension_note(floor) -> str:
    """The rule of late bids in one sentence."""
    numbers = {"window": floor.window_seconds // 60, "extension": floor.extension_seconds // 60}
    return _("A valid bid in the last %(window)s minutes moves the end to %(extension)s minutes after it.") % numbers


def cost(lot) -> dict:
    """What registering costs now, and what buying would cost in addition."""
    deposit = Money(lot.floor.deposit_fen)
    return {
        "deposit": deposit,
        "capitals": in_capitals(deposit),
        "until": lot.session.registration_until_at,
        "commission": commission_lines(lot.season.commissions),
        "example_price": lot.start,
        "example": commission.buyer_commission(lot.start, lot.season.commissions),
    }


def commission_lines(tiers) -> list[str]:
    """The tiers of the buyer's commission in words."""
    lines, below = [], None
    for bound, rate in tiers:
        shown = percent(rate)
        if bound is None:
            line = _("%(rate)s of what lies above %(bound)s") if below else _("%(rate)s of the price")
            lines.append(line % {"rate": shown, "bound": money(below)})
        elif below is None:
            lines.append(_("%(rate)s of the first %(bound)s") % {"rate": shown, "bound": money(bound)})
        else:
            values = {"rate": shown, "low": money(below), "high": money(bound)}
            lines.append(_("%(rate)s of what lies between %(low)s and %(high)s") % values)
        below = bound
    return lines


def percent(rate: int) -> str:
    """Basis points as people write them: 3%, 2.5%."""
    return f"{Decimal(rate).scaleb(-2).normalize():f}%"


def consequence(registration) -> str:
    """What comes next, in one sentence."""
    until = deadline(registration.lot.session.registration_until_at)
    return {
        R.DEPOSIT_PENDING: _("Pay the deposit so that it arrives before %(until)s. Unpaid, the registration lapses.")
        % {"until": until},
        R.ADMITTED: _("You may bid from %(start)s on. Only your organization knows that this paddle is yours.")
        % {"start": moment(registration.lot.floor.opens_at)},
        R.WON: _("Your organization won the lot. The deposit counts toward the price."),
        R.LOST: _("The deposit goes back to the account it came from, within 24 hours."),
        R.DEPOSIT_RELEASED: _("The deposit went back to the account it came from."),
        R.LAPSED: _("The deposit did not arrive in time. Money that still comes goes back."),
        R.WITHDRAWN: _("The registration was withdrawn; the deposit goes back in full."),
        R.DISQUALIFIED: _("The registration was ended by the administration."),
    }.get(registration.state, "")


def rows(registration) -> list[dict]:
    """The facts of a registration for its party."""
    found = lot_rows(registration.lot)
    owed = registration.obligation
    if owed is not None:
        found.append({"label": _("Deposit"), "value": money(owed.amount), "note": _(owed.state_label)})
    if registration.priority_rank:
        note = _("may take the lead at the leader's own price")
        found.append({"label": _("First right"), "value": _("Rank %(n)s") % {"n": registration.priority_rank},
                      "note": note})  # fmt: skip
    found.append(
        {"label": _("Agreement accepted"), "value": moment(registration.agreed_at),
         "note": f"SHA-256 {registration.agreement_sha256}"}
    )  # fmt: skip
    return found


def list_rows(registrations) -> list[dict]:
    """The list of one's registrations, each with its next step."""
    return [
        {
            "registration": one,
            "title": one.lot.title,
            "deposit": one.obligation.amount if one.obligation_id else None,
            "until": one.lot.session.registration_until_at if step_of(one) == "pay" else None,
        }
        for one in registrations
    ]


def may_withdraw(registration, membership) -> bool:
    """Whether the button is shown: before the start, for those who bid."""
    waits = registration.state not in ENDED and registration.state != R.WON
    return waits and membership.may("bid") and database_now() < registration.lot.floor.opens_at


def entries(events) -> list[dict]:
    """The history of a registration for its party."""
    return [
        {"at": event.occurred_at, "title": audit.describe(event), "reason": event.reason, "filled": True}
        for event in events
    ]
