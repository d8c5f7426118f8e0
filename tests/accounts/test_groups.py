"""An organization names the head of its group; the officer confirms it with the verification."""

import pytest

from accounts import rules
from accounts.models import Organization
from accounts.services.verifications import GroupHeadIsSelf, GroupHeadUnknown
from accounts.wiring import review_facts
from approvals.models import Review
from licenses.services import notice_drafts
from tests.accounts.test_verification import decided, submitted
from tests.factories import accounts as cast
from tests.factories.licenses import published_declaration
from tests.factories.uptakes import notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return cast.member("owner", organization=cast.OrganizationFactory(state="unverified"))


@pytest.fixture
def head():
    return cast.UniversityFactory()


def test_the_officer_sees_the_named_head_and_confirms_it(owner, head):
    verification = submitted(owner, group_head=f" {head.uscc[:9]} {head.uscc[9:].lower()}")
    assert Organization.objects.get(pk=owner.organization_id).group is None  # nobody has confirmed it
    rows = review_facts(review=Review.objects.get(number=verification.review_number))["sections"]
    assert [value for _label, value, name, _agrees in rows if name == "group_head"] == [f"{head.name} {head.uscc}"]
    organization = decided(verification, cast.officer(), "approve")
    assert organization.group == head
    assert rules.same_group(organization, head)


def test_a_refused_or_returned_request_changes_no_group(owner, head):
    assert decided(submitted(owner, group_head=head.uscc), cast.officer(), "return", text="不符").group is None


@pytest.mark.parametrize("code", ["913205007200000174", "nonsense", "9" * 60])
def test_an_unknown_head_is_refused_beside_its_field(owner, client, code):
    with pytest.raises(GroupHeadUnknown):
        submitted(owner, group_head=code)
    client.force_login(owner.user)
    said = {"group_head": code, "legal_representative": "沈清和", "is_true": "on"}
    answer = client.post("/organization/verification/", said)
    assert (answer.status_code, Review.objects.count()) == (422, 0)
    assert "group_head" in answer.context["form"].errors


def test_neither_oneself_nor_somebody_unverified_is_a_head(owner):
    with pytest.raises(GroupHeadUnknown):
        submitted(owner, group_head=cast.OrganizationFactory(state="unverified").uscc)
    with pytest.raises(GroupHeadIsSelf):
        submitted(owner, group_head=owner.organization.uscc)


def test_groups_stay_one_level_deep(owner, head):
    daughter = cast.OrganizationFactory(group=owner.organization)
    mother = cast.OrganizationFactory(group=head)
    organization = decided(submitted(owner, group_head=mother.uscc), cast.officer(), "approve")
    daughter.refresh_from_db()
    assert organization.group == daughter.group == head


def test_a_license_inside_the_group_is_seen_before_and_after_it_is_taken(client):
    offer, officer = published_declaration(), cast.officer()
    firm = cast.OrganizationFactory(state="unverified")
    owner = cast.member("owner", organization=firm)
    decided(submitted(owner, group_head=offer.patentee.uscc), officer, "approve")
    owner.organization.refresh_from_db()
    draft = notice_drafts.start_notice(declaration=offer, actor=owner)
    notice_drafts.save_notice(
        license=draft, actor=owner, intended_use="试用", place_of_use="", contact_email="a@example.org"
    )
    client.force_login(owner.user)
    page = client.get(f"/uptakes/{draft.pk}/check/", headers={"accept-language": "en"}).content.decode()
    assert "Licensor and licensee belong to one group" in page
    notice_drafts.discard_notice(license=draft, actor=owner)
    assert notice(offer, owner).same_group is True


def test_the_head_can_be_named_over_the_api(owner, head, client):
    client.force_login(owner.user)
    said = {"statement": "请核验。", "group_head": head.uscc}
    answer = client.post("/api/v1/verifications/", said, content_type="application/json")
    assert (answer.status_code, answer.json()["group_head"]) == (201, head.public_id)
    wrong = client.post("/api/v1/verifications/", {**said, "group_head": "x"}, content_type="application/json")
    assert 400 <= wrong.status_code < 500
