"""The voice commands as a user types them: what they answer, and one clear sentence for whatever is wrong."""

import json
import sys
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assistant.channels.voice.recognition.audio import write_wav
from assistant.cli.main import main
from tests.support.floor_day import ZONE, demo_books
from tests.support.speaking import Speaker, silence

REPORT = "moved six cases of romaine romeo mike eleven eleven from cooler one bay two to line two"
POSTED = "Moved 6 cases of romaine RM1111 from cooler 1 bay 2 to line 2."

Floor = Callable[..., Result]


@pytest.fixture(scope="module")
def speaker(tmp_path_factory: pytest.TempPathFactory) -> Speaker:
    """Whoever speaks."""
    return Speaker.of_run(tmp_path_factory)


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo plant's books, which every test may add to."""
    return demo_books(tmp_path_factory.mktemp("books") / "floor.db")


@pytest.fixture
def floor(books: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Floor:
    """The `floor` command in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    known = {
        "FLOOR_DATABASE_URL": f"sqlite:///{books}",
        "FLOOR_TODAY": "2026-11-22",
        "FLOOR_TIMEZONE": ZONE.key,
        "FLOOR_HEADSET_PINS": str(tmp_path / "pins.json"),
        "FLOOR_MODEL_FOLDER": str(tmp_path / "models"),
    }

    def run(*arguments: str, **environment: str) -> Result:
        return CliRunner().invoke(main, arguments, env={**known, **environment})

    return run


def test_a_recording_is_heard_asked_about_and_posted(floor: Floor, speaker: Speaker, tmp_path: Path) -> None:
    for name, text in (("report", REPORT), ("yes", "yes")):
        write_wav(tmp_path / f"{name}.wav", speaker.say(text, "en-gb"))
    asked = json.loads(floor("hear", "report.wav", "--as", "maria", "--json").stdout)
    assert (asked["heard"], asked["asking"], asked["entries"]) == (REPORT, "confirm", [])
    told = floor("hear", "yes.wav", "--as", "maria")
    assert (told.exit_code, told.stdout.strip(), told.stderr.strip()) == (0, POSTED, "“yes”")


def test_a_recording_of_nothing_is_told_so(floor: Floor, tmp_path: Path) -> None:
    write_wav(tmp_path / "nothing.wav", silence(1))
    told = floor("hear", "nothing.wav", "--as", "linh")
    assert (told.exit_code, told.stdout.strip(), told.stderr) == (0, "I heard nothing.", "")


def test_the_model_is_checked(floor: Floor) -> None:
    told = floor("voice-check")
    assert told.exit_code == 0
    assert "no plant should rely on it" in told.stdout
    assert told.stdout.endswith("Every word of the plant can be heard.\n")


def test_names_that_the_model_cannot_hear_are_told(floor: Floor, tmp_path: Path) -> None:
    plant = tmp_path / "plant"
    plant.mkdir()
    unheard = [
        first + last for first, last in product(("zorb", "quax", "flim", "vrik", "blen", "skro", "pwil"), repeat=2)
    ]
    rows = "".join(f"X-{n},{name},raw,lb\n" for n, name in enumerate(unheard))
    (plant / "products.csv").write_text(f"sku,name,kind,base_unit\n{rows}")
    (plant / "locations.csv").write_text("code,name,kind\nZ1,Fathom store,storage\n")
    assert floor("load", str(plant)).exit_code == 0
    told = floor("voice-check")
    assert "cannot be heard" in told.stdout
    assert len(floor("voice-check", "--all").stdout) > len(told.stdout)


def test_a_pin_is_printed_once_or_taken(floor: Floor) -> None:
    assert floor("headset-pin", "maria").stdout.startswith("maria: ")
    assert floor("headset-pin", "maria", "--pin", "271828").stdout == "maria has a new PIN.\n"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("10850510002011", "46587443HG234"), "6359"),
        (("10333830000016", "187", "2023-07-12"), "3765"),
        (("10333830000016", "186", "230711"), "7557"),
    ],
)
def test_voice_codes(floor: Floor, arguments: tuple[str, ...], code: str) -> None:
    assert floor("voicecode", *arguments).stdout.strip() == code


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("hear", "none.wav", "--as", "maria"), "none.wav cannot be read: No such file or directory."),
        (("hear", "text.wav", "--as", "maria"), "text.wav is no WAV file."),
        (("hear", "empty.wav", "--as", "maria"), "empty.wav is no WAV file."),
        (("headset", "--as", "nobody"), "nobody is not on this plant's list of people."),
        (("headset-pin", "nobody"), "nobody is not on this plant's list of people."),
        (("headset-pin", "maria", "--pin", "12"), "A PIN has 4 to 12 digits."),
        (("headset-pin", "maria", "--pin", "1111"), "A PIN of one digit only is too easy."),
        (("voicecode", "abc", "1"), "'abc' is no GTIN: it has up to 14 digits."),
        (("voicecode", "10850510002011", ""), "A voice code needs a lot."),
        (("voice-model", "ftp://plant/model.zip"), "ftp://plant/model.zip is no web address of a zip file."),
        (("voice-model", "--from", "none.zip"), "There is no file none.zip."),
        (("voice-model", "--from", "text.wav"), "text.wav is no zip file."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_one_sentence(floor: Floor, tmp_path: Path, arguments: tuple[str, ...], sentence: str) -> None:
    tmp_path.joinpath("text.wav").write_text("this is no sound")
    tmp_path.joinpath("empty.wav").touch()
    told = floor(*arguments)
    assert (told.exit_code, told.stderr.strip(), told.stdout) == (1, sentence, "")


@pytest.mark.parametrize("command", [("voice-check",), ("hear", "report.wav", "--as", "maria")], ids=lambda c: c[0])
def test_without_a_model_every_command_says_how_to_get_one(
    floor: Floor, speaker: Speaker, tmp_path: Path, command: tuple[str, ...]
) -> None:
    write_wav(tmp_path / "report.wav", speaker.say(REPORT))
    told = floor(*command, FLOOR_MODEL=str(tmp_path / "none"))
    assert told.exit_code == 1
    assert "There is no speech model in" in told.stderr
    assert "`floor voice-model` fetches one." in told.stderr


def test_without_a_network_it_says_what_to_do_instead(floor: Floor) -> None:
    told = floor("voice-model", "http://127.0.0.1:1/model.zip")
    failed, instead = told.stderr.splitlines()
    assert failed == "http://127.0.0.1:1/model.zip cannot be fetched: Connection refused."
    assert "carry it over" in instead
    assert "floor voice-model --from model.zip" in instead


def test_a_folder_that_cannot_be_made_is_told(floor: Floor, tmp_path: Path) -> None:
    tmp_path.joinpath("file").touch()
    told = floor("voice-model", "http://127.0.0.1:1/model.zip", FLOOR_MODEL_FOLDER=str(tmp_path / "file" / "models"))
    assert (told.exit_code, told.stderr.strip()) == (
        1,
        f"No model can be kept in {tmp_path}/file/models: Not a directory.",
    )


def test_without_a_microphone_the_headset_says_what_is_missing(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sounddevice", None)
    told = floor("headset", "--as", "maria")
    assert told.exit_code == 1
    assert "pip install 'floor-assistant[headset]'" in told.stderr
    assert len(told.stderr.splitlines()) == 1
