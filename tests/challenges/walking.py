"""Walking through the pages of challenges: what is seen, and what a form answers."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

REASON = {"reason": "企业调整投资计划。"}


def picture(name: str = "annex.png") -> SimpleUploadedFile:
    """A small file that uploads accept."""
    out = io.BytesIO()
    Image.new("RGB", (2, 2)).save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), "image/png")


def seen(client, name, *arguments, status=200, **query):
    """The text of a page."""
    answer = client.get(reverse(f"challenges:{name}", args=arguments), query)
    assert answer.status_code == status, (name, answer.status_code)
    return answer.content.decode() if status == 200 and not answer.streaming else ""


def post(client, name, *arguments, status=302, **data):
    """What a form answers."""
    answer = client.post(reverse(f"challenges:{name}", args=arguments), data)
    assert answer.status_code == status, (name, answer.status_code, answer.content.decode()[:3000])
    return answer
