"""What search engines are told: robots.txt and the public addresses, each with its two languages."""

from django.contrib.sitemaps import Sitemap
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views import View

from marketplace import queries

LONGEST = 10_000  # newest rows of a kind
LANGUAGES = (("zh-Hans", "zh-hans"), ("en", "en"))  # as in templates/components/alternates.html
PAGES = [
    "marketplace:home",
    "marketplace:bulletin",
    "marketplace:about",
    "marketplace:rules",
    "marketplace:accessibility",
    "marketplace:guide_licensee",
    "marketplace:guide_patentee",
    "licenses:catalogue",
    "patents:list",
    "auctions:season_list",
    "auctions:lot_list",
    "challenges:challenge_list",
    "challenges:season_list",
    "accounts:organization_list",
]
CLOSED = ["/api/", "/work/", "/user/", "/finance/", "/reviews/", "/jobs/", "/notifications/", "/sandbox-bank/"]


class InTwoLanguages(Sitemap):
    """Names the Chinese and the English address of every page beside the plain one."""

    limit = LONGEST

    def get_urls(self, page=1, site=None, protocol=None):
        """As Django makes them, with the alternates."""
        urls = super().get_urls(page, site, protocol)
        for url in urls:
            place = url["location"]
            url["alternates"] = [{"location": f"{place}?lang={code}", "lang_code": name} for name, code in LANGUAGES]
        return urls


class Pages(InTwoLanguages):
    """The pages of the site itself."""

    def items(self):
        return PAGES

    def location(self, item):
        return reverse(item)


class Declarations(InTwoLanguages):
    """Offers that accept notices."""

    def items(self):
        return list(queries.taking_notices().only("number", "published_at").order_by("-published_at", "-pk")[:LONGEST])

    def lastmod(self, item):
        return item.published_at


class Patents(InTwoLanguages):
    """Granted patents, newest first."""

    def items(self):
        return list(
            queries.patents.visible_to(None).only("number", "grant_date").order_by("-grant_date", "-pk")[:LONGEST]
        )


class Lots(InTwoLanguages):
    """Announced lots, newest first."""

    def items(self):
        return list(queries.lots().select_related(None).order_by("-session__notice_at", "-pk")[:LONGEST])

    def lastmod(self, item):
        return item.state_since


class Challenges(InTwoLanguages):
    """Published challenges, newest first."""

    def items(self):
        return list(queries.challenges().order_by("-published_at", "-pk")[:LONGEST])

    def lastmod(self, item):
        return item.state_since


SITEMAPS = {
    "pages": Pages,
    "declarations": Declarations,
    "patents": Patents,
    "lots": Lots,
    "challenges": Challenges,
}


class Robots(View):
    """What crawlers need not ask for, and where the sitemap is."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Plain text (RFC 9309)."""
        closed = [f"Disallow: {prefix}" for prefix in CLOSED]
        lines = ["User-agent: *", *closed, f"Sitemap: {request.build_absolute_uri(reverse('marketplace:sitemap'))}"]
        return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")
