"""How declarations are shown: price and terms in words, task list, answers, what a licensee gets."""

from decimal import Decimal

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from accounts.rules import can
from foundation import audit
from foundation.core.display import day, money
from licenses.models import Declaration, TermKind, TermsVersion
from licenses.offers import Offer
from licenses.presentation.answers import percent
from licenses.presentation.sentences import due_words
from licenses.pricing import BASE_LABELS, DAYS_PER_YEAR, METHOD_LABELS, PERIOD_LABELS, Base, Method, Period


def price_lines(terms: TermsVersion) -> dict:
    """The three lines of a price: figure, method, per year."""
    method = Method(terms.method)
    if method is Method.FREE:
        return {"free": True, "amount": None, "method": gettext("Nothing to pay"), "per_year": ""}
    if method is Method.LUMP_SUM:
        return {"free": False, "amount": terms.lump_sum, "method": gettext(METHOD_LABELS[method]), "per_year": ""}
    if method is Method.INSTALMENTS:
        return {"free": False, "amount": terms.fixed_total, "method": in_parts(terms), "per_year": ""}
    text = gettext("and %(rate)s of %(base)s") % {
        "rate": percent(terms.royalty_bp),
        "base": gettext(BASE_LABELS[Base(terms.royalty_base)]).lower(),
    }
    return {"free": False, "amount": terms.entry_fee, "method": text, "per_year": ""}


def in_parts(terms: TermsVersion) -> str:
    """The method of a fee in instalments, with their number."""
    return gettext("in %(n)s instalments") % {"n": len(terms.offer.instalments)}


def price_of(declaration: Declaration) -> dict:
    """The price of an open declaration, with the fixed fee per year."""
    lines = price_lines(declaration.current_terms)
    if not lines["free"]:
        amount = money(declaration.annual_price_fen)
        template = (
            gettext("entry fee %(amount)s a year")
            if lines["method"] and declaration.current_terms.has_royalty
            else gettext("%(amount)s a year")
        )
        lines["per_year"] = template % {"amount": amount}
    return lines


def term_short(terms: TermsVersion) -> str:
    """How long a license lasts."""
    if terms.term_kind == TermKind.YEARS:
        return ngettext("%(n)d year", "%(n)d years", terms.term_years) % {"n": terms.term_years}
    return str(TermKind(terms.term_kind).label)


def years_left(expiry, today) -> tuple[str, Decimal]:
    """("14.2 years", 14.2): the remaining life of a patent."""
    days = Decimal(max(0, (expiry - today).days + 1))
    left = (days / DAYS_PER_YEAR).quantize(Decimal("0.1"))
    return gettext("%(n)s years") % {"n": left}, left


def terms_rows(declaration: Declaration) -> list[dict]:
    """The rows of the terms box."""
    terms = declaration.current_terms
    rows = [
        {"label": gettext("Kind of license"), "value": gettext("Ordinary license")},
        {
            "label": gettext("License term"),
            "value": gettext("%(term)s from effect") % {"term": term_short(terms)}
            if terms.term_kind == TermKind.YEARS
            else term_short(terms),
        },
        {"label": gettext("Territory"), "value": gettext("China")},
        {
            "label": gettext("Payment term"),
            "value": gettext("within %(n)s days after the notice") % {"n": terms.payment_days}
            if terms.fee_on_notice
            else gettext("nothing due on the notice"),
        },
        {"label": gettext("Offer open until"), "value": day(terms.offer_until)},
    ]
    for part in reversed(terms.offer.instalments):
        label = gettext("Instalment %(no)s") % {"no": part.no}
        rows.insert(4, {"label": label, "value": money(part.amount_fen), "note": due_words(part)})
    if terms.has_royalty:
        report = gettext(PERIOD_LABELS[Period(terms.royalty_period)])
        rows.insert(3, {"label": gettext("Royalty reports"), "value": report})
    rows.append({"label": gettext("Fee of the platform"), "value": money(0)})
    return rows


def list_tabs(own, group: str, groups) -> list[dict]:
    """The tabs of "my declarations" with their counts, in one query."""
    found = {row["state"]: row["n"] for row in own.order_by().values("state").annotate(n=Count("pk"))}
    labels = {
        "": gettext("All"),
        "drafts": gettext("To work on"),
        "review": gettext("Under review"),
        "open": gettext("Open"),
        "ended": gettext("Ended"),
    }
    here = reverse("licenses:declaration_list")
    return [
        {
            "label": label,
            "url": f"{here}?group={name}" if name else here,
            "current": name == group,
            "count": sum(n for state, n in found.items() if not name or state in groups[name]),
        }
        for name, label in labels.items()
    ]


def patent_rows(declaration: Declaration) -> list[dict]:
    """What the number brought along."""
    patent = declaration.patent
    return [
        {"label": gettext("Patent number"), "value": patent.display_number, "number": True},
        {"label": gettext("Title"), "value": patent.title},
        {"label": gettext("Kind of patent"), "value": patent.get_kind_display()},
        {"label": gettext("IPC"), "value": "; ".join(patent.ipc) or patent.locarno or "—"},
        {"label": gettext("Filed / granted"), "value": f"{day(patent.filing_date)} / {day(patent.grant_date)}"},
        {"label": gettext("Last day of term"), "value": day(patent.expiry_date)},
        {"label": gettext("Patentees"), "value": patent.holder_names},
    ]


def owner_rows(declaration: Declaration, offer: Offer) -> list[dict]:
    """The owners, and whether each agreed to what is offered now."""
    signed = {
        consent.ownership_id: consent
        for consent in declaration.consents.filter(purpose="declare", revoked_at=None).select_related("document")
    }
    made = []
    for share in declaration.patent.current_owners():
        consent = signed.get(share.pk)
        current = consent is not None and consent.terms_digest == offer.digest
        is_self = share.organization_id == declaration.patentee_id
        made.append(
            {
                "share": share,
                "is_self": is_self,
                "state": "signed" if is_self or current else "outdated" if consent else "missing",
                "signed_at": consent.signed_at if consent else None,
                "online": share.organization_id is not None,
            }
        )
    return made


def actions(declaration: Declaration, membership) -> list[dict]:
    """The buttons of the task list and of my declaration."""
    lawful = {action.name: action.label for action in audit.actions_for(membership, declaration)}
    urls = {
        "take_back": "licenses:declaration_take_back",
        "request_withdrawal": "licenses:declaration_withdrawal",
        "cancel_withdrawal": "licenses:declaration_withdrawal_cancel",
        "adopt": "licenses:declaration_adopt",
    }
    made = [
        {"label": lawful[name], "url": reverse(route, args=[declaration.pk]), "tone": ""}
        for name, route in urls.items()
        if name in lawful
    ]
    if declaration.permits("begin_again") and can(membership, "declare", declaration.patentee):
        url = reverse("licenses:declaration_begin_again", args=[declaration.pk])
        made.append({"label": gettext("Begin again with these entries"), "url": url, "tone": "primary"})
    if declaration.permits("delete") and not declaration.number:
        url = reverse("licenses:declaration_discard", args=[declaration.pk])
        made.append({"label": gettext("Delete the draft"), "url": url, "tone": "danger"})
    return made
