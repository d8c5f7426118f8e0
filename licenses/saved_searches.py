"""The catalogue as a kind of saved search, and the panel of a patent's page."""

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.core.clock import database_now, local_date
from licenses.lifecycle import LIVE
from licenses.models import Declaration
from licenses.presentation.catalogue import city_names, one_line
from licenses.queries import catalogue, declarations, facets
from notifications import searches
from patents.queries import ipc_titles

KIND = "licenses.declaration"


def parse(query: str) -> catalogue.Params:
    """The question in a query string."""
    return catalogue.parse(QueryDict(query))


def found(params: catalogue.Params, membership):
    """What the catalogue shows for a question, the same for everybody."""
    return declarations.with_details(catalogue.filtered(declarations.open_offers(), params, local_date(database_now())))


def newest(rows, since):
    """What was published after a moment, newest first."""
    return rows.filter(published_at__gt=since).order_by(*catalogue.NEWEST)


def describe(params: catalogue.Params) -> str:
    """The question in words."""
    chips = facets.chips(params, "", ipc_titles(params.ipc), city_names())
    return "，".join(chip["label"] for chip in chips) or gettext("all open licenses")


def install() -> None:
    """Register the kind."""
    searches.register(
        KIND,
        label=_("Open licenses"),
        parse=parse,
        queryset=found,
        newest=newest,
        title=lambda declaration: declaration.patent.title,
        detail=one_line,
        url=lambda declaration: declaration.get_absolute_url(),
        list_url=lambda query: f"{reverse('licenses:catalogue')}?{parse(query).query_string}",
        describe=describe,
        published_at=lambda declaration: declaration.published_at,
    )


def patent_panel(*, patent, membership) -> dict | None:
    """What the page of a patent says about its open license."""
    live = Declaration.objects.filter(patent=patent, state__in=LIVE).select_related("current_terms").first()
    may_begin = (
        membership is not None and membership.may("declare") and membership.organization_id in patent.owner_ids()
    )
    if live is not None and live.published_at is None and not may_begin:
        live = None
    if live is None and not may_begin:
        return None
    return {
        "template": "licenses/patent_panel.html",
        "context": {"declaration": live, "patent": patent, "may_begin": may_begin and live is None},
    }


def portfolio_notes(*, patents, membership) -> dict[int, list[dict]]:
    """For each patent of a portfolio page: its live or drafted declaration."""
    rows = Declaration.objects.filter(patent__in=[patent.pk for patent in patents]).filter(
        state__in=[*LIVE, "draft"], patentee_id=membership.organization_id
    )
    said: dict[int, list[dict]] = {}
    for row in rows:
        if membership.may("declare"):
            url = reverse("licenses:declaration_task_list", args=[row.pk])
        else:
            url = row.get_absolute_url() if row.published_at else ""
        note = {"label": gettext(row.state_label), "url": url, "state": row.state}
        said.setdefault(row.patent_id, []).append(note)
    return said
