"""Recordings of any usual kind as what the recogniser takes: 16 kHz, 16 bit, one channel.

44.1 kHz, 24 bit, stereo WAV  ->  bytes of signed 16-bit little-endian samples, 16,000 a second
"""

import math
import struct
import wave
from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from assistant.channels.voice.errors import AudioRefused

RATE: Final = 16_000
"""Samples a second that the recogniser gets."""
BYTES_A_SECOND: Final = 2 * RATE
LONGEST_SECONDS: Final = 600
SLOWEST_RATE: Final = 8_000
"""Telephone speech: it is read, though it lacks the frequencies by which many consonants are told apart."""
FASTEST_RATE: Final = 192_000
_PCM, _FLOAT, _EXTENSIBLE = 1, 3, 0xFFFE
_TAPS: Final = 16
"""Lobes of the low-pass filter on each side; more is steeper and slower."""


def read_wav(path: Path) -> bytes:
    """The recording's speech as 16 kHz, 16-bit, one-channel PCM.

    Raises:
        AudioRefused: It is no WAV file, has an encoding that is not PCM or float, is empty, too slow or too long.
    """
    try:
        whole = path.read_bytes()
    except OSError as error:
        raise AudioRefused(f"{path} cannot be read: {error.strerror}.") from error
    kind, channels, rate, bits, data = _parts(whole, path.name)
    if not SLOWEST_RATE <= rate <= FASTEST_RATE:
        raise AudioRefused(
            f"{path.name} has {rate} samples a second; speech needs {SLOWEST_RATE} to {FASTEST_RATE}, best {RATE}."
        )
    if (kind, bits, channels, rate) == (_PCM, 16, 1, RATE) and 0 < len(data) // 2 <= LONGEST_SECONDS * RATE:
        return data[: len(data) // 2 * 2]
    samples = mono(_samples(kind, bits, data, path.name), channels)
    if not samples:
        raise AudioRefused(f"{path.name} holds no sound.")
    if len(samples) > LONGEST_SECONDS * rate:
        raise AudioRefused(f"{path.name} is longer than {LONGEST_SECONDS} seconds; say one report a recording.")
    return to_pcm(resample(samples, rate))


def write_wav(path: Path, pcm: bytes) -> None:
    """Keeps 16 kHz PCM as a WAV file that any player opens."""
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(pcm)


def _parts(whole: bytes, name: str) -> tuple[int, int, int, int, bytes]:
    """(encoding, channels, rate, bits, data) of a RIFF file; a header with a wrong length is no reason to refuse it."""
    if whole[:4] != b"RIFF" or whole[8:12] != b"WAVE":
        raise AudioRefused(f"{name} is no WAV file.")
    described: tuple[int, int, int, int] | None = None
    at = 12
    while at + 8 <= len(whole):
        chunk, size = whole[at : at + 4], struct.unpack_from("<I", whole, at + 4)[0]
        body = whole[at + 8 : at + 8 + size]
        if chunk == b"fmt " and len(body) >= 16:  # noqa: PLR2004 - the fixed part of the format
            kind, channels, rate, _, _, bits = struct.unpack_from("<HHIIHH", body)
            if kind == _EXTENSIBLE and len(body) >= 26:  # noqa: PLR2004 - where the real encoding stands
                kind = struct.unpack_from("<H", body, 24)[0]
            described = kind, channels, rate, bits
        elif chunk == b"data":
            if described is None or not described[1]:
                break
            return (*described, body)
        at += 8 + size + size % 2
    raise AudioRefused(f"{name} is a WAV file without sound.")


def _samples(kind: int, bits: int, data: bytes, name: str) -> Sequence[float]:
    """Samples between -1 and 1, the channels still interleaved."""
    whole = data[: len(data) - len(data) % max(bits // 8, 1)]
    if kind == _PCM and bits == 8:  # noqa: PLR2004 - the only unsigned one
        return [(sample - 128) / 128 for sample in whole]
    if kind == _PCM and bits == 16:  # noqa: PLR2004
        return [sample / 32768 for sample in _little("h", whole)]
    if kind == _PCM and bits == 24:  # noqa: PLR2004 - read as 32 bits whose lowest byte is nothing
        widened = bytearray(len(whole) // 3 * 4)
        for offset in range(3):
            widened[offset + 1 :: 4] = whole[offset::3]
        return [sample / 2147483648 for sample in _little("i", bytes(widened))]
    if kind == _PCM and bits == 32:  # noqa: PLR2004
        return [sample / 2147483648 for sample in _little("i", whole)]
    if kind == _FLOAT and bits in {32, 64}:
        floats = _little("f" if bits == 32 else "d", whole)  # noqa: PLR2004
        return [min(max(sample, -1.0), 1.0) if math.isfinite(sample) else 0.0 for sample in floats]
    raise AudioRefused(
        f"{name} is compressed or of an unusual kind ({bits} bits, encoding {kind}); save it as PCM WAV."
    )


def _little(kind: str, data: bytes) -> Sequence[float]:
    """Numbers of a `struct` kind, least significant byte first."""
    return struct.unpack(f"<{len(data) // struct.calcsize(kind)}{kind}", data)


def mono(samples: Sequence[float], channels: int) -> Sequence[float]:
    """One channel: the mean of all."""
    if channels == 1:
        return samples
    frames = len(samples) // channels
    return [sum(samples[i * channels : (i + 1) * channels]) / channels for i in range(frames)]


def resample(samples: Sequence[float], rate: int) -> Sequence[float]:
    """The samples at 16 kHz, by a windowed-sinc low-pass filter, so that what lies above 8 kHz does not fold back."""
    if rate == RATE:
        return samples
    common = math.gcd(rate, RATE)
    up, down = RATE // common, rate // common
    cutoff = min(1.0, RATE / rate)
    reach = math.ceil(_TAPS / cutoff)
    filters: dict[int, list[float]] = {}
    out = []
    for index in range(len(samples) * up // down):
        centre, phase = divmod(index * down, up)
        taps = filters.get(phase)
        if taps is None:
            taps = filters[phase] = _filter(phase / up, cutoff, reach)
        first = centre - reach + 1
        if first >= 0 and first + len(taps) <= len(samples):
            near: Sequence[float] = samples[first : first + len(taps)]
        else:
            near = [samples[i] if 0 <= i < len(samples) else 0.0 for i in range(first, first + len(taps))]
        out.append(math.sumprod(taps, near) if hasattr(math, "sumprod") else sum(map(float.__mul__, taps, near)))
    return out


def _filter(fraction: float, cutoff: float, reach: int) -> list[float]:
    """Weights of the samples around a point that lies `fraction` after one of them; they sum to one."""
    weights = []
    for offset in range(-reach + 1, reach + 1):
        distance = offset - fraction
        x = math.pi * distance * cutoff
        sinc = 1.0 if abs(x) < 1e-9 else math.sin(x) / x  # noqa: PLR2004 - the limit at 0
        window = 0.5 + 0.5 * math.cos(math.pi * distance / (reach + 1))
        weights.append(sinc * window)
    total = sum(weights)
    return [weight / total for weight in weights]


def to_pcm(samples: Sequence[float]) -> bytes:
    """Samples between -1 and 1 as signed 16-bit little-endian numbers."""
    clipped = array("h", (min(max(round(sample * 32767), -32768), 32767) for sample in samples))
    return struct.pack(f"<{len(clipped)}h", *clipped)
