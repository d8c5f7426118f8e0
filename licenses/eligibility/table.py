"""The checks as a table: what is asked, by which rule, whether it blocks, where it is put right (pure)."""

from dataclasses import dataclass

from foundation.core.marks import _


@dataclass(frozen=True, slots=True)
class Row:
    """``at_uptake``: asked again every night and at every uptake."""

    title: str
    rule: str
    remedy: str
    section: str
    blocks: bool = True
    at_uptake: bool = False


TABLE = {
    "E01": Row(
        _("Patent granted and in force"),
        _("Patent Law 50(1), Rule 85"),
        _("Upload an extract of the patent register that shows the patent in force."),
        "patent",
        at_uptake=True,
    ),
    "E02": Row(
        _("Annual fee paid"),
        _("Rule 86(3)"),
        _("Pay the annual fee, then upload the receipt or an extract of the register."),
        "patent",
        at_uptake=True,
    ),
    "E03": Row(
        _("No exclusive or sole license"),
        _("Patent Law 51(3), Rule 86(1)"),
        _("End the exclusive or sole license first, or upload an extract that shows none."),
        "patent",
        at_uptake=True,
    ),
    "E04": Row(
        _("No ownership dispute or preservation"),
        _("Rule 86(2)"),
        _("Wait until the suspension ends, or upload an extract that shows none."),
        "patent",
        at_uptake=True,
    ),
    "E05": Row(
        _("Not pledged, or the pledgee consents"),
        _("Rule 86(4)"),
        _("Upload the pledgee's consent, or an extract that shows no pledge."),
        "patent",
        at_uptake=True,
    ),
    "E06": Row(
        _("All co-owners consent"),
        _("All patentees must agree to the declaration"),
        _("Ask the missing co-owners to sign, or upload their signed consent."),
        "owners",
    ),
    "E07": Row(
        _("Evaluation report"),
        _("Patent Law 50(1)"),
        _("Utility models and designs need a positive evaluation report: upload it."),
        "patent",
        at_uptake=True,
    ),
    "E08": Row(
        _("Fee within the usual ceilings"),
        _("CNIPA notice 19 of 2024"),
        _("Lower the fee, or give the reasons; the officer decides."),
        "price",
        blocks=False,
    ),
    "E09": Row(
        _("Terms end with the patent"),
        _("Patent Law 42, Civil Code 865"),
        _("Choose dates before the patent expires."),
        "term",
    ),
    "E10": Row(
        _("No advertising language"),
        _("Rule 85"),
        _("Remove the words; contact details belong in the contact section."),
        "other",
        blocks=False,
    ),
    "E11": Row(
        _("No invalidation request pending"),
        _("Platform rule: to be disclosed"),
        _("It is disclosed on the public page; nothing else to do."),
        "patent",
        blocks=False,
        at_uptake=True,
    ),
    "E12": Row(
        _("No secrecy order or export control"),
        _("Patent Law 4, export control rules"),
        _("Upload a statement of your secrecy office; the officer confirms it."),
        "patent",
        at_uptake=True,
    ),
    "E13": Row(
        _("No other live declaration"),
        _("One live declaration for each patent"),
        _("Continue the declaration that exists, or wait until it ended."),
        "patent",
    ),
    "E14": Row(
        _("Not in an auction lot"),
        _("Platform rule: one way to the market at a time"),
        _("Wait until the lot has ended."),
        "patent",
    ),
    "E15": Row(
        _("Internal decision of a state institution"),
        _("Law on Promoting the Transformation of Achievements 18"),
        _("Complete the internal decision and public notice, then give the promise."),
        "promises",
    ),
}
