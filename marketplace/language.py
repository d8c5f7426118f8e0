"""The language in the address (?lang=en), so that both languages of a public page have an address of their own."""

from django.conf import settings
from django.utils import translation


class FromAddress:
    """Shows this one page in the language that the address names; the chosen language stays as it is."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.known = {code for code, _name in settings.LANGUAGES}

    def __call__(self, request):
        wanted = request.GET.get("lang", "")
        if wanted in self.known:
            translation.activate(wanted)
            request.LANGUAGE_CODE = wanted
        return self.get_response(request)
