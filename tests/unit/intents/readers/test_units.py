"""A pack is what the plant declares; any other pack word is kept as said, and never a unit of another name."""

from datetime import date

import pytest

from assistant.intents import LotName, PlaceName, ProductName, Reading, UnitName, Vocabulary, parse

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def mill() -> Vocabulary:
    return Vocabulary.of(
        products=[
            ProductName("F-RYE", "Rye flour", ("rye",), ("lb", "sack", "carton")),
            ProductName("F-OAT", "Rolled oats", ("oats",), ("lb", "octabin")),
            ProductName("B-LOAF", "Rye loaf", ("loaves",), ("ea", "dolly")),
        ],
        places=[PlaceName("A1", "Aisle 1"), PlaceName("A2", "Aisle 2")],
        lots=[LotName("RY-301", "F-RYE"), LotName("OA-114", "F-OAT"), LotName("LF-20", "B-LOAF")],
        units=[UnitName("octabin", ("octas", "big bin")), UnitName("dolly")],
    )


@pytest.mark.parametrize(
    ("said", "quantity", "unit"),
    [
        ("moved 6 sacks RY-301 to aisle 2", "6", "sack"),
        ("moved one sack of rye RY-301 to aisle 2", "1", "sack"),
        ("moved a sack of rye RY-301 to aisle 2", "1", "sack"),
        ("moved 3 cartons RY-301 to aisle 2", "3", "carton"),
        ("moved 3 cases RY-301 to aisle 2", "3", "case"),
        ("moved 2 octabins OA-114 to aisle 2", "2", "octabin"),
        ("moved two octas of oats OA-114 to aisle 2", "2", "octabin"),
        ("moved half an octabin OA-114 to aisle 2", "0.5", "octabin"),
        ("moved 4 dollies LF-20 from aisle 1 to aisle 2", "4", "dolly"),
        ("moved 4dolly LF-20 to A2", "4", "dolly"),
        ("OA-114 1 octabin aisle 1 > aisle 2", "1", "octabin"),
    ],
)
def test_a_declared_pack_is_a_unit(said: str, quantity: str, unit: str, mill: Vocabulary) -> None:
    reading = parse(said, mill, TODAY)
    (frame,) = reading.frames
    assert (frame.slots["quantity"], frame.slots["unit"]) == (quantity, unit)
    assert reading.confidence >= Reading.SURE


@pytest.mark.parametrize(
    ("said", "unit"),
    [
        ("received 6 sacks of chickpeas lot CP26C from levant PO 71 exp 2027-10-01 dock 1", "sack"),
        ("moved 3 crates RM1107 to L2", "crate"),
        ("used 2 boxes CB1120 on 4475", "box"),
        ("count d1: 12 trays CP26A", "tray"),
        ("moved 5 kegs OO-317 to line 2", "keg"),
        ("tossed a bunch of cilantro CL1120, slimy", "bunch"),
        ("moved 3 cartons RM1107 to L2", "case"),
    ],
)
def test_another_pack_word_is_kept_as_said(said: str, unit: str, vocabulary: Vocabulary) -> None:
    (frame,) = parse(said, vocabulary, TODAY).frames
    assert frame.slots["unit"] == unit


def test_a_declared_pack_answers_which_unit(mill: Vocabulary) -> None:
    for said, unit in (("sacks", "sack"), ("octas", "octabin"), ("cartons", "carton")):
        assert parse(said, mill, TODAY, expecting="unit").frames[0].slots == {"unit": unit}
    slots = parse("3 dollies", mill, TODAY, expecting="quantity").frames[0].slots
    assert slots == {"quantity": "3", "unit": "dolly"}
