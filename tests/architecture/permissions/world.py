"""The people and things the matrix is called with, made through the services.

A is a university in Nanjing with a member of every business role, P a natural person there, B a firm in Suzhou that is
nobody's partner. "own" is what belongs to the actor's organization; for the administration what lies in Nanjing.
"""

import secrets
from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.core.files.base import ContentFile

from accounts.models import Invitation, Person
from foundation import audit
from foundation.core.clock import database_now, local_date
from foundation.core.crypto import encrypt, keyed_digest
from foundation.core.refs import Ref
from foundation.documents import queries as documents
from foundation.documents.services import accept_upload
from foundation.jobs.models import Job
from licenses.services import declarations, notice_drafts
from notifications import services as notifications
from notifications.models import Notice, SavedSearch
from patents import services as patents
from patents.models import Ownership
from sandboxbank import services as bank
from settlement import queries as money
from settlement.models import Case
from tests.architecture.permissions import bank as bank_things
from tests.architecture.permissions import pages_payouts, world_auctions, world_challenges
from tests.architecture.permissions.rules import ANONYMOUS, BUSINESS, OFFICE
from tests.factories import accounts as people
from tests.factories import income, uptakes
from tests.factories import licenses as offers
from tests.factories import royalties as royal
from tests.factories.factors import equip
from tests.factories.notifications import KIND
from tests.factories.patents import make_patent
from tests.journeys.cast import paper
from tests.patents.portfolio import as_csv, row, upload


