"""What is stored about files, generated documents and certificates.

The foundation knows no business: a document belongs to a `Ref` (kind, id, number), and organizations
appear only as ids.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from foundation.core.models import AwareDateTimeField, Stamped


class File(Stamped):
    """Bytes that somebody uploaded or the system rendered, never changed after they are stored."""

    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField()
    content_type = models.CharField(max_length=100)
    original_name = models.CharField(max_length=200)
    content = models.FileField(upload_to="files/%Y/%m/", max_length=200)
    owner_organization_id = models.BigIntegerField(null=True)
    party_ids = ArrayField(models.BigIntegerField(), default=list)
    is_apart = models.BooleanField(default=False)  # others read it where its readings are kept, never by its id

    def __str__(self) -> str:
        return self.original_name


class SubjectMixin(models.Model):
    """The business object that a row belongs to, named without importing it."""

    subject_kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    subject_number = models.CharField(max_length=40)

    class Meta:
        abstract = True


class Document(SubjectMixin, Stamped):
    """A PDF the system made for a business object: one for each kind."""

    kind = models.CharField(max_length=40)
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="documents")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject_kind", "subject_id", "kind"], name="documents_one_of_each_kind")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_number}"


class Certificate(SubjectMixin):
    """The proof of a business fact that a stranger can check by QR code, number or file.

    Number, token and code are given when the fact comes true; the PDF follows and never changes them.
    """

    number = models.CharField(max_length=40, unique=True)
    token = models.CharField(max_length=32, unique=True)
    code = models.CharField(max_length=12)
    facts = models.JSONField()
    facts_sha256 = models.CharField(max_length=64)
    issued_at = AwareDateTimeField()
    document = models.OneToOneField(Document, null=True, on_delete=models.PROTECT)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject_kind", "subject_id"], name="documents_one_certificate_each")
        ]

    def __str__(self) -> str:
        return self.number


class CertificateCheck(models.Model):
    """Somebody looked a certificate up. Holds nothing about who did."""

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="checks")
    checked_at = AwareDateTimeField()
    via = models.CharField(max_length=20)
