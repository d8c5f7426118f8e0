"""Words and roles follow the season's legal form: the platform holds no auction (Auction Law Arts. 10 to 16)."""

from django.utils.translation import override

from auctions import wording
from auctions.models import LegalForm, Lot, Sale, Season
from auctions.papers_of_sales import WAYS, conducted, way

HOUSE = Season(
    legal_form=LegalForm.HOUSE,
    house_name="江海拍卖行",
    house_license="苏拍01",
    auctioneer_name="王一",
    auctioneer_license="A7",
)
PLATFORM = Season(legal_form=LegalForm.PLATFORM)


def hammered(season):
    return Sale(way=Sale.Way.HAMMER, lot=Lot(season=season))


def test_the_papers_name_the_house_and_its_auctioneer_or_the_platform():
    assert conducted(HOUSE) == ("拍卖人", "Auction house", "江海拍卖行（苏拍01）", "拍卖师 王一 A7")
    assert conducted(PLATFORM) == ("组织方", "Conducted by", "本平台 the platform", "")


def test_only_an_auctioneer_knocks_down():
    assert way(hammered(HOUSE)) == ("拍卖师落槌成交", "Knocked down by the auctioneer")
    assert way(hammered(PLATFORM)) == WAYS["hammer"] == ("网络竞价成交", "Sold by online bidding")
    assert way(Sale(way=Sale.Way.AGREEMENT, lot=Lot(season=HOUSE))) == WAYS["agreement"]
    with override("en"):
        assert str(wording.of(PLATFORM)["event"]) == "Online competitive bidding"
