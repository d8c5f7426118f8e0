"""Where everything is reached: one table. Each app brings its own `urls.py`; no app is named twice."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from marketplace import api, health, metrics

# module of addresses, prefix; those that one look at the prefix rules out come first
PAGES = [
    ("auctions.urls", "auctions/"),
    ("challenges.urls", "challenges/"),
    ("notifications.urls", "notifications/"),
    ("foundation.jobs.urls", "jobs/"),
    ("approvals.urls", "reviews/"),
    ("settlement.urls", "finance/"),
    ("marketplace.pages", ""),
    ("accounts.urls", ""),
    ("foundation.documents.urls", ""),
    ("patents.urls", ""),
    ("licenses.urls", ""),
]
if settings.KAIXU_SANDBOX_BANK:
    PAGES.insert(0, ("sandboxbank.urls", "sandbox-bank/"))


handler500 = "foundation.core.away.server_error"


def there(module: str) -> bool:
    """True where the app is installed and has such a module."""
    return module.rpartition(".")[0] in settings.OUR_APPS and find_spec(module) is not None


urlpatterns = [
    *(path(prefix, include(module)) for module, prefix in PAGES if there(module)),
    path("user/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("api/v1/", include(api)),
    path("api/schema/", SpectacularAPIView.as_view(), name="schema"),
    # The page without inline scripts: our content policy allows none.
    path("api/docs/", SpectacularSwaggerSplitView.as_view(template_name="marketplace/api_docs.html"), name="api_docs"),
    path("healthz", health.Health.as_view(), name="health"),
    path("metrics", metrics.Metrics.as_view(), name="metrics"),
]
