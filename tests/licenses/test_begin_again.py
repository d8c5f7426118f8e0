"""After a rejection the patentee goes on from what was entered, in a new draft."""

import pytest

from approvals import services as approvals
from foundation.core.errors import NotAllowed, NotPossibleNow
from licenses.models import Declaration
from licenses.services import declarations as services
from licenses.services.drafting import draft_of
from tests.factories import accounts
from tests.factories import licenses as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def patentee():
    return accounts.patentee()


@pytest.fixture
def rejected(patentee):
    """A declaration that the officer rejected."""
    officer = accounts.officer()
    declaration = make.submitted_declaration(actor=patentee)
    review = approvals.claim(review=make.review_of(declaration), actor=officer)
    approvals.decide(review=review, outcome="reject", reasons=["R01"], text="计算依据不清楚。", actor=officer)
    return Declaration.objects.get(pk=declaration.pk)


def test_the_button_leads_to_a_draft_with_the_same_entries_but_no_promises(client, patentee, rejected):
    client.force_login(patentee.user)
    page = f"/declarations/{rejected.pk}/again/"
    assert page in client.get(f"/declarations/{rejected.pk}/").content.decode()
    assert client.get(page).status_code == 200
    answer = client.post(page, {})
    made = Declaration.objects.get(state="draft")
    assert (answer.status_code, answer["Location"]) == (302, f"/declarations/{made.pk}/")
    entered, kept = draft_of(rejected).data["sections"], draft_of(made).data["sections"]
    assert kept == {name: values for name, values in entered.items() if name != "promises"}
    assert (made.patent_id, made.number) == (rejected.patent_id, None)
    rejected.refresh_from_db()
    assert rejected.state == "rejected" and rejected.number


def test_the_new_draft_can_be_corrected_submitted_and_published(patentee, rejected):
    made = services.begin_again(declaration=rejected, actor=patentee)
    version = draft_of(made).version
    services.save_section(declaration=made, section="promises", values=make.PROMISES, version=version, actor=patentee)
    submitted = services.submit(declaration=made, actor=patentee)
    assert submitted.number != rejected.number
    assert make.approve(submitted).state == "published"


def test_a_second_time_leads_to_the_same_draft_and_overwrites_nothing(patentee, rejected):
    made = services.begin_again(declaration=rejected, actor=patentee)
    dearer = make.price(lump_sum_fen=4_000_000)
    services.save_section(
        declaration=made, section="price", values=dearer, version=draft_of(made).version, actor=patentee
    )
    assert services.begin_again(declaration=rejected, actor=patentee) == made
    assert draft_of(made).data["sections"]["price"]["lump_sum_fen"] == 4_000_000


def test_only_what_was_rejected_and_is_ones_own_begins_again(patentee, rejected):
    with pytest.raises(NotAllowed):
        services.begin_again(declaration=rejected, actor=accounts.patentee())
    with pytest.raises(NotPossibleNow):
        services.begin_again(declaration=make.published_declaration(actor=patentee), actor=patentee)
