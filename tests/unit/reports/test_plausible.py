"""What makes sense as a whole at a plant: known names that belong together, and no word left over."""

from datetime import date

import pytest

from assistant.intents import LotName, OrderName, PlaceName, ProductName, Vocabulary, parse
from assistant.reports.plausible import sense

PLANT = Vocabulary.of(
    products=[
        ProductName("GAR", "Garlic, peeled", ("garlic",), ("lb", "jar")),
        ProductName("ROM", "Romaine", ("romaine",), ("lb", "case")),
    ],
    places=[PlaceName("C1-03", "Cooler 1 bay 3"), PlaceName("L2", "Line 2")],
    lots=[LotName("GA1110", "GAR"), LotName("RM1107", "ROM")],
    orders=[OrderName("WO-4471", "GAR")],
)


def makes_sense(text: str, expecting: str | None = None) -> bool:
    reading = parse(text, PLANT, date(2026, 11, 22), channel="voice", expecting=expecting)
    return sense(reading, PLANT) is not None


@pytest.mark.parametrize(
    "text",
    [
        "used two jars of garlic golf alpha eleven ten on forty four seventy one",
        "used two pounds of garlic golf alpha eleven ten on forty four seventy one",
        "moved six cases of romaine romeo mike eleven oh seven from cooler one bay three to line two",
        "where is romaine",
    ],
)
def test_what_fits_the_plant(text: str) -> None:
    assert makes_sense(text)


@pytest.mark.parametrize(
    "text",
    [
        "used two jugs of garlic golf alpha eleven ten on forty four seventy one",
        "made six cases of romaine romeo mike eleven oh seven from cooler one bay three to line two",
        "the weather was lovely",
        "",
    ],
)
def test_what_does_not(text: str) -> None:
    assert not makes_sense(text)


@pytest.mark.parametrize(
    "text",
    [
        "used two jars of garlic golf alpha twelve twelve on forty four seventy one",
        "used two jars of garlic golf alpha eleven ten on work order four four seven nine",
        "used two pounds of garlic romeo mike eleven oh seven on forty four seventy one",
    ],
)
def test_a_code_makes_sense_whether_it_is_known_or_not_and_is_never_turned_into_another(text: str) -> None:
    assert makes_sense(text)


def test_an_answer_makes_sense_to_its_question() -> None:
    assert makes_sense("golf alpha eleven ten", "lot")
    assert makes_sense("line two", "to")


def test_guesses_that_say_the_same_are_equal() -> None:
    one, other = (
        sense(parse(text, PLANT, date(2026, 11, 22), channel="voice"), PLANT)
        for text in ("moved two cases of romaine to line two", "moved to cases of romaine to line two")
    )
    assert one == other is not None
