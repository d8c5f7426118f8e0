"""Two at once: the licensor accepts while the clock does; the licensee writes while it sends. With lock-off twins."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import DatabaseError, connections

from foundation.audit.models import Event
from foundation.core import clock, locking
from foundation.core.errors import DomainError
from licenses.models import RoyaltyPeriod, RoyaltyReport
from licenses.services import royalty_drafts, royalty_periods, royalty_reports
from tests.factories import royalties as make

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(moment, acts):
    """Run all at the same moment, each on a connection of its own; results, or the errors."""
    gate = threading.Barrier(len(acts))

    def run(act):
        try:
            with clock.at(moment):
                gate.wait(timeout=20)
                return act()
        except (DomainError, DatabaseError) as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def remind_eight_times():
    row = make.due_period()
    at_once(row.report_due_at - timedelta(days=1), [lambda: royalty_periods.remind(period=row)] * 8)
    return Event.objects.filter(name="licenses.royaltyperiod.reminded").count()


def test_of_eight_clocks_one_reminds():
    assert remind_eight_times() == 1


def test_without_the_lock_somebody_is_reminded_twice():
    with locking.without_locks():
        assert remind_eight_times() > 1


def write_while_sending(monkeypatch):
    """A line is written after the sums were made and before the report is frozen; what was sent, and whether it adds
    up."""
    row = make.due_period()
    user = make.user(row.license)
    report = royalty_drafts.start_report(period=row, actor=user)
    royalty_drafts.save_line(report=report, actor=user, **make.line("100.00"))
    report = RoyaltyReport.objects.get()
    summed, written = threading.Event(), threading.Event()
    work_out = royalty_reports.calculation_of

    def slow(*arguments, **named):
        summed.set()
        written.wait(1)
        return work_out(*arguments, **named)

    def write():
        summed.wait(10)
        try:
            royalty_drafts.save_line(report=RoyaltyReport.objects.get(), actor=user, **make.line("900.00"))
        finally:
            written.set()

    monkeypatch.setattr(royalty_reports, "calculation_of", slow)
    at_once(
        row.report_due_at - timedelta(days=1),
        [lambda: royalty_reports.send_report(report=report, signatory="x", is_true=True, actor=user), write],
    )
    sent = RoyaltyReport.objects.get()
    return RoyaltyPeriod.objects.get(pk=row.pk).state, sent.base_fen == sum(line.base_fen for line in sent.lines.all())


def test_no_line_is_written_under_a_report_that_is_being_sent(monkeypatch):
    assert write_while_sending(monkeypatch) == ("reported", True)


def test_without_the_lock_a_sent_report_does_not_add_up(monkeypatch):
    with locking.without_locks():
        assert write_while_sending(monkeypatch) == ("reported", False)
