"""Pages of the site itself: theme, texts about the platform, my work."""

from django.conf import settings
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpResponseRedirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import View
from django.views.generic import TemplateView

from marketplace import badges, work
from marketplace.context_processors import THEME_COOKIE, THEMES

YEAR = 365 * 24 * 3600


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
        context = super().get_context_data(**kwargs)
        now = timezone.now()
        items = work.items_for(self.request.membership)
        kind = self.request.GET.get("kind", "")
        chosen = [item for item in items if not kind or str(item.kind) == kind]
        groups = work.grouped(chosen, now)
        return context | {
            "now": now,
            "kind": kind,
            "kinds": work.kinds_of(items),
            "total": len(items),
            "due_today": sum(len(group.items) for group in work.grouped(items, now) if group.key == work.TODAY),
            "groups": groups,
        }


class Badges(LoginRequiredMixin, TemplateView):
    """The counts of the bars, fetched by htmx."""

    template_name = "marketplace/_badges.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"fresh": badges.refresh(self.request)}
