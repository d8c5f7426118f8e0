"""What the views of the list share: finding what is asked for, and downloads."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from accounts.access import MemberRequired
from challenges.lifecycle import PUBLIC
from challenges.models import Challenge
from challenges.queries import challenges
from challenges.rules import is_officer, may_publish

LAST_PAGE = 500


def page_number(request) -> int:
    """The page asked for, 1 where it is no number."""
    text = request.GET.get("page", "")
    return min(int(text), LAST_PAGE) if text.isascii() and text.isdigit() and len(text) < 6 else 1  # noqa: PLR2004


def challenge_or_404(request, number: str) -> Challenge:
    """A published challenge, for everybody."""
    rows = challenges.visible_to(request.membership).filter(state__in=PUBLIC, published_at__isnull=False)
    return get_object_or_404(rows, number=number.upper())


def numbered_or_404(request, number: str) -> Challenge:
    """A challenge that has its number, published or about to be, if one may see it."""
    return get_object_or_404(challenges.visible_to(request.membership), number=number.upper())


def download(content, content_type: str, name: str) -> HttpResponse:
    """A file with its name."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


class Firm(MemberRequired):
    """Members who may publish challenges for their organization."""

    def allowed(self, membership):
        return may_publish(membership)

    def challenge(self, request, pk: int) -> Challenge:
        """The organization's own challenge; 404 for those of others."""
        return get_object_or_404(challenges.of_owner(request.membership), pk=pk)

    def editable(self, request, pk: int) -> Challenge:
        """The same, while it can be edited; 404 otherwise."""
        found = self.challenge(request, pk)
        if not found.permits("edit"):
            raise Http404
        return found


class Officer(MemberRequired):
    """Officers of the province."""

    def allowed(self, membership):
        return is_officer(membership)
