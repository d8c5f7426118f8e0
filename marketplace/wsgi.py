"""The entry point of gunicorn: pages and API."""

import gc
import os
from importlib import import_module

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.production")
application = get_wsgi_application()
import_module("marketplace.urls")  # with every view: once, not with the first request of each worker

# What is loaded by now lives as long as the process: the collector need not walk it again in every worker.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 20)
