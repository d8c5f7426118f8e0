"""The entry point of uvicorn: in production the live stream, in development everything."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.production")
application = get_asgi_application()
