"""What firm, team and officers do with a contract: agree on texts, sign, end, choose at the gate, tell results."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.acting import Act
from challenges import papers
from challenges.forms import contracts as forms
from challenges.presentation import contracts as shown
from challenges.queries import contracts
from challenges.rules import is_officer, may_propose, may_publish
from challenges.services import contracting, ending, promoting, transition
from challenges.services.contracting import OWNER, SOLVER, side_of
from foundation.core.clock import database_now
from foundation.core.money import Money


def is_party(membership) -> bool:
    """Whoever may act for a firm or a team."""
    return may_publish(membership) or may_propose(membership)


class OneAward(Act):
    """An act on a contract that one sees, by whoever may act for one of its sides."""

    argument = "award"

    def allowed(self, membership):
        return is_party(membership)

    def found(self, value):
        return get_object_or_404(contracts.visible_to(self.request.membership), number=value)

    def address(self, subject):
        return subject.get_absolute_url()

    def side(self, subject):
        """Whose side this member stands on."""
        return side_of(subject, self.request.membership)


class ChangeTerms(OneAward):
    """Either side changes the texts and the milestones."""

    template = "challenges/contract_terms.html"
    form_class, service = forms.Terms, staticmethod(contracting.propose_terms)
    title = gettext_lazy("Texts and milestones")
    text = gettext_lazy("What you change has to be read and signed by both; a signature given before falls away.")
    submit, said = gettext_lazy("Save the texts"), gettext_lazy("The texts are saved. The other side was told.")

    def possible(self, subject):
        return bool(self.side(subject)) and subject.permits("negotiate")

    def form_more(self, subject):
        terms, pinned = contracting.terms_of(subject), contracting.sha256_of(subject)
        return {"initial": forms.initial_of_terms(terms, pinned)}

    def values(self, form, subject):
        return form.values()

    def rows(self, subject):
        return [{"label": _("Contract amount"), "value": str(subject.amount), "number": True}]

    def page(self, subject, form, status=200, **more):
        return super().page(subject, form, status, milestone_rows=form.row_fields(), row_title=form.row_title, **more)


class SignContract(OneAward):
    """A side reads and signs the contract."""

    template = "challenges/contract_sign.html"
    form_class, service = forms.Sign, staticmethod(contracting.sign)
    title = gettext_lazy("Technology development contract")
    submit, said = gettext_lazy("Sign the contract"), gettext_lazy("You signed the contract.")

    def possible(self, subject):
        side = self.side(subject)
        return bool(side) and subject.permits("sign") and getattr(subject, f"{side}_signed_at") is None

    def form_more(self, subject):
        return {"initial": {"sha256": contracting.sha256_of(subject)}}

    def rows(self, subject):
        return [*shown.facts(subject), {"label": _("Amount"), "value": str(subject.amount), "number": True}]

    def page(self, subject, form, status=200, **more):
        more |= {
            "clauses": papers.clauses_of(subject),
            "indicators": papers.indicators_of(subject),
            "milestones": papers.milestones_of(subject),
        }
        return super().page(subject, form, status, **more)


class EndContract(OneAward):
    """The firm or an officer ends a contract before its time."""

    form_class, service = forms.GiveReason, staticmethod(ending.terminate)
    title = gettext_lazy("End the contract")
    submit, said = gettext_lazy("End the contract"), gettext_lazy("The contract was ended.")
    danger = True

    def allowed(self, membership):
        return may_publish(membership) or is_officer(membership)

    def possible(self, subject):
        ours = self.side(subject) == OWNER or is_officer(self.request.membership)
        return ours and (subject.permits("negotiate") or subject.permits("work"))

    def rows(self, subject):
        return [*shown.facts(subject), *shown.escrow(subject, self.request.membership)]

    def consequences(self, subject):
        return [
            _("What was accepted stays paid; all other milestones end."),
            _("The rest of the escrow goes back to the firm, unless another team still works on the challenge."),
            _("The reason is published."),
        ]


class LetReserveFollow(OneAward):
    """No contract comes of an award: the reserve is selected and given public notice of."""

    form_class, service = forms.Promote, staticmethod(promoting.promote)
    title = submit = gettext_lazy("Let the reserve follow")
    said = gettext_lazy("The public notice about the reserve runs.")
    danger = True

    def allowed(self, membership):
        return may_publish(membership) or is_officer(membership)

    def possible(self, subject):
        return promoting.possible(subject, self.request.membership, database_now())

    def form_more(self, subject):
        reserve = promoting.next_reserve(subject.challenge)
        return {"initial": {"amount": Money(reserve.opened.price_fen)} if reserve else {}}

    def rows(self, subject):
        reserve, rows = promoting.next_reserve(subject.challenge), shown.facts(subject)
        if reserve is not None:
            rows.append({"label": _("The reserve"), "value": reserve.organization.display_name, "note": reserve.number})
        return rows

    def consequences(self, subject):
        return [
            _("This contract ends unsigned; the escrow stays for the reserve. The reason is published."),
            _("A new public notice of %(n)d days runs; any organization may object.")
            % {"n": subject.challenge.season.notice_days},
        ]


class AskToEnd(OneAward):
    """The team asks for the end of a contract."""

    form_class, service = forms.GiveReason, staticmethod(ending.ask_end)
    title = gettext_lazy("Ask to end the contract")
    text = gettext_lazy("The firm and the officers read your reason; one of them ends the contract.")
    submit, said = gettext_lazy("Ask to end the contract"), gettext_lazy("Your wish was sent.")

    def possible(self, subject):
        return self.side(subject) == SOLVER and (subject.permits("negotiate") or subject.permits("work"))


class ChooseAtGate(OneAward):
    """The firm goes on with one team of a horse race."""

    form_class, service = forms.GiveReason, staticmethod(ending.choose_at_gate)
    title = gettext_lazy("Go on with this team")
    submit, said = gettext_lazy("Go on with this team"), gettext_lazy("The race is decided; this team goes on.")

    def possible(self, subject):
        return self.side(subject) == OWNER and subject.permits("work") and ending.at_gate(subject.challenge)

    def rows(self, subject):
        return shown.facts(subject)

    def consequences(self, subject):
        return [_("The other contracts of this challenge end with what was accepted. The reason is published.")]


class TellOutcome(OneAward):
    """Either side says what came of the result."""

    form_class, service = forms.Tell, staticmethod(transition.tell)
    title = gettext_lazy("What came of the result")
    text = gettext_lazy("A product, a license, a patent: it shows what the list achieves.")
    submit, said = gettext_lazy("Publish"), gettext_lazy("It stands on the page of the challenge.")

    def possible(self, subject):
        return bool(self.side(subject)) and subject.permits("track")

    def form_more(self, subject):
        return {"patents": contracts.patents_of(self.request.membership)}


class OfferOpenly(OneAward):
    """A patent that came of the result becomes an open license: a draft with everything known filled in."""

    form_class, service = forms.OfferOpenly, staticmethod(transition.open_license)
    title = gettext_lazy("Offer a patent as an open license")
    text = gettext_lazy("A draft is made with what is known of the challenge. You complete and submit it.")
    submit, said = gettext_lazy("Make the draft"), gettext_lazy("The draft is ready: complete and submit it.")

    def possible(self, subject):
        return bool(self.side(subject)) and subject.permits("track")

    def form_more(self, subject):
        return {"patents": contracts.patents_of(self.request.membership)}

    def after(self, subject, done):
        return self.go("licenses:declaration_task_list", done.pk) if hasattr(done, "pk") else self.back(subject)
