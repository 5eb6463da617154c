"""The recogniser with the real model: grammars, their change between utterances, words it lacks, models it refuses."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.channels.voice.errors import ModelRefused
from assistant.channels.voice.recognition.grammar import Grammars, Spelling
from assistant.channels.voice.recognition.model import DEMO_MODEL, UNKNOWN, SpeechModel
from assistant.channels.voice.recognition.recogniser import Heard, Recogniser, Word, alternatives, as_json, recognise
from assistant.channels.voice.recognition.words import VoiceWords
from tests.support.speaking import Speaker, pcm, samples, silence

WORDS = VoiceWords.load()
PLANT = ("moved six cases of romaine to line two", "received ten bags from packfresh", "used two cubits of cumin")


@pytest.fixture(scope="module")
def model() -> SpeechModel:
    return SpeechModel.load()


@pytest.fixture(scope="module")
def grammars(model: SpeechModel) -> Grammars:
    return Grammars(model, WORDS, lambda _asking: PLANT)


@pytest.fixture(scope="module")
def speaker(tmp_path_factory: pytest.TempPathFactory) -> Speaker:
    return Speaker.of_run(tmp_path_factory)


def frames(audio: bytes) -> list[bytes]:
    return [audio[at : at + 3200] for at in range(0, len(audio), 3200)]


def test_a_model_is_loaded_once_a_process(model: SpeechModel) -> None:
    assert SpeechModel.load(DEMO_MODEL) is model
    assert model.is_demo


@pytest.mark.parametrize("voice", ["en-us", "en-gb-scotland", "flite:rms"])
def test_a_plants_sentence_is_heard(model: SpeechModel, grammars: Grammars, speaker: Speaker, voice: str) -> None:
    heard = recognise(model, speaker.say(PLANT[0], voice), grammars.general())
    assert heard.text.removesuffix(f" {UNKNOWN}") == PLANT[0]
    assert heard.confidence > 0.5


def test_other_speech_is_unknown_to_a_narrow_grammar(model: SpeechModel, grammars: Grammars, speaker: Speaker) -> None:
    heard = recognise(model, speaker.say("the weather was lovely on the holiday"), grammars.asked("check"))
    assert heard.unknown or not heard


def test_a_grammar_changes_with_the_next_utterance_and_never_in_one(
    model: SpeechModel, grammars: Grammars, speaker: Speaker
) -> None:
    recogniser = Recogniser(model, grammars.general())
    found: list[str] = []
    for number, frame in enumerate(frames(speaker.say(PLANT[0]) + silence(1.5))):
        heard = recogniser.accept(frame)
        recogniser.listen_for(grammars.asked("check") if number % 2 else grammars.asked("confirm"))
        found += [heard.text] if heard else []
    assert found == [PLANT[0]]
    recogniser.listen_for(grammars.asked("check"))
    for frame in frames(speaker.say("six three seven") + silence(1.5)):
        heard = recogniser.accept(frame)
        found += [heard.text] if heard else []
    assert found[1:] == ["six three seven"]


def test_vosk_would_abort_the_process_where_ours_waits(tmp_path: Path, speaker: Speaker) -> None:
    audio = tmp_path / "audio.pcm"
    audio.write_bytes(speaker.say(PLANT[0]))
    program = (
        "import sys, vosk; vosk.SetLogLevel(-1)\n"
        'r = vosk.KaldiRecognizer(vosk.Model(sys.argv[1]), 16000, \'["six", "[unk]"]\')\n'
        "r.AcceptWaveform(open(sys.argv[2], 'rb').read()[:32000]); r.SetGrammar('[\"two\"]')"
    )
    done = subprocess.run([sys.executable, "-c", program, DEMO_MODEL, audio], capture_output=True, check=False)
    assert done.returncode < 0


def test_a_recogniser_is_renewed_after_many_utterances(
    model: SpeechModel, grammars: Grammars, speaker: Speaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.channels.voice.recognition.recogniser.UTTERANCES", 2)
    recogniser = Recogniser(model, grammars.asked("check"))
    first = recogniser._vosk
    for _ in range(3):
        for frame in frames(speaker.say("one two nine")):
            recogniser.accept(frame)
        assert recogniser.finish().text == "one two nine"
    assert recogniser._vosk is not first


def test_times_and_loudness_are_those_of_the_utterance(
    model: SpeechModel, grammars: Grammars, speaker: Speaker
) -> None:
    recogniser = Recogniser(model, grammars.asked("check"))
    quieter = pcm([sample // 10 for sample in samples(speaker.say("one two nine"))])
    levels = []
    for number, sound in enumerate((speaker.say("one two nine"), quieter)):
        recogniser.listen_for(grammars.asked("check" if number else "quantity"))
        for frame in frames(sound):
            recogniser.accept(frame)
        heard = recogniser.finish()
        assert 0.2 < heard.words[0].start < heard.words[-1].end < len(sound) / 32_000
        levels.append(heard.words[0].loudness)
    assert levels[0] - levels[1] == pytest.approx(20, abs=1)


def test_a_machine_that_hums_says_nothing(model: SpeechModel, grammars: Grammars, speaker: Speaker) -> None:
    hums = [pcm(samples(speaker.noise("hum", 4, seed))) for seed in range(6)]
    assert [recognise(model, hum, grammars.general()).text for hum in hums] == [""] * 6
    assert recognise(model, speaker.noisy(speaker.say("yes"), "hum", 5), grammars.asked("confirm")).text == "yes"


def test_an_utterance_may_be_heard_in_several_ways(model: SpeechModel, grammars: Grammars, speaker: Speaker) -> None:
    noisy = speaker.noisy(speaker.say(PLANT[0], "en-gb-scotland"), "white", 3)
    guesses = alternatives(model, noisy, grammars.general(), 4)
    assert 1 < len(guesses) <= 4
    assert len({guess.heard.text for guess in guesses}) == len(guesses)
    assert [guess.score for guess in guesses] == sorted((guess.score for guess in guesses), reverse=True)
    assert alternatives(model, silence(1), grammars.general(), 4) == []


def test_words_that_the_model_lacks_are_replaced_or_their_phrase_is_left_out(grammars: Grammars) -> None:
    general = json.loads(grammars.general())
    assert "received ten bags from pack fresh" in general
    assert not any("cubits" in phrase for phrase in general)
    assert set(grammars.missing().words) == {"cubits"}
    assert all(grammars.model.knows(word) for phrase in general if phrase != UNKNOWN for word in phrase.split())


def test_replaced_words_are_written_back(model: SpeechModel) -> None:
    spelling = Spelling(model, {"firkin": ["fork in"]})
    assert spelling.phrases("Firkin one at PackFresh") == ["fork in one at pack fresh"]
    heard = Heard(tuple(Word(w, c, 0, 0) for w, c in (("from", 1.0), ("pack", 0.9), ("fresh", 0.6), ("one", 0.8))))
    written = spelling.written_back(heard)
    assert (written.text, written.confidence) == ("from packfresh one", 0.6)


def test_every_grammar_ends_with_the_unknown_word(grammars: Grammars) -> None:
    for asking in (None, "confirm", "check", "quantity", "choose", "lot"):
        assert json.loads(grammars.asked(asking))[-1] == UNKNOWN
    assert json.loads(as_json(["one", "one"])) == ["one", UNKNOWN]


@pytest.mark.parametrize(
    ("gone", "sentence"),
    [("graph/Gr.fst", "takes no grammar"), ("am/final.mdl", "no Vosk speech model"), ("", "no speech model")],
)
def test_a_model_that_cannot_be_used_is_refused(tmp_path: Path, gone: str, sentence: str) -> None:
    folder = tmp_path / "model"
    if gone:
        shutil.copytree(DEMO_MODEL, folder)
        (folder / gone).unlink()
    with pytest.raises(ModelRefused, match=sentence):
        SpeechModel.load(folder)


def test_a_static_graph_is_refused_by_name(tmp_path: Path) -> None:
    folder = tmp_path / "static"
    shutil.copytree(DEMO_MODEL, folder)
    (folder / "graph/HCLr.fst").rename(folder / "graph/HCLG.fst")
    with pytest.raises(ModelRefused, match="static graph"):
        SpeechModel.load(folder)
