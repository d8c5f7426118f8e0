"""What somebody answered, section by section, for the check page and the task list."""

from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from foundation.core.display import money
from licenses.instalments import parts_of
from licenses.models import TermKind
from licenses.offers import INTERNAL_DECISION, PROMISES, Offer
from licenses.presentation.sentences import due_words
from licenses.pricing import BASE_LABELS, METHOD_LABELS, PERIOD_LABELS, Base, Method, Period


def percent(bp: int) -> str:
    """250 becomes 2.5%."""
    return f"{(Decimal(bp) / 100).normalize():f}%"


def sections(declaration, offer: Offer, titles) -> list[dict]:
    """The parts of the check page, each with its answers and the link that leads back there."""
    made = []
    for name in ("contact", "price", "term", "other", "promises", "summary"):
        url = reverse("licenses:declaration_section", args=[declaration.pk, name]) + "?then=check"
        rows = answer_rows(name, offer) or [{"label": str(titles[name]), "value": gettext("Not filled in")}]
        made.append({"title": str(titles[name]), "rows": [{**row, "change_url": url} for row in rows]})
    return made


def hint_of(name: str, offer: Offer) -> str:
    """What a finished section says, in a few words."""
    rows = answer_rows(name, offer)
    return "；".join(str(row["value"]).rstrip("。.") for row in rows[:2] if row["value"])[:80]


def answer_rows(name: str, offer: Offer) -> list[dict]:
    """The answers of a section, for the check page."""
    kept = offer.of(name)
    makers = {
        "contact": _contact_rows,
        "price": _price_rows,
        "term": _term_rows,
        "other": _other_rows,
        "promises": _promise_rows,
        "summary": _summary_rows,
    }
    return makers[name](kept) if kept else []


def _contact_rows(kept) -> list[dict]:
    contact = "，".join(filter(None, [kept.get("contact_name"), kept.get("contact_phone"), kept.get("contact_email")]))
    rows = [{"label": gettext("Contact (published)"), "value": contact}]
    if kept.get("agency_name"):
        rows.append(
            {"label": gettext("Patent agency"), "value": f"{kept['agency_name']} {kept.get('agency_code', '')}"}
        )
    return rows


def _price_rows(kept) -> list[dict]:
    method = Method(kept["method"])
    rows = [{"label": gettext("Payment method"), "value": gettext(METHOD_LABELS[method])}]
    if kept.get("lump_sum_fen"):
        rows.append({"label": gettext("Lump sum"), "value": money(kept["lump_sum_fen"]), "number": True})
    if kept.get("instalments"):
        rows.append({"label": gettext("Whole fee"), "value": money(kept["instalments_total_fen"]), "number": True})
    for part in parts_of(kept):
        label = gettext("Instalment %(no)s") % {"no": part.no}
        rows.append({"label": label, "value": money(part.amount_fen), "note": due_words(part), "number": True})
    if kept.get("entry_fee_fen"):
        rows.append({"label": gettext("Entry fee"), "value": money(kept["entry_fee_fen"]), "number": True})
    if kept.get("royalty_bp"):
        text = gettext("%(rate)s of %(base)s, %(period)s") % {
            "rate": percent(kept["royalty_bp"]),
            "base": gettext(BASE_LABELS[Base(kept["royalty_base"])]).lower(),
            "period": gettext(PERIOD_LABELS[Period(kept["royalty_period"])]).lower(),
        }
        rows.append({"label": gettext("Royalty"), "value": text})
    for name, label in (
        ("royalty_minimum_fen", gettext("At least in each period")),
        ("royalty_cap_fen", gettext("At most in all")),
    ):
        if kept.get(name):
            rows.append({"label": label, "value": money(kept[name]), "number": True})
    rows.append({"label": gettext("Basis of the fee"), "value": kept.get("explanation") or "—"})
    if kept.get("ceiling_reason"):
        rows.append({"label": gettext("Reasons for a fee above the ceiling"), "value": kept["ceiling_reason"]})
    return rows


def _term_rows(kept) -> list[dict]:
    length = (
        ngettext("%(n)s year from effect", "%(n)s years from effect", kept["term_years"]) % {"n": kept["term_years"]}
        if kept["term_kind"] == "years"
        else str(TermKind(kept["term_kind"]).label)
    )
    return [
        {"label": gettext("Offer open until"), "value": kept["offer_until"], "number": True},
        {"label": gettext("Each license lasts"), "value": length},
    ]


def _other_rows(kept) -> list[dict]:
    labels = {
        "other_matters": _("Other matters"),
        "own_use": _("Own exploitation (not published)"),
        "earlier_licenses": _("Licenses already given (not published)"),
    }
    rows = [{"label": str(label), "value": kept[name]} for name, label in labels.items() if kept.get(name)]
    return rows or [{"label": gettext("Other matters"), "value": gettext("None")}]


def _promise_rows(kept) -> list[dict]:
    given = [text for name, text in (*PROMISES, INTERNAL_DECISION) if kept.get(name) is True]
    return [{"label": gettext("Promises"), "value": gettext("%(n)d promises given") % {"n": len(given)}}]


def _summary_rows(kept) -> list[dict]:
    rows = [{"label": gettext("In plain words"), "value": kept.get("summary_zh_hans") or kept.get("summary_en") or "—"}]
    if kept.get("readiness_level"):
        rows.append({"label": gettext("Technology readiness level"), "value": f"TRL {kept['readiness_level']}"})
    return rows
