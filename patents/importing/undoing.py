"""The third job of an import: delete what it wrote, except what somebody has used since."""

from django.db import transaction

from foundation import audit
from foundation.core.actors import SYSTEM, Actor
from foundation.core.crashes import crash_point
from foundation.core.locking import lock_rows
from foundation.jobs.models import ImportBatch, ImportRow, Job
from foundation.jobs.progress import Progress
from patents.models import LegalEvent, Ownership, Patent

CHUNK = 100
OWN_PARTS = (Ownership, LegalEvent)  # what an import writes with a patent; anything else that points to it is use


def used_ids(patent_ids: list[int]) -> set[int]:
    """The patents something else points to: declarations, licenses, encumbrances, extracts and what may come."""
    used: set[int] = set()
    for relation in Patent._meta.related_objects:
        if relation.related_model in OWN_PARTS:
            continue
        name = relation.field.attname
        pointing = relation.related_model._base_manager.filter(**{f"{name}__in": patent_ids})
        used.update(pointing.values_list(name, flat=True))
    return used


def undo(*, job: Job, progress: Progress) -> None:
    """Job "patents.import.undo". Each chunk commits with its rows marked, so a second run finds what is left."""
    batch = ImportBatch.objects.get(pk=job.subject_id)
    actor = Actor(user_id=job.user_id, organization_id=job.organization_id, role=job.role)
    done = batch.rows.filter(decision__in=["undone", "kept"]).count()
    progress.restart(total=done + batch.rows.filter(decision="written").count(), done=done)
    while _undo_chunk(batch, actor, progress):
        crash_point("import-undo-chunk")
    with transaction.atomic():
        progress.step()
        undone, kept = (batch.rows.filter(decision=name).count() for name in ("undone", "kept"))
        audit.advance(
            batch,
            "take_back",
            actor=SYSTEM,
            data={"undone": undone, "kept": kept},
            parties=[batch.organization_id],
            set={"rows_undone": undone},
        )


@transaction.atomic
def _undo_chunk(batch: ImportBatch, actor: Actor, progress: Progress) -> bool:
    rows = list(ImportRow.objects.select_for_update().filter(batch=batch, decision="written").order_by("line")[:CHUNK])
    if not rows:
        return False
    patents = {patent.pk: patent for patent in Patent.objects.filter(pk__in=[row.subject_id for row in rows])}
    if patents:
        lock_rows(*patents.values())
    used = used_ids(list(patents))
    for row in rows:
        row.decision = "kept" if row.subject_id in used else "undone"
        if row.decision == "undone" and row.subject_id in patents:
            patent = patents[row.subject_id]
            audit.record(
                "patents.patent.import_undone",
                subject=patent,
                actor=actor,
                data={"import": batch.pk},
                parties=[batch.organization_id],
            )
    Patent.objects.filter(pk__in=[pk for pk in patents if pk not in used]).delete()
    for decision in ("kept", "undone"):
        chosen = [row.pk for row in rows if row.decision == decision]
        ImportRow.objects.filter(pk__in=chosen).update(decision=decision)
    progress.step(len(rows))
    return True
