"""What runs by the clock: one table. Beat only says "look now"; the tasks find in the database what is due."""

# name, task, every so many seconds
SCHEDULE = [
    ("beat is alive", "marketplace.tasks.note_beat", 10),
    ("deliver what waits in the outbox", "audit.deliver_waiting", 10),
    ("seal the days that are over", "audit.seal_days", 3600),
    ("check the invariants", "audit.check_invariants", 900),
    ("forget old answers", "core.forget_answers", 86400),
    ("take up waiting and lost jobs", "jobs.scan", 5),
    ("verifications that end", "accounts.expire_verifications", 3600),
    ("mails that wait", "notifications.send_waiting", 15),
    ("digests of saved searches", "notifications.run_searches", 60),
]


def beat() -> dict[str, dict]:
    """The table as Celery's beat wants it. A tick that was not taken before the next one is dropped."""
    return {
        name: {"task": task, "schedule": float(seconds), "options": {"expires": max(seconds, 5)}}
        for name, task, seconds in SCHEDULE
    }
