"""What the declaration side answers for: reviews, sentences, promises in SQL, what waits for whom."""

from foundation import audit
from foundation.audit import invariants
from foundation.core import handlers
from foundation.core.marks import _
from licenses import saved_searches, work_declarations
from licenses.lifecycle import OPEN
from licenses.models import Declaration
from licenses.services import converting, review_facts, reviewing, suspending, withdrawing
from licenses.services.submitting import REVIEW_KIND as TERMS
from licenses.services.withdrawing import REVIEW_KIND as WITHDRAWAL

PHRASES = {
    "licenses.declaration.drafted": _("A declaration for patent {patent} was begun."),
    "licenses.declaration.discarded": _("The draft was thrown away."),
    "licenses.declaration.drafted_from": _("The draft was filled in from {basis}."),
    "licenses.declaration.consented": _("{owner} consented."),
    "licenses.declaration.consent_revoked": _("{owner} took the consent back."),
    "licenses.declaration.submit": _("Declaration {number} was submitted, terms version {version}."),
    "licenses.declaration.claim": _("The review of {number} began."),
    "licenses.declaration.release": _("The case is back in the queue."),
    "licenses.declaration.return": _("Returned for correction: {reason}"),
    "licenses.declaration.resubmit": _("The correction was submitted, terms version {version}."),
    "licenses.declaration.lapse": _("No correction came in time: deemed not filed."),
    "licenses.declaration.reject": _("Rejected: {reason}"),
    "licenses.declaration.approve": _("The province approved the declaration."),
    "licenses.declaration.undo_approval": _("The approval was undone before publication: {reason}"),
    "licenses.declaration.take_back": _("The patentee took the declaration back before publication."),
    "licenses.declaration.published": _("Declaration {number} for “{title}” was published."),
    "licenses.declaration.terms_changed": _(
        "Version {version} of the terms came into force; old licenses keep theirs."
    ),
    "licenses.declaration.suspend": _("Suspended by the administration: {reason}"),
    "licenses.declaration.suspend_on_check": _("Suspended: a check no longer passes ({reason})."),
    "licenses.declaration.reinstate": _("The administration ended the suspension: {reason}"),
    "licenses.declaration.cure": _("The checks pass again: the suspension ended."),
    "licenses.declaration.adopt": _("The new patentee took the declaration over."),
    "licenses.declaration.request_withdrawal": _("The patentee asked to withdraw the declaration."),
    "licenses.declaration.cancel_withdrawal": _("The patentee cancelled the withdrawal."),
    "licenses.declaration.refuse_withdrawal": _("The withdrawal was refused: {reason}"),
    "licenses.declaration.announce_withdrawal": _("The withdrawal was announced; licenses already obtained stay."),
    "licenses.declaration.expire": _("The offer ended on its last day."),
    "licenses.declaration.terminate": _("The declaration ended with the patent."),
    "licenses.declaration.cnipa_filed": _("Version {version} of the terms was filed with CNIPA on {day}."),
    "licenses.declaration.cnipa_announced": _("CNIPA announced version {version} in gazette {reference} of {day}."),
    "licenses.declaration.cnipa_refused": _("CNIPA refused version {version}: {reason}"),
    "licenses.declaration.cnipa_withdrawn": _("CNIPA announced the withdrawal in gazette {reference} of {day}."),
    "licenses.termsversion.submit": _("Terms version {version} was submitted."),
    "licenses.termsversion.claim": _("The review of the terms began."),
    "licenses.termsversion.release": _("The terms are back in the queue."),
    "licenses.termsversion.return": _("The terms were returned for correction: {reason}"),
    "licenses.termsversion.resubmit": _("The terms were submitted again unchanged."),
    "licenses.termsversion.replace": _("Corrected terms replace this version."),
    "licenses.termsversion.lapse": _("No correction came in time: deemed not filed."),
    "licenses.termsversion.reject": _("The terms were rejected: {reason}"),
    "licenses.termsversion.approve": _("The province approved the terms."),
    "licenses.termsversion.undo_approval": _("The approval of the terms was undone: {reason}"),
    "licenses.termsversion.take_back": _("The terms were taken back."),
    "licenses.termsversion.enact": _("Terms version {version} came into force."),
    "licenses.termsversion.supersede": _("A newer version replaced these terms."),
}

