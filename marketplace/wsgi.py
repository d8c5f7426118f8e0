"""The entry point of gunicorn: pages and API."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.production")
application = get_wsgi_application()

# What is loaded by now lives as long as the process: the collector need not walk it again in every worker.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 20)
