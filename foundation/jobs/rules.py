"""Who may stop a job or handle an import: its organization's people who may do such work."""

import rules


@rules.predicate
def is_starter(actor, job):
    """Whoever acts for the organization the job was started for; without one, the same person."""
    if job.organization_id is not None:
        return actor.organization_id == job.organization_id
    return actor.user_id is not None and actor.user_id == job.user_id


@rules.predicate
def is_importer(actor, batch):
    """Whoever acts for the importing organization; the capability is asked for at the door."""
    return actor.organization_id == batch.organization_id


rules.add_rule("jobs.starter", is_starter)
rules.add_rule("jobs.importer", is_importer)
