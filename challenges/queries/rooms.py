"""Attachments, signatures and questions of a challenge."""

from django.db.models import QuerySet

from challenges.models import Attachment, Challenge, Conflict, Expert, NdaSignature, Opinion, Question


def attachments_of(challenge: Challenge) -> QuerySet[Attachment]:
    """The files of a challenge with what a list shows."""
    return Attachment.objects.filter(challenge=challenge).select_related("file", "challenge")


def questions_of(challenge: Challenge) -> QuerySet[Question]:
    """Questions with their answers, newest first; who asked is not among what is shown."""
    return Question.objects.filter(challenge=challenge).select_related("challenge")


def signature_of(challenge: Challenge, membership) -> NdaSignature | None:
    """The own organization's signature under the non-disclosure agreement."""
    if membership is None:
        return None
    rows = NdaSignature.objects.filter(challenge=challenge, organization_id=membership.organization_id)
    return rows.select_related("signed_by").first()


def signatures_of(challenge: Challenge) -> QuerySet[NdaSignature]:
    """Who signed, for the firm whose secrets they are."""
    return NdaSignature.objects.filter(challenge=challenge).select_related("organization").order_by("signed_at", "pk")


def opinions_for(membership) -> QuerySet[Opinion]:
    """The opinions an expert was asked for."""
    if membership is None or membership.role != "expert":
        return Opinion.objects.none()
    rows = Opinion.objects.filter(expert__user=membership.user_id)
    return rows.select_related("challenge__season", "challenge__owner", "challenge__industry", "expert__user")


def experts_to_ask(challenge: Challenge) -> QuerySet[Expert]:
    """Experts of the pool from outside the firm, without a conflict, who were not asked yet about what was handed in
    last."""
    rows = Expert.objects.filter(is_active=True).exclude(unit_id__isnull=False, unit_id=challenge.owner_id)
    asked = Opinion.objects.filter(challenge=challenge, round=challenge.check_round)
    conflicts = Conflict.objects.filter(challenge=challenge)
    rows = rows.exclude(pk__in=conflicts.values("expert"))
    return rows.exclude(pk__in=asked.values("expert")).select_related("user").order_by("pk")
