"""What the uptake pages show, made from the posted terms."""

from datetime import timedelta

from django.utils.translation import gettext as _

from accounts import rules as account_rules
from foundation.core.clock import database_now, end_of_local_day, local_date
from foundation.core.money import Money, in_capitals
from licenses.presentation.sentences import due_words, later_sentence, price_sentence, term_sentence
from licenses.services import instalments
from settlement.services import due_end

STEPS = ("terms", "details", "check", "pay", "done")


def steps(current: str) -> list[dict]:
    """The five steps of an uptake with their states for the strip under the bars."""
    labels = {
        "terms": _("Terms"),
        "details": _("Use"),
        "check": _("Check and sign"),
        "pay": _("Pay"),
        "done": _("License and certificate"),
    }
    place = STEPS.index(current)
    return [{"label": labels[key], "state": _state(index, place)} for index, key in enumerate(STEPS)]


def _state(index: int, place: int) -> str:
    if index < place:
        return "done"
    return "current" if index == place else "todo"


def identifier(organization) -> str:
    """The public identifier of a party: credit code or foreign registration; persons have none."""
    return organization.uscc or organization.foreign_registration


def basis(taken) -> str:
    """The legal basis of a version of the terms as it stands now, or of a license as it took effect."""
    return basis_label(statutory=taken.is_statutory)


def basis_label(*, statutory: bool) -> str:
    """Only what CNIPA announced is a statutory open license; else it is an offer under contract law."""
    return _("Statutory open license, Patent Law Art. 50") if statutory else _("Standing offer on the platform")


def terms_rows(declaration) -> list[dict]:
    """Patent and terms as posted: none of it can be changed by the licensee."""
    patent, terms = declaration.patent, declaration.current_terms
    return [
        {"label": _("Patent"), "value": patent.title, "note": patent.display_number},
        {"label": _("Patentee"), "value": declaration.patentee.display_name},
        {
            "label": _("Declaration"),
            "value": _("%(number)s, terms version %(version)s")
            % {"number": declaration.number, "version": terms.version},
            "note": basis(terms),
        },
        {"label": _("License"), "value": _("Ordinary (non-exclusive), within China"), "note": term_sentence(terms)},
        {"label": _("Price"), "value": price_sentence(terms)},
    ]


def check_sections(license) -> list[dict]:
    """The summary cards of the check page: what is fixed, who, and the notice's own answers."""
    return [
        {
            "title": _("Patent and terms"),
            "locked": _("Set by the declaration"),
            "rows": terms_rows(license.declaration),
        },
        {
            "title": _("Licensee"),
            "rows": [
                {
                    "label": _("Organization"),
                    "value": license.licensee.display_name,
                    "note": identifier(license.licensee),
                },
                *_group_row(license),
            ],
        },
        {
            "title": _("Use"),
            "change": True,
            "rows": [
                {"label": _("Intended use"), "value": license.intended_use},
                {"label": _("Place of use"), "value": license.place_of_use or _("Not stated")},
                {"label": _("Messages to"), "value": license.contact_email},
            ],
        },
    ]


def _group_row(license) -> list[dict]:
    """A license inside a group is not refused, but nobody takes it unseen."""
    if not account_rules.same_group(license.declaration.patentee, license.licensee):
        return []
    note = _("The relation is recorded and shown to the administration.")
    return [{"label": _("Group"), "value": _("Licensor and licensee belong to one group"), "note": note}]


def cost(declaration) -> dict:
    """The whole cost, zeros included, what of it is due on the notice, and the last moment to pay if sent now."""
    terms, now = declaration.current_terms, database_now()
    first, fee = terms.fee_on_notice, terms.fixed_total
    return {
        "fee": fee,
        "service_fee": Money(0),
        "papers_fee": Money(0),
        "total": fee,
        "capitals": in_capitals(fee) if fee else "",
        "price_sentence": price_sentence(terms),
        "later": later_sentence(terms),
        "first": first,
        "parts": part_rows(declaration, local_date(now)),
        "pay_by_at": end_of_local_day(local_date(now) + timedelta(days=terms.payment_days)) if first else None,
    }


def part_rows(declaration, today) -> list[dict]:
    """The instalments with their days if the notice is sent on a day (Shanghai) and paid on the last day for it."""
    terms = declaration.current_terms
    if not terms.offer.instalments:
        return []
    pay_by = today + timedelta(days=terms.payment_days)
    days = {"notice_on": today, "pay_by": pay_by, "effective_on": pay_by}
    dues = instalments.dues_under(terms, **days, expiry=declaration.patent.expiry_date)
    return [
        {"due": due, "words": due_words(part), "by": due_end(due.day)}
        for part, due in zip(terms.offer.instalments, dues, strict=True)
    ]
