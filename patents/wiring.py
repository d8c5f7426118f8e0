"""What patents answer for and how their events read."""

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from accounts.rules import can
from foundation import audit
from foundation.core import handlers
from foundation.core.marks import _
from foundation.core.work import WorkItem
from foundation.jobs.queries import imports
from patents import notices, queries, saved_searches
from patents import rules as _rules  # noqa: F401, registers the rules
from patents.importing.checking import check
from patents.importing.undoing import undo
from patents.importing.writing import write

PHRASES = {
    "patents.patent.imported": _("The patent was taken into the register by an import"),
    "patents.patent.facts_updated": _("Newer register data were taken over, as of {as_of}"),
    "patents.patent.transferred": _("The patent was transferred, registered on {registered_on}"),
    "patents.patent.import_undone": _("The import of the patent was undone"),
    "patents.patent.corrected": _("The data of the patent were corrected"),
    "patents.encumbrance.placed": _("Noted on the patent: {label} {basis}"),
    "patents.encumbrance.lifted": _("No longer on the patent: {label} {basis}"),
    "patents.extract.submitted": _("A register extract was handed in: {fact}, {value}"),
    "patents.extract.confirmed": _("An officer confirmed the register extract: {fact}, {value}"),
    "patents.extract.refused": _("The register extract was refused: {fact}. {reason}"),
    "jobs.importbatch.received": _("The file was received"),
}


def my_work(membership) -> list[WorkItem]:
    """Imports that wait to be confirmed, and for officers the extracts to confirm."""
    items = []
    if can(membership, "manage_portfolio"):
        for batch in imports.visible_to(membership).filter(state="preview", kind="patents.portfolio")[:10]:
            items.append(
                WorkItem(
                    kind=gettext("Portfolio import"),
                    title=batch.original_name,
                    detail=ngettext("%(n)d row is ready", "%(n)d rows are ready", batch.rows_valid)
                    % {"n": batch.rows_valid},
                    url=reverse("patents:import_detail", args=[batch.pk]),
                    action=gettext("Look at the preview"),
                )
            )
    if can(membership, "review"):
        waiting = queries.extracts.waiting_for(membership).count()
        if waiting:
            items.append(
                WorkItem(
                    kind=gettext("Register extracts"),
                    title=ngettext("%(n)d extract to confirm", "%(n)d extracts to confirm", waiting) % {"n": waiting},
                    url=reverse("patents:extract_list"),
                    action=gettext("Look at them"),
                )
            )
    return items


handlers.register("job.run:patents.import.check", check)
handlers.register("job.run:patents.import.write", write)
handlers.register("job.run:patents.import.undo", undo)
handlers.register("my_work:patents", my_work)
handlers.register("organization_facts:patents", saved_searches.organization_facts)
saved_searches.install()
notices.install()
for _name, _phrase in PHRASES.items():
    audit.phrases.register(_name, _phrase)

audit.invariants.register(
    "I31",
    _("Every patent's expiry is not before its filing, and its owners' shares are positive"),
    """
    SELECT 'patents.patent' AS kind, p.id AS id, p.number AS detail FROM patents_patent p
    WHERE p.expiry_date < p.filing_date
       OR NOT EXISTS (SELECT 1 FROM patents_ownership o WHERE o.patent_id = p.id AND o.until_date IS NULL)
    """,
)
audit.invariants.register(
    "I32",
    _("No patent lies under a live open license declaration and an exclusive or sole license at once"),
    """
    SELECT 'patents.patent' AS kind, d.patent_id AS id, d.basis_number AS detail
    FROM patents_encumbrance d JOIN patents_encumbrance x ON x.patent_id = d.patent_id
    WHERE d.kind = 'open_declaration' AND d.until_at IS NULL
      AND x.kind IN ('exclusive_license', 'sole_license') AND x.until_at IS NULL
    """,
)
