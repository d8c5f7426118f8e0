"""How patents are shown: rows of lists, chips, timelines, exports."""

from urllib.parse import urlencode

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import history as accounts_history
from foundation.core import handlers
from foundation.core.display import day
from patents.listing import FACETS, Params
from patents.models import LegalStatus, Patent, PatentKind
from patents.register_facts import source_label

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EXPORTED = (
    _("Patent number"), _("Title (Chinese)"), _("Title (English)"), _("Patent kind"), _("IPC"), _("Patentees"),
    _("City"), _("Filing date"), _("Grant date"), _("Last day of term"), _("Legal status"), _("Annual fee"),
)  # fmt: skip


def export_header() -> list[str]:
    """The header row of an export."""
    return [str(name) for name in EXPORTED]


def export_row(patent: Patent) -> list:
    """One patent of an export."""
    return [
        patent.display_number, patent.title_zh_hans, patent.title_en, patent.get_kind_display(), "; ".join(patent.ipc),
        patent.holder_names, patent.city.name if patent.city_id else "", patent.filing_date, patent.grant_date,
        patent.expiry_date, patent.get_legal_status_display(), patent.get_annual_fee_status_display(),
    ]  # fmt: skip


def chips(params: Params, url: str) -> list[dict]:
    """What is set, each with the address without it."""
    labels = {**dict(PatentKind.choices), **dict(LegalStatus.choices)}
    set_now = [(name, value) for name in FACETS for value in getattr(params, name)]
    set_now += [(name, getattr(params, name)) for name in ("q", "holder") if getattr(params, name)]
    made = []
    for chosen in set_now:
        rest = urlencode([pair for pair in set_now if pair != chosen])
        text = gettext("IPC section %(section)s") % {"section": chosen[1]} if chosen[0] == "section" else chosen[1]
        made.append({"label": str(labels.get(chosen[1], text)), "remove_url": f"{url}?{rest}" if rest else url})
    return made


def bibliography(patent: Patent) -> list[dict]:
    """The bibliographic data for the summary list."""
    days = patent.term_compensation_days
    other = patent.title_en if patent.title_language == "zh-Hans" else patent.title_zh_hans
    named, language = (_("Title (English)"), "en") if other == patent.title_en else (_("Title (Chinese)"), "zh-Hans")
    return [
        *([{"label": named, "value": other, "language": language}] if other and other != patent.title else []),
        {"label": _("Patent number"), "value": patent.display_number, "number": True},
        {"label": _("Publication number"), "value": patent.publication_number or "—", "number": True},
        {"label": _("Patent kind"), "value": patent.get_kind_display()},
        {"label": _("IPC"), "value": "; ".join(patent.ipc) or patent.locarno or "—"},
        {"label": _("Inventors"), "value": "；".join(patent.inventors) or "—"},
        {"label": _("Filing date"), "value": day(patent.filing_date)},
        {"label": _("Grant date"), "value": day(patent.grant_date) if patent.grant_date else "—"},
        {
            "label": _("Last day of term"),
            "value": day(patent.expiry_date),
            "note": gettext("with %(n)d days of compensation") % {"n": days} if days else "",
        },
        {"label": _("City"), "value": patent.city.name if patent.city_id else "—"},
    ]


def owner_rows(patent: Patent) -> list[dict]:
    """The owners with their shares and, where it is public, the page of the organization."""
    shares = patent.current_owners()
    whole = sum(share.share_weight for share in shares)
    return [
        {
            "name": share.organization.display_name if share.organization_id else share.name,
            "share": f"{share.share_weight}/{whole}" if len(shares) > 1 else "",
            "url": share.organization.get_absolute_url()
            if share.organization_id and share.organization.is_public
            else "",
            "printed": share.name if share.name != share.display_name else "",
        }
        for share in shares
    ]


def legal_entry(event) -> dict:
    """A legal event as an entry of a timeline."""
    return {
        "at": event.event_date,
        "title": event.get_kind_display(),
        "detail": event.note,
        "who": source_label(event.source),
    }


def history(patent: Patent, membership) -> list[dict]:
    """What happened to the patent here, as far as this reader may see it."""
    return accounts_history.entries(patent, membership)


def panels(patent: Patent, membership) -> list[dict]:
    """What higher apps show on the page of a patent: {"template", "context"} of each that has something to say."""
    made = [func(patent=patent, membership=membership) for _key, func in handlers.collect("patent_panels:")]
    return [panel for panel in made if panel]


def portfolio_panels(patents, membership) -> dict[int, list[dict]]:
    """For each patent of a portfolio page: what higher apps say of it ({"label", "url", "state"})."""
    said: dict[int, list[dict]] = {}
    rows = list(patents)
    for _key, func in handlers.collect("portfolio_notes:"):
        for patent_id, notes in func(patents=rows, membership=membership).items():
            said.setdefault(patent_id, []).extend(notes)
    return said
