"""Bank accounts of payees: in their own name, confirmed by a second person, encrypted."""

from types import SimpleNamespace

import pytest
from django.db import IntegrityError, connection, transaction

from foundation.core.errors import InvalidMany, NotAllowed, NotPossibleNow
from settlement.models import PayoutAccount
from settlement.services import bank_accounts
from settlement.services.second_person import OwnWork
from tests.factories.accounts import UniversityFactory, finance, member, officer
from tests.factories.payouts import APPROVED, REJECTED, payout_account, proposed_account, review_of

pytestmark = pytest.mark.django_db
GOOD = {"number": "3200 0000 0000 1234", "bank_name": "中国银行南京分行", "bank_code": "104301003011"}


def propose(organization, actor=None, **changes):
    facts = {"holder": organization.name, **GOOD, **changes}
    actor = actor or member("owner", organization=organization)
    return bank_accounts.propose_account(organization=organization, actor=actor, **facts)


def test_an_account_is_used_once_a_second_person_confirmed_it():
    university = UniversityFactory()
    account = propose(university)
    assert (account.state, bank_accounts.account_of(university.pk)) == ("proposed", None)
    bank_accounts.decide_account(review=review_of(account), decision=APPROVED, actor=officer())
    assert bank_accounts.account_of(university.pk).number_masked == "···· 1234"


def test_the_number_is_encrypted_and_readable_for_the_bank_only():
    account = propose(UniversityFactory())
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(a)::text FROM settlement_payoutaccount a")
        assert "320000000000" not in cursor.fetchone()[0]
    assert account.full_number == "3200000000001234"


def test_a_new_account_takes_the_place_of_the_old_one_only_when_confirmed():
    university = UniversityFactory()
    old = payout_account(university)
    new = propose(university)
    assert bank_accounts.account_of(university.pk).pk == old.pk
    bank_accounts.decide_account(review=review_of(new), decision=APPROVED, actor=officer())
    old.refresh_from_db()
    assert (old.state, bank_accounts.account_of(university.pk).pk) == ("retired", new.pk)


def test_a_refused_account_is_not_used():
    account = proposed_account(UniversityFactory())
    bank_accounts.decide_account(review=review_of(account), decision=REJECTED, actor=officer())
    account.refresh_from_db()
    assert (account.state, bank_accounts.account_of(account.organization_id)) == ("refused", None)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"number": "12"}, "number"),
        ({"number": "62220000abcd"}, "number"),
        ({"bank_code": "123"}, "bank_code"),
        ({"bank_name": " "}, "bank_name"),
    ],
)
def test_what_is_no_account_is_refused_beside_its_field(changes, field):
    with pytest.raises(InvalidMany) as refusal:
        propose(UniversityFactory(), **changes)
    assert list(refusal.value.errors) == [field]


def test_money_goes_to_no_stranger():
    with pytest.raises(bank_accounts.HolderDiffers):
        propose(UniversityFactory(), holder="另一家公司")
    assert PayoutAccount.objects.count() == 0


def test_full_width_digits_and_spaces_do_not_matter():
    assert propose(UniversityFactory(), number="３２００　0000 1234").full_number == "320000001234"


@pytest.mark.parametrize("role", ["ip_manager", "licensing_user", "inventor"])
def test_only_who_manages_the_organization_names_its_account(role):
    university = UniversityFactory()
    with pytest.raises(NotAllowed):
        propose(university, actor=member(role, organization=university))
    with pytest.raises(NotAllowed):
        propose(university, actor=finance())


def test_one_proposal_at_a_time_and_it_can_be_taken_back():
    university = UniversityFactory()
    first, owner = propose(university), member("owner", organization=university)
    with pytest.raises(bank_accounts.AccountWaiting):
        propose(university)
    bank_accounts.withdraw_account(account=first, actor=owner)
    assert propose(university).state == "proposed"
    with pytest.raises(NotPossibleNow):
        bank_accounts.withdraw_account(account=first, actor=owner)


def test_nobody_confirms_an_account_of_their_own():
    account = proposed_account(UniversityFactory())
    proposer = SimpleNamespace(user_id=account.proposed_by_id, role="owner")
    with pytest.raises(OwnWork):
        bank_accounts.decide_account(review=review_of(account), decision=APPROVED, actor=proposer)


def test_a_changed_number_is_refused_by_the_database():
    payout_account(UniversityFactory())
    with pytest.raises(IntegrityError), transaction.atomic():
        PayoutAccount.objects.update(number_encrypted="k1.other")
