"""Recordings: every usual kind of WAV comes out as the same speech, and what is none is refused in a sentence."""

import math
import struct
from pathlib import Path

import pytest

from assistant.channels.voice.errors import AudioRefused
from assistant.channels.voice.recognition.audio import BYTES_A_SECOND, RATE, read_wav, resample, write_wav

TONE = 1000
SECONDS = 0.25


def tone(rate: int, hertz: float = TONE) -> list[float]:
    return [0.5 * math.sin(2 * math.pi * hertz * i / rate) for i in range(int(SECONDS * rate))]


def riff(kind: int, channels: int, rate: int, bits: int, data: bytes, extra: bytes = b"") -> bytes:
    form = struct.pack("<HHIIHH", kind, channels, rate, rate * channels * bits // 8, channels * bits // 8, bits) + extra
    chunks = b"fmt " + struct.pack("<I", len(form)) + form + b"LIST" + struct.pack("<I", 3) + b"abc\0"
    chunks += b"data" + struct.pack("<I", len(data)) + data
    return b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks


def encoded(samples: list[float], kind: int, bits: int) -> bytes:
    if kind == 3:
        return struct.pack(f"<{len(samples)}{'f' if bits == 32 else 'd'}", *samples)
    if bits == 8:
        return bytes(round(s * 127) + 128 for s in samples)
    if bits == 24:
        return b"".join(round(s * 8388607).to_bytes(3, "little", signed=True) for s in samples)
    return struct.pack(
        f"<{len(samples)}{'h' if bits == 16 else 'i'}", *(round(s * (2 ** (bits - 1) - 1)) for s in samples)
    )


def loudness(pcm: bytes, hertz: float) -> float:
    """How much of a frequency is in 16 kHz PCM, 0 to 1."""
    samples = struct.unpack(f"<{len(pcm) // 2}h", pcm)
    real = sum(s * math.cos(2 * math.pi * hertz * i / RATE) for i, s in enumerate(samples))
    imaginary = sum(s * math.sin(2 * math.pi * hertz * i / RATE) for i, s in enumerate(samples))
    return 2 * math.hypot(real, imaginary) / len(samples) / 32768


@pytest.mark.parametrize("rate", [8000, 11025, 16000, 22050, 44100, 48000])
@pytest.mark.parametrize(("kind", "bits"), [(1, 8), (1, 16), (1, 24), (1, 32), (3, 32), (3, 64)])
def test_every_kind_gives_the_same_tone(tmp_path: Path, rate: int, kind: int, bits: int) -> None:
    file = tmp_path / "tone.wav"
    file.write_bytes(riff(kind, 1, rate, bits, encoded(tone(rate), kind, bits)))
    pcm = read_wav(file)
    assert len(pcm) == pytest.approx(SECONDS * BYTES_A_SECOND, abs=8)
    assert loudness(pcm, TONE) == pytest.approx(0.5, abs=0.02)


def test_stereo_is_the_mean_of_both(tmp_path: Path) -> None:
    file = tmp_path / "stereo.wav"
    both = [side for sample in tone(RATE) for side in (sample, 0.0)]
    file.write_bytes(riff(1, 2, RATE, 16, encoded(both, 1, 16)))
    assert loudness(read_wav(file), TONE) == pytest.approx(0.25, abs=0.01)


def test_the_extensible_header_names_the_encoding_further_on(tmp_path: Path) -> None:
    file = tmp_path / "extensible.wav"
    guid = struct.pack("<H", 1) + bytes(14)
    file.write_bytes(riff(0xFFFE, 1, RATE, 16, encoded(tone(RATE), 1, 16), struct.pack("<HHI", 22, 16, 4) + guid))
    assert loudness(read_wav(file), TONE) == pytest.approx(0.5, abs=0.02)


def test_what_lies_above_8_khz_does_not_fold_back() -> None:
    rate = 48000
    pcm = struct.pack("<4000h", *(round(s * 32767) for s in resample(tone(rate, 11000), rate)))
    assert loudness(pcm, 5000) < 0.01


def test_a_length_that_was_never_filled_in_is_read_to_the_end(tmp_path: Path) -> None:
    file = tmp_path / "streamed.wav"
    whole = riff(1, 1, RATE, 16, encoded(tone(RATE), 1, 16))
    at = whole.index(b"data") + 4
    file.write_bytes(whole[:at] + b"\xff\xff\xff\xff" + whole[at + 4 :])
    assert len(read_wav(file)) == SECONDS * BYTES_A_SECOND


def test_what_is_written_reads_back(tmp_path: Path) -> None:
    pcm = encoded(tone(RATE), 1, 16)
    write_wav(tmp_path / "kept.wav", pcm)
    assert read_wav(tmp_path / "kept.wav") == pcm


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"ID3 an mp3", "no WAV file"),
        (riff(1, 1, RATE, 16, b""), "no sound"),
        (riff(1, 1, 4000, 16, bytes(1600)), "4000 samples a second"),
        (riff(7, 1, RATE, 8, bytes(1600)), "compressed"),
        (riff(1, 0, RATE, 16, bytes(1600)), "without sound"),
        (riff(1, 1, RATE, 16, b"")[:30], "without sound"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(tmp_path: Path, content: bytes, sentence: str) -> None:
    file = tmp_path / "odd.wav"
    file.write_bytes(content)
    with pytest.raises(AudioRefused, match=sentence):
        read_wav(file)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(AudioRefused, match="cannot be read"):
        read_wav(tmp_path / "none.wav")
