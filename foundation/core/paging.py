"""Cursor paging: pages stay right while rows come and go."""

from django.core.exceptions import ValidationError
from django.db import DataError
from rest_framework.exceptions import NotFound
from rest_framework.pagination import CursorPagination
from rest_framework.response import Response

LONGEST_CURSOR = 500


class Cursor(CursorPagination):
    """`?cursor=` and `?page_size=` (at most 200); by id unless the view sets ``ordering``."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200
    ordering = "id"

    def get_ordering(self, request, queryset, view):
        chosen = getattr(view, "ordering", None) or self.ordering
        return (chosen,) if isinstance(chosen, str) else tuple(chosen)

    def decode_cursor(self, request):
        if len(request.query_params.get(self.cursor_query_param, "")) > LONGEST_CURSOR:
            raise NotFound(self.invalid_cursor_message)
        try:
            return super().decode_cursor(request)
        except (ValueError, OverflowError, UnicodeError) as error:
            raise NotFound(self.invalid_cursor_message) from error

    def paginate_queryset(self, queryset, request, view=None):
        try:
            return super().paginate_queryset(queryset, request, view)
        except (ValueError, ValidationError, DataError) as error:  # a cursor that points to no position
            raise NotFound(self.invalid_cursor_message) from error


class NewestFirst(Cursor):
    """The latest rows first."""

    ordering = "-id"


class Counted(Cursor):
    """Cursor pages with `count`, so that what a program has read can be told from what there is."""

    count = 0

    def paginate_queryset(self, queryset, request, view=None):
        self.count = queryset.order_by().count()
        return super().paginate_queryset(queryset, request, view)

    def get_paginated_response(self, data):
        answer = super().get_paginated_response(data)
        return Response({"count": self.count, **answer.data})

    def get_paginated_response_schema(self, schema):
        described = super().get_paginated_response_schema(schema)
        described["properties"] = {"count": {"type": "integer", "example": 123}, **described["properties"]}
        return described
