"""What a license tells settlement about the income from it."""

from licenses.models import License
from licenses.pricing import WITH_ROYALTY, Method
from settlement.models import Component
from settlement.services.sharing import Source

PURPOSES = ("license.fee", "license.instalment", "license.royalty", "license.late_fee")


def _license_of(obligation) -> License | None:
    return License.objects.select_related("patent", "terms_version").filter(pk=obligation.ref_id).first()


def source_of(*, obligation) -> Source | None:
    """The patent whose owners share the income (Patent Law Art. 14); None for what belongs to no license."""
    license = _license_of(obligation)
    return Source(patent=license.patent) if license else None


def component_of(*, obligation) -> str:
    """What an invoice calls the fee: the entry fee where royalties follow, else the license fee."""
    license = _license_of(obligation)
    if license is not None and Method(license.terms_version.method) in WITH_ROYALTY:
        return Component.ENTRY_FEE
    return Component.LICENSE_FEE
