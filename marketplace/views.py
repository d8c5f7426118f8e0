"""Pages of the site itself: theme, texts about the platform, my work."""

from django.conf import settings
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.paginator import Paginator
from django.http import HttpResponseRedirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views import View
from django.views.generic import TemplateView

from auctions.presentation import catalogue as auctioned
from challenges.presentation import catalogue as challenged
from marketplace import badges, front, queries, work
from marketplace.context_processors import THEME_COOKIE, THEMES

YEAR = 365 * 24 * 3600
LATEST, LOTS = 6, 4
PAGE = 20


class Home(TemplateView):
    """What this is in one screen, with search and the latest declarations."""

    template_name = "marketplace/home.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "figures": queries.figures(),
            "latest": [front.declaration_row(found) for found in queries.open_declarations()[:LATEST]],
            "lots": [auctioned.row_of(lot) for lot in queries.lots_now_and_next()[:LOTS]],
            "challenges": [challenged.row_of(one) for one in queries.challenges_now()[:LOTS]],
            "recent": queries.recent_license(),
            "often": front.often_asked(),
        }


class Bulletin(TemplateView):
    """Everything that was announced, newest first."""

    template_name = "marketplace/bulletin.html"

    def get_context_data(self, **kwargs):
        kind = self.request.GET.get("kind", "")
        page = Paginator(queries.bulletin(kind), PAGE).get_page(self.request.GET.get("page"))
        labels = {"": _("All"), **front.kind_labels()}
        return super().get_context_data(**kwargs) | {
            "page": page,
            "entries": front.announcements(page.object_list),
            "pills": [
                {"label": label, "url": f"?kind={key}" if key else "?", "current": key == kind}
                for key, label in labels.items()
            ],
        }


class SetTheme(View):
    """Keeps light or dark in a cookie and goes back to the page."""

    http_method_names = ["post"]

    def post(self, request):
        next_url = request.POST.get("next", "/")
        if not url_has_allowed_host_and_scheme(next_url, {request.get_host()}, request.is_secure()):
            next_url = "/"
        answer = HttpResponseRedirect(next_url)
        theme = request.POST.get("theme")
        if theme in THEMES:
            answer.set_cookie(THEME_COOKIE, theme, max_age=YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
        return answer


class About(TemplateView):
    template_name = "marketplace/about.html"


class Rules(TemplateView):
    template_name = "marketplace/rules.html"


class Accessibility(TemplateView):
    template_name = "marketplace/accessibility.html"


class GuideLicensee(TemplateView):
    template_name = "marketplace/guide_licensee.html"


class GuidePatentee(TemplateView):
    template_name = "marketplace/guide_patentee.html"


class MyWork(LoginRequiredMixin, TemplateView):
    """One queue of everything that waits for the member, grouped by deadline."""

    template_name = "marketplace/my_work.html"

    def get_context_data(self, **kwargs):
        membership, kind = self.request.membership, self.request.GET.get("kind", "")
        now = timezone.now()
        items = work.items_for(membership)
        chosen = [item for item in items if not kind or str(item.kind) == kind]
        return super().get_context_data(**kwargs) | {
            "kind": kind,
            "kinds": work.kinds_of(items),
            "total": len(items),
            "summary": front.work_summary(items, now),
            "groups": work.grouped(chosen, now),
            "may_declare": membership is not None and membership.may("declare"),
            "may_import": membership is not None and membership.may("manage_portfolio"),
            "stats": front.at_a_glance(membership),
            "recent": front.recent_events(membership),
        }


class Badges(LoginRequiredMixin, TemplateView):
    """The counts of the bars, fetched by htmx."""

    template_name = "marketplace/_badges.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"fresh": badges.refresh(self.request)}
