from pathlib import PurePosixPath

import pytest

from bin.checks import house

CASES = [
    # rule, path, what breaks it, what keeps it
    ("reads_through_queries", "licenses/views/offers.py", "x = License.objects.all()", "x = queries.visible_to(m)"),
    ("reads_through_queries", "licenses/api.py", "x = License._base_manager.get()", "x = License.objects.none()"),
    ("one_writer_of_state", "licenses/services/x.py", "lic.state = 'on'", "audit.advance(lic, 'on', actor=a)"),
    ("one_writer_of_state", "licenses/services/x.py", "a = lic.state = 'on'", "a = lic.state"),
    ("one_writer_of_state", "licenses/services/x.py", "lic.state: str = 'on'", "state: str = 'on'"),
    ("one_after_commit", "patents/services.py", "transaction.on_commit(f)", "audit.record('x')"),
    ("one_after_commit", "patents/tasks.py", "send.delay(1)", "send(1)"),
    ("no_floats_near_money", "settlement/ledger.py", "x = 0.5", "x = 5"),
    ("no_floats_near_money", "licenses/pricing.py", "from foundation.core.money import Money\nx = float(y)", "x = 0.5"),
    ("fields_say_what_they_hold", "patents/models/a.py", "a = models.DateTimeField()", "a = AwareDateTimeField()"),
    ("fields_say_what_they_hold", "patents/models.py", "a = models.DecimalField()", "a = models.BigIntegerField()"),
    ("time_comes_from_the_edge", "patents/services/a.py", "x = timezone.now()", "x = database_now()"),
    ("time_comes_from_the_edge", "patents/queries.py", "x = date.today()", "x = now.date()"),
    ("imports_at_the_top", "patents/x.py", "def f():\n    import os", "import os"),
    ("small_files", "patents/x.py", "def f():\n" + "    x = 1\n" * 50, "def f():\n" + "    x = 1\n" * 49),
    ("small_files", "patents/x.py", "def f(): pass\n" + "x = 1\n" * 250, "def f(): pass\n" + "x = 1\n" * 249),
    ("small_files", "patents/utils.py", "x = 1", None),
]


def broken_rules(source, path):
    return [finding.split(": ")[1] for finding in house.check(source, PurePosixPath(path))]


@pytest.mark.parametrize(("rule", "path", "breaks", "keeps"), CASES)
def test_each_rule_finds_what_breaks_it_and_nothing_else(rule, path, breaks, keeps):
    assert broken_rules(breaks, path) == [rule]
    if keeps is not None:
        assert broken_rules(keeps, path) == []


def test_every_rule_has_a_case():
    assert {rule.__name__ for rule in house.RULES} == {case[0] for case in CASES}


def test_tables_without_functions_may_be_long():
    assert broken_rules("x = 1\n" * 400, "accounts/cities.py") == []


def test_a_line_can_be_excused_by_name():
    source = "x = License.objects.all()  # house: reads_through_queries, because"
    assert broken_rules(source, "licenses/api.py") == []
    assert broken_rules(source.replace("reads", "writes"), "licenses/api.py") == ["reads_through_queries"]


def test_the_outbox_may_do_what_others_may_not():
    assert broken_rules("transaction.on_commit(f)\nx.state = 1", "foundation/audit/recording.py") == []
    assert broken_rules("License.objects.all()", "tests/licenses/test_api.py") == []
