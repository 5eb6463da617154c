"""Speech for tests: sentences spoken by espeak-ng and flite, and the noise of a floor, kept for the test session."""

import hashlib
import math
import operator
import random
import shutil
import subprocess
from array import array
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from assistant.channels.voice.recognition.audio import BYTES_A_SECOND, RATE, read_wav, write_wav

HELD_OUT = ("en-gb-scotland", "en-us+f5", "en-us+m7", "flite:rms")
"""Voices that the small speech model never met in training."""
VOICES = (*HELD_OUT, "en-us", "en-gb", "flite:slt")
PROGRAMS = ("espeak-ng", "flite", "sox")
_NORMAL_SPEED = 150
AUDIBLE = 300


@dataclass(frozen=True)
class Speaker:
    """Makes recordings in a folder, each once."""

    folder: Path
    _noises: dict[str, list[int]] = field(default_factory=dict)

    @classmethod
    def of_run(cls, factory: pytest.TempPathFactory) -> "Speaker":
        """The one of this run of the tests, so that what a module has made serves the others, too; else skips."""
        require_programs()
        folder = factory.getbasetemp() / "speech"
        folder.mkdir(exist_ok=True)
        return cls(folder)

    def say(self, text: str, voice: str = "en-us", speed: int = _NORMAL_SPEED) -> bytes:
        """The sentence as PCM, with a little silence around it."""
        name = hashlib.sha256(f"{text}|{voice}|{speed}".encode()).hexdigest()[:24]
        file = self.folder / f"{name}.wav"
        if not file.exists():
            raw = self.folder / f"{name}.raw.wav"
            if voice.startswith("flite:"):
                stretch = f"duration_stretch={_NORMAL_SPEED / speed:.2f}"
                run("flite", "-voice", voice.removeprefix("flite:"), "--setf", stretch, "-t", text, "-o", str(raw))
            else:
                run("espeak-ng", "-v", voice, "-s", str(speed), "-w", str(raw), text)
            pad = ("pad", "0.3", "0.3")
            run("sox", str(raw), "-r", str(RATE), "-c", "1", "-b", "16", str(file), "norm", "-3", *pad)
            raw.unlink()
        return read_wav(file)

    def noise(self, kind: str, seconds: float, seed: int = 0) -> bytes:
        """Noise of a kind: white, pink, brown, hum, chatter, music."""
        if kind not in self._noises:
            self._noises[kind] = samples(self._made(kind))
        whole = self._noises[kind]
        at = random.Random(f"{kind}{seed}").randrange(len(whole))
        wanted = int(seconds * RATE)
        repeated = whole[at:] + whole * (wanted // len(whole) + 1)
        return pcm(repeated[:wanted])

    def noisy(self, speech: bytes, kind: str, decibels: float, seed: int = 0) -> bytes:
        """Speech with noise so many decibels below it."""
        clean = samples(speech)
        noise = samples(self.noise(kind, len(clean) / RATE + 0.01, seed))[: len(clean)]
        gain = loudness([s for s in clean if abs(s) > AUDIBLE]) / (loudness(noise) or 1.0) / 10 ** (decibels / 20)
        mixed = [s + gain * n for s, n in zip(clean, noise, strict=True)]
        scale = min(1.0, 32000 / (max(map(abs, mixed)) or 1))
        return pcm([round(s * scale) for s in mixed])

    def _made(self, kind: str) -> bytes:
        file = self.folder / f"noise-{kind}.wav"
        if kind == "chatter" and not file.exists():
            write_wav(file, self._chatter())
        elif not file.exists():
            synth = {
                "hum": ["sine", "50", "sine", "100", "sine", "150", "pinknoise"],
                "music": ["pluck", "220", "pluck", "277", "pluck", "330", "sine", "440-880"],
            }.get(kind, [f"{kind}noise"])
            shape = ["remix", "-"] + (["tremolo", "3", "60"] if kind == "music" else [])
            run("sox", "-R", "-n", "-r", str(RATE), "-b", "16", str(file), "synth", "12", *synth, *shape, "norm", "-6")
        return read_wav(file)

    def _chatter(self) -> bytes:
        """Several people talking at once about other things."""
        talk = (
            ("did you see the game on saturday they were really good in the second half", "en-us+m3"),
            ("my sister is coming to visit next week so we will go to the lake with the children", "en-gb"),
            ("somebody left the radio on again in the break room and the coffee is cold", "flite:slt"),
            ("i told him to call the office about his schedule but he never does what i say", "en-us+f2"),
        )
        parts = [samples(self.say(text, voice)) for text, voice in talk]
        longest = max(map(len, parts))
        return pcm([sum(part[i % len(part)] for part in parts) // len(parts) for i in range(longest * 2)])


def run(*command: str) -> None:
    """Runs a program quietly; its complaint is the failure's message."""
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def samples(data: bytes) -> list[int]:
    """PCM as numbers."""
    return array("h", data).tolist()


def pcm(numbers: list[int]) -> bytes:
    """Numbers as PCM."""
    return array("h", numbers).tobytes()


def loudness(numbers: list[int]) -> float:
    """Root mean square."""
    return math.sqrt(sum(map(operator.mul, numbers, numbers)) / max(len(numbers), 1))


def silence(seconds: float) -> bytes:
    """Digital silence."""
    return bytes(int(seconds * BYTES_A_SECOND) // 2 * 2)


def require_programs() -> None:
    """Skips where a synthesiser is missing."""
    missing = [program for program in PROGRAMS if shutil.which(program) is None]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)} (Debian packages of these names)")
