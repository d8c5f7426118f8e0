"""Each promise about declarations and reviews finds the row that breaks it, inserted past triggers and indexes."""

from contextlib import closing

import psycopg2
import pytest

from foundation.audit import invariants
from tests.factories import accounts
from tests.factories import licenses as make

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def past_the_guards(owner_url):
    """Runs statements as the owner of the tables with triggers off, and commits: what nobody else can do."""

    def run(table, *statements):
        with closing(psycopg2.connect(owner_url)) as own, own, own.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            for statement in statements:
                cursor.execute(statement)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")

    return run


def broken() -> set[str]:
    return {finding.invariant.sentence for finding in invariants.check({"I14", "I16"})}


@pytest.fixture
def offer():
    made = make.published_declaration()
    assert broken() == set()
    return made


def test_two_live_declarations_of_one_patent_are_found(offer, past_the_guards):
    other = accounts.member("owner")
    past_the_guards(
        "licenses_declaration",
        "DROP INDEX licenses_one_live_declaration",
        "CREATE TEMP TABLE twin ON COMMIT DROP AS SELECT * FROM licenses_declaration",
        "UPDATE twin SET id = id + 1000, number = 'TWIN', state = 'submitted', "
        f"current_terms_id = NULL, patentee_id = {other.organization_id}",
        "INSERT INTO licenses_declaration SELECT * FROM twin",
    )
    assert "A patent has at most one live declaration." in broken()


@pytest.mark.parametrize(
    ("table", "statement", "sentence"),
    [
        (
            "licenses_termsversion",
            "UPDATE licenses_termsversion SET state = 'superseded'",
            "An open declaration has exactly one version of its terms in force.",
        ),
        (
            "licenses_termsversion",
            "UPDATE licenses_termsversion SET content = replace(content, '3000000', '1')",
            "The terms are those that were submitted.",
        ),
        (
            "licenses_termsversion",
            """UPDATE licenses_termsversion SET pricing = jsonb_set(pricing, '{lump_sum_fen}', '1')""",
            "The terms are those that were submitted.",
        ),
        (
            "patents_encumbrance",
            "UPDATE patents_encumbrance SET until_at = now()",
            "An open declaration lies on its patent.",
        ),
        ("approvals_decision", "DELETE FROM approvals_decision", "Terms came into force by a decision."),
        ("approvals_decision", "DELETE FROM approvals_decision", "A decided case has its decision."),
        (
            "approvals_decision",
            "UPDATE approvals_decision SET opener_id = (SELECT min(id) FROM accounts_user WHERE id NOT IN "
            "(SELECT maker_id FROM approvals_decision UNION SELECT opener_id FROM approvals_decision))",
            "Nobody decides a case of their own.",
        ),
    ],
)
def test_broken_row_is_found(table, statement, sentence, offer, past_the_guards):
    accounts.UserFactory()
    past_the_guards(table, statement)
    assert sentence in broken()
