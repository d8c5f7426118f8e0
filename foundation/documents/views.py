"""The public check of certificates, and the download of files one may see."""

import hashlib

from django.contrib.auth.views import redirect_to_login
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views import View

from foundation.core import handlers
from foundation.core.clock import database_now
from foundation.documents import forms, queries, services


class Check(View):
    """Find a certificate by its printed number and code, or by the PDF itself."""

    template = "documents/check.html"

    def get(self, request):
        return self._page(request, forms.FindCertificate(), forms.CheckFile())

    def post(self, request):
        if "number" in request.POST:
            return self._by_number(request)
        return self._by_file(request)

    def _by_number(self, request):
        form = forms.FindCertificate(request.POST)
        if form.is_valid():
            found = queries.certificate_by_code(**form.cleaned_data)
            if found:
                return redirect("documents:certificate", token=found.token)
            form.add_error(None, _("No certificate has this number together with this code."))
        return self._page(request, form, forms.CheckFile(), status=400)

    def _by_file(self, request):
        form = forms.CheckFile(request.POST, request.FILES)
        if form.is_valid():
            digest = sha256_of(form.cleaned_data)
            found = queries.certificate_by_file(digest)
            if found:
                return redirect(certificate_url(found[0].token, digest))
            form.add_error("file", _("This file is not one of ours, or a byte of it has been changed."))
        return self._page(request, forms.FindCertificate(), form, status=400)

    def _page(self, request, find, check, status=200):
        return render(request, self.template, {"form": find, "file_form": check}, status=status)


class ShowCertificate(View):
    """The public page behind the QR code: its present state, facts and the check of a file."""

    template = "documents/certificate.html"

    def get(self, request, token):
        certificate = visible_certificate(token)
        services.log_check(certificate=certificate, via="file" if "file" in request.GET else "page")
        response = self._page(request, certificate, forms.CheckFile())
        patch_cache_control(response, no_store=True)
        return response

    def post(self, request, token):
        certificate = visible_certificate(token)
        form = forms.CheckFile(request.POST, request.FILES)
        if form.is_valid():
            return redirect(certificate_url(token, sha256_of(form.cleaned_data)))
        return self._page(request, certificate, form, status=400)

    def _page(self, request, certificate, form, status=200):
        context = {
            "certificate": certificate,
            "view": handlers.call(f"certificate.view:{certificate.subject_kind}", certificate=certificate),
            "file_form": form,
            "match": file_match(certificate, request.GET.get("file")),
            "checked_at": database_now(),
            "check_count": certificate.checks.count(),
        }
        return render(request, self.template, context, status=status)


class Download(View):
    """The bytes of a file that the reader's organization may see; 404 otherwise. Visitors sign in first."""

    def get(self, request, pk):
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        file = get_object_or_404(queries.files_visible_to(request.membership), pk=pk)
        response = FileResponse(
            file.content.open("rb"),
            as_attachment="inline" not in request.GET,
            filename=file.original_name,
            content_type=file.content_type,
        )
        response["X-Content-Type-Options"] = "nosniff"
        patch_cache_control(response, private=True, no_store=True)
        return response


def visible_certificate(token: str):
    """The certificate behind an unguessable token, or 404."""
    certificate = queries.certificate_by_token(token)
    if certificate is None:
        raise Http404
    return certificate


def certificate_url(token: str, digest: str) -> str:
    """The certificate's page with the answer for one file, so that the answer can be shared."""
    return reverse("documents:certificate", args=[token]) + f"?file={digest}"


def sha256_of(cleaned: dict) -> str:
    """SHA-256 of the uploaded file, or the one that the browser computed."""
    if not cleaned.get("file"):
        return cleaned["sha256"].lower()
    digest = hashlib.sha256()
    for chunk in cleaned["file"].chunks():
        digest.update(chunk)
    return digest.hexdigest()


def file_match(certificate, digest: str | None) -> str | None:
    """`match`, `other` (genuine, of another certificate), `none`, or None when no file was given."""
    if not digest:
        return None
    found = queries.certificate_by_file(digest.lower()[:64])
    if found is None:
        return "none"
    return "match" if found[0].pk == certificate.pk else "other"
