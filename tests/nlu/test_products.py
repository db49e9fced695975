"""Which products a shopper names, however they call or spell them."""

from __future__ import annotations

import pytest

from bot.nlu.products import CatalogueProduct, ProductFinder

CATALOGUE = [
    CatalogueProduct("sneakers", "Canvas Sneakers", {"colour": ["white", "navy"], "size": ["39", "40"]}),
    CatalogueProduct("runners", "Pantai Running Shoes", {"colour": ["black", "lime"], "size": ["39", "43"]}),
    CatalogueProduct("sandals", "Woven Leather Sandals", {"size": ["36", "37"]}),
    CatalogueProduct("batik", "Batik Long-Sleeve Shirt", {"colour": ["indigo", "maroon"], "size": ["M", "XL"]}),
    CatalogueProduct("tee", "Everyday Cotton Tee", {"colour": ["black", "white"], "size": ["M"]}),
    CatalogueProduct("kurta", "Linen Kurta", {"colour": ["sand"]}),
    CatalogueProduct("trousers", "Wide Linen Trousers", {"colour": ["sand"]}),
    CatalogueProduct("hijab", "Satin Square Hijab", {"colour": ["grey", "cream"]}),
    CatalogueProduct("watch", "Detik Smart Watch", {"band": ["silicone", "leather"]}),
    CatalogueProduct("bank", "Slim Power Bank", {"capacity": ["10000 mAh", "20000 mAh"]}),
    CatalogueProduct("beans", "Liberica Coffee Beans", {"weight": ["250 g", "500 g"]}),
    CatalogueProduct("scrub", "Coffee Body Scrub"),
    CatalogueProduct("case", "Clear Phone Case"),
    CatalogueProduct("cushion", "Batik Cushion Cover", {"pattern": ["parang", "mega mendung"]}),
]
THINGS = {
    "sneakers": ["sneaker", "kasut kanvas"],
    "running shoes": ["kasut lari"],
    "shirt": ["kemeja"],
    "tee": ["t-shirt", "kaos"],
    "hijab": ["tudung", "jilbab"],
    "watch": ["smart watch", "jam tangan"],
    "power bank": ["powerbank"],
    "coffee beans": ["coffee", "kopi"],
    "scrub": ["body scrub", "lulur"],
    "cushion": ["sarung bantal"],
    "phone case": ["casing hp"],
}
VALUES = {"navy": ["biru tua"], "black": ["hitam"], "grey": ["kelabu", "abu-abu"], "cream": ["krem"]}


@pytest.fixture(scope="module")
def finder() -> ProductFinder:
    return ProductFinder(CATALOGUE, THINGS, VALUES, ["nya"])


@pytest.mark.parametrize(
    ("text", "products"),
    [
        ("the canvas sneakers", ["sneakers"]),
        ("i want the blue sneaker", ["sneakers"]),
        ("kasut sneaker biru ada tak", ["sneakers"]),
        ("sneakernya ready kak?", ["sneakers"]),
        ("canvas sneekers", ["sneakers"]),
        ("kemeja batik maroon", ["batik"]),
        ("tudung satin warna kelabu", ["hijab"]),
        ("jilbabnya", ["hijab"]),
        ("kaos hitam", ["tee"]),
        ("the linen kurta and a power bank", ["kurta", "bank"]),
        ("powerbank 20000mah", ["bank"]),
        ("the smart watch with the leather band", ["watch"]),
        ("i want coffee", ["beans"]),
        ("body scrub", ["scrub"]),
        ("lulur kopi", ["scrub", "beans"]),
        ("linen", ["kurta", "trousers"]),
        ("the batik one", ["batik", "cushion"]),
        ("detik", ["watch"]),
    ],
)
def test_shopper_names_a_product(finder: ProductFinder, text: str, products: list[str]) -> None:
    assert sorted(mention.product_id for mention in finder.find(text)) == sorted(products)


@pytest.mark.parametrize(
    "text",
    [
        "where is my order",
        "is it clear now",
        "hari ini ada yang baru",
        "i was on the beach in the canvas tent of my brother",
        "short sleeve",
        "1047",
        "",
    ],
)
def test_shopper_names_no_product(finder: ProductFinder, text: str) -> None:
    assert finder.find(text) == []


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("canvas sneakers navy size 40", {"colour": "navy", "size": "40"}),
        ("sneaker biru tua nombor 39", {"colour": "navy", "size": "39"}),
        ("hijab satin abu-abu", {"colour": "grey"}),
        ("batik shirt XL", {"size": "XL"}),
        ("i'm looking for a batik shirt", {}),
        ("power bank 20000mah", {"capacity": "20000 mAh"}),
        ("sarung bantal mega mendung", {"pattern": "mega mendung"}),
        ("sneakers RM40.50", {}),
    ],
)
def test_shopper_says_which_of_it(finder: ProductFinder, text: str, options: dict[str, str]) -> None:
    assert finder.find(text)[0].options == options


def test_the_fuller_the_name_the_higher_the_score(finder: ProductFinder) -> None:
    whole, part, misspelt = (finder.find(text)[0] for text in ("canvas sneakers", "sneakers", "sneekers"))
    assert 1 >= whole.score > part.score > misspelt.score > 0
    assert whole.value == "Canvas Sneakers"


def test_titles_alone_are_enough() -> None:
    finder = ProductFinder(["Enamel Mug Pair", "Coconut Hair Oil"])
    assert [mention.value for mention in finder.find("2 of the enamel mugs please")] == ["Enamel Mug Pair"]
    assert ProductFinder([]).find("enamel mug") == []