class World:
    """Everything the matrix needs."""

    def __init__(self) -> None:
        suzhou = people.CityFactory(code="320500", name_zh="苏州市", name_en="Suzhou", pinyin="suzhou")
        university, firm = people.UniversityFactory(), people.OrganizationFactory(city=suzhou)
        self.members = {role: people.member(role, organization=university) for role in sorted(BUSINESS)}
        self.members["person"] = self.person("张三", university.city)
        self.members |= {role: people.member(role) for role in sorted(OFFICE)}
        self.officer = people.officer()
        self.neighbor = people.member("owner", organization=people.UniversityFactory())
        self.taker = people.member("owner")
        self.stranger = people.member("owner", organization=firm)
        self.strange_taker = people.member("owner", organization=people.OrganizationFactory(city=suzhou))
        self.recluse = self.person("李四", suzhou)
        offered = offers.published_declaration(actor=self.neighbor, officer=self.officer, method="entry_plus_royalty")
        self.of_the_bank, self.season = bank_things.objects(), world_auctions.season(self.officer)
        self.list_season = world_challenges.season(self.officer)
        self.own = self.side(self.members["owner"], self.taker, offered)
        self.personal = self.side(self.members["person"], self.taker, offered)
        self.foreign = self.side(self.stranger, self.strange_taker, None)
        self.office = {**self.own, **self.of_the_office()}
        self.personally = {who: self.of_the_user(one) for who, one in self.members.items()}
        self.of_strangers = self.of_the_user(self.stranger)

    def person(self, name: str, city: Any) -> Any:
        """A natural person with an identity document."""
        made = people.OrganizationFactory(kind="person", name=name, name_en="", city=city)
        Person.objects.create(
            organization=made, document_kind="passport", document_encrypted=encrypt(name),
            document_digest=keyed_digest(name), document_masked="E****6789",
        )  # fmt: skip
        return people.member("person", organization=made)

    def side(self, actor: Any, taker: Any, offered: Any) -> dict[str, Any]:
        """What one organization has as patentee, as licensee and as payer."""
        published = offers.published_declaration(actor=actor, officer=self.officer, method="entry_plus_royalty")
        granted = uptakes.paid_license(published, taker)
        suspended = offers.published_declaration(actor=actor, officer=self.officer)
        declarations.suspend(declaration=suspended, reason="核查", actor=self.officer)
        secret = f"cnry{secrets.token_hex(6)}"
        submitted = offers.submitted_declaration(
            actor=actor,
            patent=make_patent(actor.organization),
            price=offers.price(explanation=f"按{secret}的八分之一计算。"),
        )
        claimed = offers.submitted_declaration(actor=actor, patent=make_patent(actor.organization))
        offers.approvals.claim(review=offers.review_of(claimed), actor=self.officer)
        draft = offers.drafted_declaration(actor=actor, patent=make_patent(actor.organization))
        taken = uptakes.paid_license(offered, actor) if offered else granted
        notice_of = actor if offered else taker
        drafted_at = offered and offers.published_declaration(actor=self.neighbor, officer=self.officer)
        made = {
            "organization": actor.organization.public_id,
            "patent": published.patent.number,
            "published": published.number,
            "published_pk": published.pk,
            "suspended": suspended.number,
            "submitted": submitted.pk,
            "secret": secret,
            "review": offers.review_of(submitted).number,
            "claimed": offers.review_of(claimed).number,
            "under_review": claimed.pk,
            "draft": draft.pk,
            "ownership": draft.patent.current_owners()[0].pk,
            "adoptable": self.adoptable(actor).pk,
            "co_owned": self.co_owned(actor).pk,
            "notice_draft": notice_drafts.start_notice(declaration=drafted_at or self.free(), actor=notice_of).pk,
            **self.papers(actor, published.patent),
            **self.paid(taken),
            **self.of_the_bank,
            "transfer": bank_things.transfer(actor),
        }
        made["counterparty"] = self.paid(granted) | {"invoice": income.asked_for(granted, taker)}
        made |= {"invoice": income.asked_for(taken, notice_of), **income.distributed(actor, granted)}
        made |= pages_payouts.of_side(actor, actor, self.neighbor)
        made["counterparty"] |= pages_payouts.of_side(actor, taker, actor)
        made |= self.royalties(taken, granted, actor if offered else taker, self.neighbor if offered else actor)
        other = self.neighbor if offered else taker
        made = world_auctions.added(made, world_auctions.Side(self.season, actor, other, self.officer))
        return world_challenges.added(made, self.list_season, actor, other)

    def royalties(self, taken: Any, granted: Any, licensee: Any, licensor: Any) -> dict[str, Any]:
        """Royalty periods and inspections of a license one took, and (``granted_``) of one that one granted."""
        own = royal.lived(taken, licensee=licensee, licensor=licensor, upload=upload(paper(), "p.png"))
        if taken == granted:
            other = own
        else:
            parties = {"licensee": self.taker, "licensor": licensee}
            other = royal.lived(granted, **parties, upload=upload(paper(), "p.png"))
        return own | {f"granted_{name}": value for name, value in other.items()} | {"granted_license": granted.number}

    def adoptable(self, actor: Any) -> Any:
        """A declaration of the neighbor whose patent belongs to the actor's organization by now."""
        found = offers.published_declaration(actor=self.neighbor, officer=self.officer)
        today = local_date(database_now())
        found.patent.ownerships.update(until_date=today)
        Ownership.objects.create(
            patent=found.patent, organization=actor.organization, name=actor.organization.name, share_weight=1,
            position=0, since_date=today,
        )  # fmt: skip
        return declarations.recheck(declaration=type(found).objects.get(pk=found.pk))

    def co_owned(self, actor: Any) -> Any:
        """A draft of the neighbor on a patent the actor's organization co-owns."""
        patent = make_patent(self.neighbor.organization, actor.organization)
        return offers.drafted_declaration(actor=self.neighbor, patent=patent)

    def papers(self, actor: Any, patent: Any) -> dict[str, Any]:
        """A file, an extract, an import, a job."""
        today = local_date(database_now())
        extract = patents.submit_extract(
            patent=patent, fact="pledge", value="none", extract_date=today, upload=upload(paper(), "p.png"), actor=actor
        )
        batch = patents.start_import(upload=upload(as_csv([row(actor.pk)])), actor=actor)
        return {
            "extract": extract.pk,
            "file": accept_upload(upload=upload(paper(), "page.png"), actor=actor).pk,
            "import": batch.pk,
            **self.job(actor),
        }

    def job(self, actor: Any) -> dict[str, int]:
        """A job with a result."""
        made = Job.objects.create(kind="tests.matrix", organization_id=actor.organization_id, user_id=actor.user_id)
        made.result.save("result.csv", ContentFile(b"a,b\n"))
        return {"job": made.pk}

    def paid(self, license: Any) -> dict[str, Any]:
        """A license in effect with everything about its money."""
        payment = license.obligation.payments.get()
        viewer = self.members["finance"]
        bank.create_order(
            order_id=payment.order_id, amount_fen=payment.amount_fen, subject="fee", payer="payer",
            notify_url="http://127.0.0.1:9/", expires_at=None,
        )  # fmt: skip
        return {
            "license": license.number,
            "obligation": license.obligation.number,
            "payment": payment.order_id,
            "entry": money.entries_for(license.obligation, viewer).first().pk,
            "certificate": documents.certificate_of(Ref.of(license)).token,
            "case": self.case(payment).pk,
        }

    def case(self, payment: Any) -> Case:
        """Money to clarify."""
        return Case.objects.first() or Case.objects.create(kind="unknown_payment", payment=payment)

    def of_the_office(self) -> dict[str, Any]:
        """What belongs to the administration itself."""
        colleague = people.member("expert")
        invited = self.invitation(colleague.organization, "new@example.org", "expert")
        return {
            "organization": colleague.organization.public_id, "colleague": colleague.pk, "invitation": invited.pk,
            **self.job(self.members["superuser"]),
        }  # fmt: skip

    def of_the_user(self, member: Any) -> dict[str, Any]:
        """What belongs to one person, or the organization's people."""
        event = audit.record("accounts.organization.updated", subject=member.organization, actor=member)
        search = notifications.save_search(user=member.user, kind=KIND, query="q=x")
        address = EmailAddress.objects.create(user=member.user, email=f"second-{member.pk}@example.org", verified=False)
        made = {
            "membership": member.pk,
            "notice": Notice.objects.create(user=member.user, event=event, name=event.name).pk,
            "search": search.pk,
            "search_key": search.key,
            "search_token": SavedSearch.unsubscribe_token_for([search]),
            "factor": equip(member.user).pk,
            "invitation_link": self.invitation(self.neighbor.organization, member.user.email, "inventor").token,
            "address_key": EmailConfirmationHMAC(address).key,
        }
        if not member.is_administration:
            colleague = (
                people.member("inventor", organization=member.organization) if member.role != "person" else member
            )
            invited = self.invitation(member.organization, f"{member.pk}@new.example.org", "inventor")
            made |= {"colleague": colleague.pk, "invitation": invited.pk}
        return made

    def free(self) -> Any:
        """A declaration that everybody may take a notice from."""
        return offers.published_declaration(actor=self.neighbor, officer=self.officer)

    def invitation(self, organization: Any, email: str, role: str) -> Invitation:
        """An open invitation."""
        ends = database_now() + timedelta(days=7)
        return Invitation.objects.create(
            organization=organization, email=email, role=role, expires_at=ends, invited_by=self.officer.user
        )

    def thing(self, who: str, relation: str, name: str) -> Any:
        """The object of that name for a role (or a visitor) in a relation."""
        if relation == "private":
            return self.recluse.organization.public_id
        if relation in ("other", "foreign_draft"):
            side, personal = self.foreign, self.of_strangers
        else:
            side = self.personal if who == "person" else self.office if who in OFFICE else self.own
            personal = self.personally["owner" if who == ANONYMOUS else who]
        if relation in ("counterparty", "bidding"):
            side = side[relation]
        name = "draft" if relation in ("draft", "foreign_draft") else name
        return side[name] if name in side else personal[name]
