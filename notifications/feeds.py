"""A saved search as Atom: what everybody may see, newest first."""

from django.utils import translation
from django.utils.feedgenerator import Atom1Feed

from notifications import searches
from notifications.rendering import absolute

ENTRIES = 50


def atom(search):
    """The feed as text, in the owner's language. Raises DomainError for a query that broke."""
    kind = searches.find(search.kind)
    with translation.override(search.user.language):
        params = kind.parse(search.query)
        feed = Atom1Feed(
            title=search.name or str(kind.label),
            link=absolute(kind.list_url(search.query)),
            description=str(kind.describe(params)),
            language="en" if search.user.language == "en" else "zh-Hans",
        )
        found = list(kind.newest(kind.queryset(params, None), search.begins_at)[:ENTRIES])
        for one in sorted(found, key=kind.published_at, reverse=True):
            feed.add_item(
                title=kind.title(one),
                link=absolute(kind.url(one)),
                description=kind.detail(one),
                updateddate=kind.published_at(one),
                pubdate=kind.published_at(one),
                unique_id=absolute(kind.url(one)),
            )
        return feed.writeString("utf-8")
