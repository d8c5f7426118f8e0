"""How an address of the API leads to a declaration, for whom."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from licenses.models import Declaration
from licenses.queries import declarations

LONGEST_ID = 18


def named(rows, key: str) -> Declaration:
    """The declaration with this number or id among the rows, or 404."""
    if key.isascii() and key.isdigit() and len(key) <= LONGEST_ID:
        return get_object_or_404(rows, pk=int(key))
    return get_object_or_404(rows, number=key.upper().replace("\x00", ""))


def visible(request, key: str) -> Declaration:
    """A declaration the caller may see, or 404."""
    return named(declarations.visible_to(request.membership), key)


def own(request, key: str) -> Declaration:
    """A declaration of the organization one acts for, or 404."""
    me = request.membership
    return named(declarations.visible_to(me).filter(patentee_id=me.organization_id), key)


def concerned(request, key: str) -> Declaration:
    """A declaration of the own organization, or about a patent it co-owns; 404 for others."""
    declaration = visible(request, key)
    own_id = request.membership.organization_id
    if own_id != declaration.patentee_id and own_id not in declaration.patent.owner_ids():
        raise Http404
    return declaration


def published(request, key: str) -> Declaration:
    """A declaration with terms in force, or 404."""
    return named(declarations.visible_to(request.membership).filter(current_terms__isnull=False), key)
