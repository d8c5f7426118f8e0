"""What can be done with files, documents and certificates."""

import hashlib
import json
import secrets
from datetime import datetime

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.text import get_valid_filename

from foundation import audit
from foundation.core import numbering
from foundation.core.clock import database_now, local_date
from foundation.core.refs import Ref
from foundation.documents import uploads
from foundation.documents.models import Certificate, CertificateCheck, Document, File

LONGEST_NAME = 200
CODE_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def store(*, name: str, content: bytes, content_type: str, owner_id: int | None, party_ids=(), is_apart=False) -> File:
    """Keep bytes whose type is already known, whatever their name is; the parties (organization ids) may read them.

    What ``is_apart`` is not even for the administration, unless whoever keeps it lets them.
    """
    name = shown_name(name)
    digest = hashlib.sha256(content).hexdigest()
    file = File(
        sha256=digest,
        size=len(content),
        content_type=content_type,
        original_name=name,
        owner_organization_id=owner_id,
        party_ids=sorted(set(party_ids)),
        is_apart=is_apart,
    )
    file.content.save(f"{digest[:16]}-{_stored_name(name)}", ContentFile(content), save=False)
    file.save()
    return file


def shown_name(name: str) -> str:
    """The name a file is shown and saved under: printable and of at most `LONGEST_NAME` characters, never empty."""
    return "".join(one for one in name if one.isprintable())[-LONGEST_NAME:].strip() or "file"


def _stored_name(name: str) -> str:
    """What the storage takes of a name: "file" where nothing is left of it."""
    try:
        return get_valid_filename(name[-80:]) if name.isascii() else "file"
    except SuspiciousFileOperation:
        return "file"


def accept_upload(*, upload, actor, party_ids=(), is_apart=False) -> File:
    """Keep an uploaded file after judging its content.

    Raises uploads.FileEmpty, uploads.FileTooLarge, uploads.FileRefused.
    """
    content = upload.read()
    return store(
        name=upload.name or "file",
        content=content,
        content_type=uploads.content_type_of(content),
        owner_id=actor.organization_id,
        party_ids=party_ids,
        is_apart=is_apart,
    )


@transaction.atomic
def issue_certificate(*, subject: Ref, facts: dict, actor, now: datetime) -> Certificate:
    """Give the subject its one certificate: number, token and check code; the PDF follows.

    A repeat returns the certificate that is there.
    """
    existing = Certificate.objects.filter(subject_kind=subject.kind, subject_id=subject.id).first()
    if existing:
        return existing
    canonical = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    certificate = Certificate.objects.create(
        subject_kind=subject.kind,
        subject_id=subject.id,
        subject_number=subject.number,
        number=numbering.allocate("certificate", local_date(now).year),
        token=secrets.token_urlsafe(18),
        code="".join(secrets.choice(CODE_ALPHABET) for _digit in range(8)),
        facts=facts,
        facts_sha256=hashlib.sha256(canonical.encode()).hexdigest(),
        issued_at=now,
    )
    audit.record(
        "documents.certificate.issued",
        subject=subject,
        actor=actor,
        data={"certificate": certificate.number, "facts_sha256": certificate.facts_sha256},
        parties=facts.get("party_ids", ()),
        now=now,
    )
    return certificate


@transaction.atomic
def attach_document(*, subject: Ref, kind: str, name: str, pdf: bytes, party_ids) -> Document:
    """Keep a rendered PDF as the subject's document of that kind; the first one stays.

    Two renderings of the same act (a worker killed and restarted) end with one document.
    """
    existing = _document_of(subject, kind)
    if existing:
        return existing
    file = store(name=name, content=pdf, content_type="application/pdf", owner_id=None, party_ids=party_ids)
    document, made = Document.objects.get_or_create(
        subject_kind=subject.kind,
        subject_id=subject.id,
        kind=kind,
        defaults={"subject_number": subject.number, "file": file},
    )
    if not made:
        file.content.delete(save=False)
        file.delete()
    return document


def _document_of(subject: Ref, kind: str) -> Document | None:
    return Document.objects.filter(subject_kind=subject.kind, subject_id=subject.id, kind=kind).first()


def bind_certificate(*, certificate: Certificate, document: Document) -> Certificate:
    """Tie the rendered PDF to its certificate; once tied it never changes."""
    Certificate.objects.filter(pk=certificate.pk, document=None).update(document=document)
    certificate.refresh_from_db()
    return certificate


def log_check(*, certificate: Certificate, via: str) -> None:
    """Remember that the certificate was looked up (`page`, `file`, `api`), not by whom."""
    CertificateCheck.objects.create(certificate=certificate, checked_at=database_now(), via=via)
