"""Pages of a list that also say how many rows there are in all."""

from rest_framework.response import Response

from foundation.core.api import Cursor


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
