"""PDFs of an inventor's part and of an invoice's record; both languages on one sheet."""

from django.conf import settings
from django.utils.translation import gettext, override

from foundation.core.clock import stamp
from foundation.core.money import in_capitals
from foundation.documents import rendering
from settlement import presentation_income, presentation_invoices
from settlement.models import DistributionLine, Invoice
from settlement.services.income_policies import percent

LANGUAGES = ("zh-hans", "en")


def _both(make) -> tuple:
    """The same made in Chinese and in English."""
    found = []
    for language in LANGUAGES:
        with override(language):
            found.append(make())
    return tuple(found)


def _rows(make) -> list[dict]:
    """Rows of a summary list as the sheet's facts."""
    chinese, english = _both(make)
    return [
        {"zh": str(zh["label"]), "en": str(en["label"]), "value": str(zh["value"]), "value_en": str(en["value"])}
        for zh, en in zip(chinese, english, strict=True)
    ]


def _site() -> str:
    return f"{settings.KAIXU_PROVINCE['zh']} · {settings.KAIXU_PUBLIC_URL}"


def inventor_statement(line: DistributionLine) -> bytes:
    """What an inventor gets of one income, how it was computed, and the tax hint."""
    distribution = line.distribution

    def own() -> list[dict]:
        rows = [
            {"label": gettext("Institution"), "value": distribution.institution.display_name},
            {"label": gettext("Inventor"), "value": line.name},
            *presentation_income.facts(distribution),
            {"label": gettext("Item of the distribution"), "value": line.get_kind_display()},
            {"label": gettext("State"), "value": gettext(distribution.state_label)},
            {"label": gettext("Amount"), "value": str(line.amount)},
        ]
        counted = presentation_income.wage_part(line) if line.kind == "inventor" else None
        if counted is not None:
            rows.append({"label": gettext("Of it counted as wage income"), "value": str(counted)})
        return rows

    data = {
        "number": line.number,
        "site": _site(),
        "facts": _rows(own),
        "amount": str(line.amount),
        "capitals": in_capitals(line.amount),
        "demo": settings.KAIXU_DEMO,
    }
    return rendering.render(template="settlement/income", data=data, made_at=distribution.state_since)


def invoice_record(invoice: Invoice) -> bytes:
    """Head and lines of an invoice as the platform knows them."""
    chinese, english = _both(lambda: presentation_invoices.line_rows(invoice))
    lines = [
        {
            "zh": zh["component"],
            "en": en["component"],
            "obligation": zh["line"].obligation.number,
            "net": str(zh["line"].net),
            "rate": "0 %" if zh["why"] else f"{percent(zh['line'].rate_bp)} %",
            "vat": str(zh["line"].vat),
            "gross": str(zh["line"].gross),
            "why_zh": zh["why"],
            "why_en": en["why"],
        }
        for zh, en in zip(chinese, english, strict=True)
    ]
    state = _both(lambda: gettext(invoice.state_label))
    data = {
        "number": invoice.number,
        "site": _site(),
        "facts": _rows(lambda: presentation_invoices.facts(invoice)),
        "lines": lines,
        "net": str(invoice.net),
        "vat": str(invoice.vat),
        "gross": str(invoice.gross),
        "capitals": in_capitals(invoice.gross),
        "state": " ".join(state),
        "red": invoice.is_red,
        "demo": settings.KAIXU_DEMO,
    }
    return rendering.render(template="settlement/invoice", data=data, made_at=invoice.state_since or stamp())
