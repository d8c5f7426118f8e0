"""The second job of an import: write the confirmed rows, chunk by chunk; and the third: take them back."""

from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Subquery

from accounts.models import Organization
from foundation import audit
from foundation.core.actors import SYSTEM, Actor
from foundation.core.clock import database_now, local_date
from foundation.core.crashes import crash_point
from foundation.core.marks import _ as mark
from foundation.jobs.models import ImportBatch, ImportRow, Job
from foundation.jobs.progress import Progress
from patents.importing.building import events_of, ownerships_of, patent_of
from patents.importing.rows import same_name
from patents.models import LegalEvent, Ownership, Patent

CHUNK = 200
MEANWHILE = mark("This patent was registered in the meantime.")


def write(*, job: Job, progress: Progress) -> None:
    """Job "patents.import.write". Each chunk commits with its rows marked, so a second run finds what is left."""
    batch = ImportBatch.objects.get(pk=job.subject_id)
    own = Organization.objects.get(pk=batch.organization_id)
    actor = Actor(user_id=job.user_id, organization_id=job.organization_id, role=job.role)
    written = batch.rows.filter(decision="written").count()
    waiting = batch.rows.filter(decision="valid").count()
    progress.restart(total=written + waiting, done=written)
    while _write_chunk(batch, own, actor, progress):
        crash_point("import-chunk-written")
    with transaction.atomic():
        progress.step()
        done = batch.rows.filter(decision="written").count()
        audit.advance(
            batch,
            "complete",
            actor=SYSTEM,
            data={"written": done},
            parties=[batch.organization_id],
            set={"rows_written": done, "rows_wrong": batch.rows.filter(decision="wrong").count()},
        )


@transaction.atomic
def _write_chunk(batch: ImportBatch, own: Organization, actor: Actor, progress: Progress) -> bool:
    rows = list(ImportRow.objects.select_for_update().filter(batch=batch, decision="valid").order_by("line")[:CHUNK])
    if not rows:
        return False
    now = database_now()
    fresh = _drop_registered(rows)
    known = _organizations_named(fresh)
    own_names = {same_name(name) for name in batch.options["own_names"] if name}
    patents, ownerships, events = [], [], []
    for row in fresh:
        names = row.values.get("patentees") or [own.name]
        place = next((place for place, name in enumerate(names) if same_name(name) in own_names), 0)
        patent = patent_of(row.values, city_id=own.city_id, holders=[*names, own.name], today=local_date(now))
        patents.append(patent)
        ownerships += ownerships_of(patent, row.values, own, place, known)
        events += events_of(patent)
    Patent.objects.bulk_create(patents)
    Ownership.objects.bulk_create(ownerships)
    LegalEvent.objects.bulk_create(events)
    crash_point("import-chunk-inserted")
    _record(batch, patents, ownerships, actor, now)
    patent_id = Patent.objects.filter(number=OuterRef("key")).values("pk")
    ImportRow.objects.filter(pk__in=[row.pk for row in fresh]).update(
        decision="written", subject_id=Subquery(patent_id)
    )
    progress.step(len(rows))
    return True


def _drop_registered(rows: list[ImportRow]) -> list[ImportRow]:
    """Rows whose number was registered since the preview become errors; the others are returned."""
    there = set(Patent.objects.filter(number__in=[row.key for row in rows]).values_list("number", flat=True))
    for row in rows:
        if row.key in there:
            row.decision = "wrong"
            row.errors = [
                {"cell": "", "column": mark("Patent number"), "key": "number", "reason": MEANWHILE, "facts": {}}
            ]
            row.save(update_fields=["decision", "errors"])
    return [row for row in rows if row.key not in there]


def _organizations_named(rows: list[ImportRow]) -> dict[str, int]:
    names = {name for row in rows for name in row.values.get("patentees") or []}
    return dict(Organization.objects.filter(name__in=names, state="verified").values_list("name", "pk"))


def _record(batch: ImportBatch, patents: list[Patent], ownerships: list[Ownership], actor: Actor, now: Any) -> None:
    """Every patent begins its timeline here."""
    parties: dict[int, set[int]] = {}
    for share in ownerships:
        if share.organization_id:
            parties.setdefault(share.patent_id, set()).add(share.organization_id)
    for patent in patents:
        audit.record(
            "patents.patent.imported",
            subject=patent,
            actor=actor,
            data={"import": batch.pk},
            parties=parties.get(patent.pk, ()),
            visibility="public" if patent.grant_date else "parties",
            now=now,
        )
