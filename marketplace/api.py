"""The API's one router. Each app adds its nouns: `<app>.api.register(router)` and `<app>.api.urlpatterns`."""

from importlib import import_module
from importlib.util import find_spec

from django.conf import settings
from django.urls import include, path
from rest_framework.routers import SimpleRouter

router = SimpleRouter()
extra: list = []
for app in settings.OUR_APPS:
    if app != "marketplace" and find_spec(f"{app}.api"):
        module = import_module(f"{app}.api")
        if callable(getattr(module, "register", None)):
            module.register(router)
        extra += getattr(module, "urlpatterns", [])

urlpatterns = [*extra, path("", include(router.urls))]
