"""What a page answers when htmx asked for a part of it."""

import json

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect


def is_partial(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of the page; a boosted link or a restored history wants the whole page."""
    asked = request.headers.get("HX-Request") == "true"
    return asked and not any(name in request.headers for name in ("HX-Boosted", "HX-History-Restore-Request"))


def redirect(request: HttpRequest, url: str) -> HttpResponse:
    """After a POST: 303 for a plain form, HX-Redirect for htmx."""
    if is_partial(request):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return HttpResponseRedirect(url, status=303)


def toast(response: HttpResponse, sentence: str, tone: str = "success") -> HttpResponse:
    """Let the page show a sentence."""
    response["HX-Trigger"] = json.dumps({"toast": {"text": sentence, "tone": tone}})
    return response
