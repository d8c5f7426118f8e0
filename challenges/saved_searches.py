"""The list as a kind of saved search."""

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from challenges.presentation.catalogue import one_line
from challenges.queries import catalogue, facets
from notifications import searches

KIND = "challenges.challenge"
NO_COUNTS: dict[str, dict[str, int]] = {name: {} for name in catalogue.FACETS}


def describe(params: catalogue.Params) -> str:
    """The question in words."""
    chips = facets.chips(params, "", facets.labels(NO_COUNTS, params))
    return "，".join(chip["label"] for chip in chips) or gettext("all challenges")


def install() -> None:
    """Register the kind."""
    searches.register(
        KIND,
        label=_("Challenges"),
        parse=catalogue.from_text,
        queryset=lambda params, membership: catalogue.with_details(catalogue.filtered(catalogue.public(), params)),
        newest=lambda rows, since: rows.filter(published_at__gt=since).order_by("-published_at", "-pk"),
        title=lambda challenge: challenge.title,
        detail=one_line,
        url=lambda challenge: challenge.get_absolute_url(),
        list_url=lambda query: f"{reverse('challenges:challenge_list')}?{catalogue.from_text(query).query_string}",
        describe=describe,
        published_at=lambda challenge: challenge.published_at,
    )
