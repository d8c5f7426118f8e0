"""What runs by the clock: one table. Beat only says "look now"; the tasks find in the database what is due."""

from marketplace.settings import environment as env

SANDBOX_BANK = env.flag("KAIXU_SANDBOX_BANK", False)

# name, task, every so many seconds
SCHEDULE = [
    ("beat is alive", "marketplace.tasks.note_beat", 10),
    ("deliver what waits in the outbox", "audit.deliver_waiting", 10),
    ("seal the days that are over", "audit.seal_days", 3600),
    ("check the invariants", "audit.check_invariants", 900),
    ("forget old answers", "core.forget_answers", 86400),
    ("delete stored files without a row", "documents.forget_orphans", 86400),
    ("take up waiting and lost jobs", "jobs.scan", 5),
    ("verifications that end", "accounts.expire_verifications", 3600),
    ("mails that wait", "notifications.send_waiting", 15),
    ("digests of saved searches", "notifications.run_searches", 60),
    ("cases not corrected in time", "approvals.lapse_due", 300),
    ("approved declarations to publish", "licenses.publish_due", 15),
    ("open declarations against the register", "licenses.recheck_open", 600),
    ("notices not paid in time", "licenses.lapse_unpaid", 60),
    ("licenses whose term is over", "licenses.expire_ended", 300),
    ("royalty periods that begin, end and fall due", "licenses.royalties_due", 300),
    ("instalments not paid in time", "licenses.late_instalments", 300),
    ("fees that waited too long in a suspension", "licenses.return_held", 3600),
    ("sales after the hammer, talks and unsold lots", "auctions.look_at_sales", 20),
    ("release what nobody objected to", "settlement.release_due", 20),
    ("remind of what is due or overdue", "settlement.remind_due", 600),
    ("fees for late payment", "settlement.charge_late", 3600),
    ("deposits nobody decided on", "settlement.expire_holds", 300),
    ("take refunds to the bank", "settlement.pursue_refunds", 5),
    ("ask about payouts nobody heard of", "settlement.pursue_payouts", 10),
    ("refund requests and disputes that go on", "settlement.follow_requests", 60),
    ("ask about payments nobody heard of", "settlement.ask_about_payments", 20),
    ("the nightly proof of client money", "settlement.prove_nights", 1800),
    ("bank lines an import left behind", "settlement.settle_lines", 30),
    ("distributions of income to take on", "settlement.distribute", 30),
    ("lots that open, pause, go on and end", "auctions.look", 2),
    ("records of decided lots to seal", "auctions.seal_records", 30),
    ("deposits of bidders that are late or go back", "auctions.bidders", 20),
    ("signals of collusion in lots that moved on", "auctions.seek_signals", 60),
    ("sessions that open and close", "auctions.turn_sessions", 20),
    ("deadlines, notices and invitations of challenges", "challenges.look", 5),
    *([("send what the sandbox bank has to say", "sandboxbank.send_due", 3)] if SANDBOX_BANK else []),
]


def beat() -> dict[str, dict]:
    """The table as Celery's beat wants it. A tick that was not taken before the next one is dropped."""
    return {
        name: {"task": task, "schedule": float(seconds), "options": {"expires": max(seconds, 5)}}
        for name, task, seconds in SCHEDULE
    }
