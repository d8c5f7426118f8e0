"""Random markers in what is private, and who may read each: no answer to anybody else may hold one.

`foreign` things belong to a firm in Suzhou and its licensee, to whom no role of the matrix belongs; `own` things belong
to the university in Nanjing. Whose marker it is stands in the name.
"""

import secrets
from dataclasses import dataclass
from typing import Any

from accounts.models import Invitation, Organization, Person
from accounts.models.users import User
from approvals import services as approvals
from approvals.models import Review
from foundation.core.crypto import encrypt
from foundation.documents.models import File
from foundation.jobs.models import ImportBatch
from licenses.models import Declaration, License
from licenses.services import declarations
from licenses.services.drafting import draft_of
from notifications.models import SavedSearch
from patents.models import RegisterExtract
from tests.architecture.permissions import canaries_auctions
from tests.architecture.permissions.rules import BUSINESS, NOBODY, READ_ALL, REVIEW, SEE_ALL, SEE_PROVINCE
from tests.factories import licenses as offers

PREFIX = "cnry"
# Addresses with a secret in them: what whoever holds the link may read there, signed in or not.
SECRET_LINKS = {
    "documents:certificate": "number of a foreign license",
    "certificate": "number of a foreign license",
    "notifications:feed": "saved search of somebody else",
    "notifications:unsubscribe": "saved search of somebody else",
    "accounts:invitation": "address of a stranger's account",
}


@dataclass(frozen=True)
class Canary:
    """A marker and the roles that may meet it; ``only_on`` the routes that begin so, where it is named."""

    name: str
    marker: str
    seen_by: frozenset[str]
    only_on: str = ""

    @property
    def is_planted(self) -> bool:
        """Made here; the others are numbers that also stand in addresses."""
        return self.marker.startswith(PREFIX)

    def sings(self, who: str, route: str, url: str, answer: Any) -> bool:
        """Whether an answer tells it to somebody who must not know. What was asked may be repeated."""
        if not route.startswith(self.only_on):
            return False
        if who in self.seen_by or self.marker in url or SECRET_LINKS.get(route) == self.name:
            return False
        return self.stands_in(answer)

    def stands_in(self, answer: Any) -> bool:
        """In the body or in a header."""
        headers = any(self.marker in str(value) for value in answer.headers.values())
        return headers or self.marker.encode() in answer.shown


def new() -> str:
    """A marker that stays itself in HTML, JSON, addresses and mails."""
    return f"{PREFIX}{secrets.token_hex(6)}"


def plant(world: Any) -> list[Canary]:
    """Put the markers in; the natural ones (numbers, addresses) are taken as they are."""
    found = [*_of_people(world), *_of_offers(world), *_of_licenses(world), *_of_papers(world)]
    return [*found, *(Canary(*one) for one in canaries_auctions.plant(world))]


def _canary(name: str, seen_by: set[str], marker: str = "") -> Canary:
    return Canary(name, marker or new(), frozenset(seen_by))


def _of_people(world: Any) -> list[Canary]:
    """Organizations' contact data, persons, identity documents, what belongs to one user."""
    made = [
        _canary("contact data of a firm", NOBODY),
        _canary("name of a natural person", SEE_PROVINCE),
        _canary("identity number", NOBODY),
        _canary("saved search of somebody else", NOBODY),
        _canary("address of somebody invited elsewhere", NOBODY),
    ]
    contact, name, identity, search, invited = (one.marker for one in made)
    firm = Organization.objects.filter(pk__in=[world.stranger.organization_id, world.strange_taker.organization_id])
    firm.update(contact_email=f"{contact}@example.org", contact_phone=contact, address=contact)
    Organization.objects.filter(pk=world.recluse.organization_id).update(
        name=name, contact_email=f"{contact}@example.org"
    )
    Person.objects.update(document_encrypted=encrypt(identity))
    SavedSearch.objects.filter(user=world.stranger.user).update(name=search, query=f"q={search}")
    Invitation.objects.filter(organization=world.stranger.organization).update(email=f"{invited}@example.org")
    for user in User.objects.filter(pk__in=[world.stranger.user_id, world.members["owner"].user_id]):
        made.append(_canary("digest of a password", NOBODY, user.password.rpartition("$")[2]))
    for member in (world.stranger, world.strange_taker, world.recluse):
        made.append(_canary("address of a stranger's account", READ_ALL, member.user.email))
    return made


