"""The bulletin as an Atom feed."""

from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from marketplace import front, queries

LENGTH = 50


class BulletinFeed(Feed):
    """The newest announcements, in the language of the request; the id of an entry never changes."""

    feed_type = Atom1Feed

    def title(self):
        return _("Kaixu bulletin")

    def subtitle(self):
        return _("Publications, new terms, suspensions and withdrawals, as they were announced.")

    def link(self):
        return reverse("marketplace:bulletin")

    def items(self):
        return front.announcements(queries.bulletin()[:LENGTH])

    def item_title(self, item):
        return " ".join(filter(None, (item["kind"], item["number"], item["title"])))

    def item_description(self, item):
        return " ".join(filter(None, (item["detail"], item["sentence"])))

    def item_link(self, item):
        return item["url"] or reverse("marketplace:bulletin")

    def item_guid(self, item):
        return f"tag:kaixu,2026:bulletin/{item['id']}"

    def item_pubdate(self, item):
        return item["at"]

    def item_updateddate(self, item):
        return item["at"]
