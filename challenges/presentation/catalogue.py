"""How the list is shown: rows, facets, chips, export, one line for feeds."""

from urllib.parse import parse_qsl

from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from challenges.models import Challenge
from challenges.queries import facets
from challenges.queries.catalogue import ORDERS, STAGES, Params
from challenges.services import bounty
from foundation.core.clock import LOCAL
from foundation.core.display import day, money

ORDER_LABELS = {
    "soonest": _("Closing soonest"),
    "newest": _("Newest first"),
    "dearest": _("Highest bounty"),
    "cheapest": _("Lowest bounty"),
    "number": _("Number"),
}
EXPORTED = (
    _("Number"), _("List season"), _("Title (Chinese)"), _("Title (English)"), _("Firm"), _("City"), _("IPC classes"),
    _("Industry"), _("Bounty (yuan)"), _("Secured before publication (yuan)"), _("Cooperation"), _("New rights"),
    _("Published"), _("Last day for proposals"), _("State"), _("Reason"),
)  # fmt: skip


def stage_of(challenge: Challenge) -> str:
    """open, review, work, done or ended; empty before the publication."""
    return next((stage for stage, states in STAGES.items() if challenge.state in states), "")


def row_of(challenge: Challenge) -> dict:
    """One row of the list."""
    english = (get_language() or "").startswith("en")
    return {
        "challenge": challenge,
        "stage": stage_of(challenge),
        "first_ipc": challenge.ipc[0] if challenge.ipc else "",
        "foreign_title": english and challenge.title_language != "en",
        "first_share": bounty.first_share(challenge),
    }


def page_context(page, params: Params, counts: dict) -> dict:
    """Everything the list shows besides the bars."""
    named = facets.labels(counts, params)
    url = reverse("challenges:challenge_list")
    order = params.order or ORDERS[0]
    return {
        "page": page,
        "rows": [row_of(challenge) for challenge in page],
        "facets": facets.drawn(params, counts, named),
        "chips": facets.chips(params, url, named),
        "clear_url": url,
        "hidden": {"q": params.q, "season": params.season, "order": params.order},
        "orders": [{"value": one, "label": str(ORDER_LABELS[one]), "selected": one == order} for one in ORDERS],
        "kept": [(name, value) for name, value in parse_qsl(params.query_string) if name != "order"],
        "exports": {
            form: reverse("challenges:challenge_export", args=[form]) + f"?{params.query_string}"
            for form in ("csv", "xlsx")
        },
    }


def one_line(challenge: Challenge) -> str:
    """For how much, until when and by whom in a line, for feeds and digests."""
    parts = [
        gettext("bounty %(amount)s") % {"amount": money(challenge.bounty)},
        gettext("proposals until %(day)s") % {"day": day(challenge.deadline_date)},
        challenge.owner.display_name,
    ]
    return " · ".join(parts)


def export_header() -> list[str]:
    """The header row of an export."""
    return [str(name) for name in EXPORTED]


def export_row(challenge: Challenge) -> list:
    """One challenge of an export; amounts in yuan, moments in Shanghai with their offset."""
    owner, published = challenge.owner, challenge.published_at
    return [
        challenge.number, challenge.season.code, challenge.title_zh_hans, challenge.title_en, owner.name,
        owner.city.name if owner.city_id else "", "; ".join(challenge.ipc), str(challenge.industry or ""),
        challenge.bounty.yuan, bounty.first_share(challenge).yuan, challenge.get_mode_display(),
        challenge.get_ownership_display(), published.astimezone(LOCAL).isoformat(timespec="minutes"),
        challenge.deadline_date.isoformat(), gettext(challenge.state_label), challenge.reason,
    ]  # fmt: skip
