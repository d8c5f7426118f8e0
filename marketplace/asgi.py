"""The entry point of uvicorn: in production the live stream, in development everything."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.production")
django = get_asgi_application()

from auctions.stream import Streams  # noqa: E402, the models need Django to be set up

application = Streams(django)
