"""The checks of a lot as a table: what is asked, by which rule, what to do, in which part it is put right (pure)."""

from dataclasses import dataclass

from foundation.core.marks import _


@dataclass(frozen=True, slots=True)
class Row:
    """``blocks``: no selection while it fails or nobody knows the answer."""

    title: str
    rule: str
    remedy: str
    section: str
    blocks: bool = True


TABLE = {
    "A01": Row(
        _("Right in force"),
        _("Auction Law Art. 6: the seller must own it or may dispose of it"),
        _("Upload an extract of the patent register that shows the patent in force."),
        "patents",
    ),
    "A02": Row(
        _("Annual fee paid"),
        _("Auction Law Art. 27: defects are disclosed"),
        _("Pay the annual fee, then upload the receipt or an extract of the register."),
        "patents",
        blocks=False,
    ),
    "A03": Row(
        _("The seller is a patentee"),
        _("Patent Law 10"),
        _("Offer patents of your own organization only."),
        "patents",
    ),
    "A04": Row(
        _("Consent of the co-owners"),
        _("Patent Law 14"),
        _("Upload the signed consent of all co-owners to the data room, kind “First rights”."),
        "documents",
    ),
    "A05": Row(
        _("Nothing on the patent excludes the lot"),
        _("Patent Law 51(3) and the table of what excludes what"),
        _("End what stands in the way first, or choose another kind of lot."),
        "patents",
    ),
    "A06": Row(
        _("No ownership dispute or preservation"),
        _("Rule 86(2)"),
        _("Wait until the suspension ends, or upload an extract that shows none."),
        "patents",
    ),
    "A07": Row(
        _("Not pledged, or the pledgee consents"),
        _("Civil Code 444"),
        _("Upload the pledgee's consent, or an extract that shows no pledge."),
        "patents",
    ),
    "A08": Row(
        _("Exclusive or sole license"),
        _("Civil Code 865-867"),
        _("End the exclusive or sole license first, or upload an extract that shows none."),
        "patents",
    ),
    "A09": Row(
        _("No invalidation request pending"),
        _("Auction Law Art. 27: defects are disclosed"),
        _("It is disclosed on the public page; nothing else to do."),
        "disclosure",
        blocks=False,
    ),
    "A10": Row(
        _("No secrecy order or export control"),
        _("Patent Law 4, export control rules"),
        _("Upload a statement of your secrecy office; the officer confirms it."),
        "patents",
    ),
    "A11": Row(
        _("Valuation of state assets"),
        _("Auction Law Art. 28, judicial rules Art. 10"),
        _("Enter the valuation and upload the report to the data room."),
        "price",
    ),
    "A12": Row(
        _("Inventors and co-owners named"),
        _("Civil Code 847 and 860"),
        _("Name everybody who comes first on equal terms, with an e-mail address."),
        "priority",
    ),
}
