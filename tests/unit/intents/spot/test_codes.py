"""Lots: known ones however they are written or said, the ends of some, and new ones."""

from datetime import date

import pytest

from assistant.intents import LotName, PlaceName, ProductName, Vocabulary, parse
from assistant.intents.say.spoken_forms import code_said

TODAY = date(2026, 11, 22)


def lot_of(text: str, vocabulary: Vocabulary) -> object:
    return parse(text, vocabulary, TODAY).frames[0].slots.get("lot")


@pytest.mark.parametrize(
    ("text", "lot"),
    [
        ("moved 2 cs tom1118 to L2", "TOM-1118"),
        ("moved 2 cs TOM 1118 to L2", "TOM-1118"),
        ("moved 2 cs romaine 1107 to L2", "RM1107"),
        ("moved 2 cs of the eleven oh seven romaine to line two", "RM1107"),
        ("used lot ending 213, 2 cs, on 4472", "TB-88213"),
        ("moved two cases tango oscar mike dash one one one eight to line two", "TOM-1118"),
        ("moved two cases el jay oh nine oh four to line two", "LJ0904"),
        ("moved two cases charlie bravo triple one four to line two", "CB1114"),
        ("received 4 cs romaine RM1123", "RM1123"),
        ("received 4 rolls labels LB-4502", "LB-4502"),
        ("received four cases of tomatoes tango oscar mike dash one one two six", "TOM-1126"),
    ],
)
def test_a_lot_is_the_plants_code_or_the_new_one(text: str, lot: str, vocabulary: Vocabulary) -> None:
    assert lot_of(text, vocabulary) == lot


def test_an_ending_that_fits_several_lots_is_asked_about(vocabulary: Vocabulary) -> None:
    reading = parse("moved 2 cs lot 1120 to L2", vocabulary, TODAY)
    assert "lot" not in reading.frames[0].slots
    assert set(reading.frames[0].candidates["lot"]) == {"CL1120", "CB1120", "K1120"}
    assert reading.confidence < reading.SURE


def test_a_lot_that_the_plant_does_not_know_is_named(vocabulary: Vocabulary) -> None:
    reading = parse("moved 2 cs RM1199 to L2", vocabulary, TODAY)
    assert reading.unknown == ("lot RM1199",)
    assert reading.confidence < reading.SURE


def test_a_lot_of_another_product_is_not_sure(vocabulary: Vocabulary) -> None:
    reading = parse("moved 2 cs cilantro RM1107 to L2", vocabulary, TODAY)
    assert reading.confidence < reading.SURE


def test_digits_are_never_corrected(vocabulary: Vocabulary) -> None:
    assert lot_of("moved 2 cs RM1170 to L2", vocabulary) == "RM1170"


def test_a_new_lot_is_known_at_once_and_cheaply() -> None:
    own = Vocabulary.of(
        products=[ProductName("X", "Case liners", (), ("ea", "case"))],
        places=[PlaceName("LO", "Line-out")],
        lots=[LotName(f"A{number:05d}", "X") for number in range(2_000)],
    )
    assert parse("moved 3 ZZ900 to line-out", own, TODAY).unknown == ("lot ZZ900",)
    own.add_lots([LotName("ZZ900", "X")])
    reading = parse("moved 3 ZZ900 to line-out", own, TODAY)
    assert dict(reading.frames[0].slots) == {"lot": "ZZ900", "quantity": "3", "to": "LO"}
    assert reading.unknown == ()


@pytest.mark.parametrize("pairs", [False, True])
def test_every_lot_of_the_plant_can_be_said(pairs: bool, vocabulary: Vocabulary) -> None:  # noqa: FBT001
    for lots in list(vocabulary.lots.values()):
        for lot in lots:
            assert lot_of(f"hold lot {code_said(lot.code, pairs=pairs)}", vocabulary) == lot.code