TWO_LIVE = """
SELECT patent_id, count(*) AS live FROM licenses_declaration
WHERE state IN ('submitted', 'under_review', 'correction', 'approved', 'published', 'suspended', 'withdrawal_review')
GROUP BY patent_id HAVING count(*) > 1
"""
WITHOUT_TERMS = """
SELECT d.id, d.number, count(t.id) AS in_force FROM licenses_declaration d
LEFT JOIN licenses_termsversion t ON t.declaration_id = d.id AND t.state = 'in_force'
WHERE d.state IN ('published', 'suspended', 'withdrawal_review')
GROUP BY d.id HAVING count(t.id) <> 1 OR bool_or(t.id IS DISTINCT FROM d.current_terms_id)
"""
FORGED_TERMS = """
SELECT id, declaration_id, version FROM licenses_termsversion
WHERE content_hash <> encode(sha256(convert_to(content, 'UTF8')), 'hex')
   OR (content::jsonb -> 'pricing') IS DISTINCT FROM pricing
   OR (content::jsonb ->> 'version')::int <> version
"""
NOT_ON_PATENT = """
SELECT d.id, d.number FROM licenses_declaration d
WHERE d.state IN ('published', 'suspended', 'withdrawal_review') AND NOT EXISTS (
  SELECT 1 FROM patents_encumbrance e
  WHERE e.patent_id = d.patent_id AND e.kind = 'open_declaration' AND e.until_at IS NULL
    AND e.basis_kind = 'licenses.declaration' AND e.basis_id = d.id
)
"""
UNREVIEWED = """
SELECT t.id, t.declaration_id FROM licenses_termsversion t
WHERE t.state IN ('approved', 'in_force') AND NOT EXISTS (
  SELECT 1 FROM approvals_review r JOIN approvals_decision d ON d.review_id = r.id
  WHERE r.kind = 'licenses.terms' AND r.subject_id = t.id AND d.outcome = 'approve'
)
"""


def on_transferred(event) -> None:
    """The patent has a new owner: the offer is suspended until that one adopts or withdraws it."""
    for declaration in Declaration.objects.filter(patent=event.subject_id, state__in=OPEN):
        suspending.recheck(declaration=declaration)


def _install_reviews() -> None:
    handlers.register(f"review.facts:{TERMS}", review_facts.facts_of_terms)
    handlers.register(f"review.claimed:{TERMS}", reviewing.on_claimed)
    handlers.register(f"review.released:{TERMS}", reviewing.on_released)
    handlers.register(f"review.decided:{TERMS}", reviewing.on_decided)
    handlers.register(f"review.undone:{TERMS}", reviewing.on_undone)
    handlers.register(f"review.lapsed:{TERMS}", reviewing.on_lapsed)
    handlers.register(f"review.facts:{WITHDRAWAL}", review_facts.facts_of_withdrawal)
    handlers.register(f"review.decided:{WITHDRAWAL}", withdrawing.on_decided)


def install() -> None:
    """Register everything the declaration side answers for."""
    for name, template in PHRASES.items():
        audit.phrases.register(name, template)
    _install_reviews()
    handlers.register("open_license.draft", converting.draft_from)
    audit.subscriptions.subscribe("patents.patent.transferred", "licenses.owner_changed", on_transferred)
    handlers.register("my_work:licenses.declarations", work_declarations.items_for)
    handlers.register("patent_panels:licenses", saved_searches.patent_panel)
    handlers.register("portfolio_notes:licenses", saved_searches.portfolio_notes)
    saved_searches.install()
    invariants.register("I14", _("A patent has at most one live declaration."), TWO_LIVE)
    invariants.register("I14", _("An open declaration has exactly one version of its terms in force."), WITHOUT_TERMS)
    invariants.register("I14", _("The terms are those that were submitted."), FORGED_TERMS)
    invariants.register("I14", _("An open declaration lies on its patent."), NOT_ON_PATENT)
    invariants.register("I14", _("Terms came into force by a decision."), UNREVIEWED)
