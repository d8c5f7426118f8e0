"""`Idempotency-Key`: a POST that is sent again has one effect and one answer."""

import functools
import hashlib
import json
import re
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from rest_framework.response import Response
from rest_framework.utils.encoders import JSONEncoder
from rest_framework.views import APIView

from foundation.core.errors import Invalid
from foundation.core.idempotency import fingerprint, once

HEADER = "Idempotency-Key"
KEY = re.compile(r"[\x21-\x7e]{1,128}")
KEPT_HEADERS = ("Location",)


class KeyInvalid(Invalid):
    """The header is not a key."""

    code = "idempotency_key_invalid"
    message = _("An Idempotency-Key has 1 to 128 visible ASCII characters.")


class Idempotent(APIView):
    """Mixin for views whose POST creates: the header `Idempotency-Key` makes repeats safe.

    The same key and body get the first answer again (with `Idempotent-Replayed: true`); another body is a 422, a first
    request still at work a 409. Refusals are not kept: they had no effect and may be tried again.

    A view that must ask somebody outside does so in `committed`, never in `post`, which may run in a transaction.
    """

    idempotency_header = HEADER

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        if request.method == "POST":
            self.post = functools.partial(self._post, self.post)

    def committed(self, response: Response) -> Response:
        """What follows when the effect is committed, outside any transaction, after a repeat as well."""
        return response

    def _post(self, post, request, *args, **kwargs) -> Response:
        keyed = HEADER in request.headers
        response = self._post_once(post, request, *args, **kwargs) if keyed else post(request, *args, **kwargs)
        return self.committed(response)

    def _post_once(self, post, request, *args, **kwargs) -> Response:
        key = request.headers[HEADER]
        if not KEY.fullmatch(key):
            raise KeyInvalid()
        user, membership = getattr(request.user, "pk", None), getattr(request, "membership", None)
        scope = f"api:{user}:{getattr(membership, 'organization_id', None)}:{request.path}"
        with once(scope, key, fingerprint(_body(request.data))) as attempt:
            if not attempt.replayed:
                response = post(request, *args, **kwargs)
                attempt.answer = _kept(response)
                return response
        kept = attempt.answer
        headers = {**kept["headers"], "Idempotent-Replayed": "true"}
        return Response(kept["data"], status=kept["status"], headers=headers)


def _kept(response: Response) -> dict[str, Any]:
    data = json.loads(json.dumps(response.data, cls=JSONEncoder))
    headers = {name: response[name] for name in KEPT_HEADERS if name in response}
    return {"status": response.status_code, "data": data, "headers": headers}


def _body(data: Any) -> Any:
    if hasattr(data, "lists"):
        return {name: [_part(value) for value in values] for name, values in data.lists()}
    return data


def _part(value: Any) -> Any:
    if not isinstance(value, UploadedFile):
        return value
    digest = hashlib.sha256()
    for chunk in value.chunks():
        digest.update(chunk)
    value.seek(0)
    return {"sha256": digest.hexdigest()}