def _of_offers(world: Any) -> list[Canary]:
    """Drafts, what is not published, and what officers wrote down for themselves."""
    own, inside = BUSINESS | SEE_ALL | {"city_officer"}, REVIEW | READ_ALL
    return [
        _canary("draft", own, _written(world, world.own["draft"], world.members["owner"])),
        _canary("foreign draft", SEE_ALL, _written(world, world.foreign["draft"], world.stranger)),
        _canary("terms under review", own, world.own["secret"]),
        _canary("foreign terms under review", SEE_ALL, world.foreign["secret"]),
        _canary("contact that is not public", SEE_ALL, _contact(world.foreign["published_pk"])),
        _canary("unsent remark", inside, _remark(world, world.own["claimed"])),
        _canary("foreign unsent remark", SEE_ALL, _remark(world, world.foreign["claimed"])),
    ]


def _written(world: Any, pk: int, actor: Any) -> str:
    """A marker in the reasons of a draft's price."""
    marker, declaration = new(), Declaration.objects.get(pk=pk)
    values, version = offers.price(explanation=f"按研发投入{marker}的八分之一计算。"), draft_of(declaration).version
    declarations.save_section(declaration=declaration, section="price", values=values, version=version, actor=actor)
    return marker


def _contact(pk: int) -> str:
    marker = new()
    fields = {"contact_name": marker, "contact_email": f"{marker}@example.org", "contact_phone": marker}
    Declaration.objects.filter(pk=pk).update(contact_is_public=False, **fields)
    return marker


def _remark(world: Any, number: str) -> str:
    marker = new()
    approvals.remark(
        review=Review.objects.get(number=number),
        field="explanation",
        label="计算依据",
        comment=marker,
        actor=world.officer,
    )
    return marker


def _of_licenses(world: Any) -> list[Canary]:
    """Strangers' licenses, notices in preparation and money, known by number."""
    use = _canary("use of a foreign license", SEE_PROVINCE)
    License.objects.filter(number=world.foreign["license"]).update(intended_use=use.marker)
    draft = _canary("notice in preparation elsewhere", NOBODY)
    License.objects.filter(pk=world.foreign["notice_draft"]).update(
        intended_use=draft.marker, contact_email=f"{draft.marker}@example.org"
    )
    own = _canary("notice in preparation", BUSINESS)
    License.objects.filter(pk=world.own["notice_draft"]).update(intended_use=own.marker)
    known = [
        _canary("number of a foreign license", SEE_PROVINCE, world.foreign["license"]),
        _canary("number of a foreign obligation", SEE_PROVINCE, world.foreign["obligation"]),
        _canary("number of a foreign payment", SEE_PROVINCE, world.foreign["payment"]),
    ]
    return [use, draft, own, *known]


def _of_papers(world: Any) -> list[Canary]:
    """Names of files and imports, reasons of refusals."""
    file, batch, extract = (
        _canary("foreign file", SEE_ALL),
        _canary("foreign import", NOBODY),
        _canary("extract", SEE_ALL),
    )
    File.objects.filter(pk=world.foreign["file"]).update(original_name=f"{file.marker}.png")
    ImportBatch.objects.filter(pk=world.foreign["import"]).update(original_name=f"{batch.marker}.csv")
    RegisterExtract.objects.filter(pk=world.foreign["extract"]).update(refusal_reason=extract.marker)
    return [file, batch, extract]
