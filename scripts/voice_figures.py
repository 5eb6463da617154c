"""What voice costs on this machine: CPU a second of audio, end of speech to reply, and streams a core in real time.

Run as `python -m scripts.voice_figures` in the project's folder; needs espeak-ng, flite and sox.
"""

import os
import statistics
import tempfile
import threading
import time
from pathlib import Path

from assistant.assistant import Assistant
from assistant.bootstrap import bootstrap
from assistant.channels.voice.port import Voice
from assistant.channels.voice.recognition.audio import BYTES_A_SECOND
from assistant.channels.voice.recognition.recogniser import Recogniser
from assistant.channels.voice.session.session import Session, Told
from assistant.settings import load
from tests.support.floor_day import ZONE, Clock, demo_books
from tests.support.speaking import VOICES, Speaker, silence

FRAME = 3200
FRAME_SECONDS = FRAME / BYTES_A_SECOND
TURNS = 100
REPORTS = (
    "moved one case of romaine romeo mike eleven eleven from cooler one bay two to line two",
    "moved one case of tomatoes tango oscar mike dash eleven twenty one from cooler two bay two to line two",
)
CROWDS = (4, 8, 16, 24, 32)
CROWD_SECONDS = 8.0
LATE_SECONDS = 0.5


def cpu_per_second(voice: Voice, audio: bytes) -> None:
    """CPU seconds for a second of audio, by what is listened for."""
    grammars = {"the plant's sentences": voice.grammars.general(), "yes or no": voice.grammars.asked("confirm")}
    for name, grammar in (*grammars.items(), ("no grammar", None)):
        recogniser, began = Recogniser(voice.grammars.model, grammar), time.process_time()
        for at in range(0, len(audio), FRAME):
            recogniser.accept(audio[at : at + FRAME])
            recogniser.partial()
        recogniser.finish()
        print(f"CPU a second of audio, {name}: {(time.process_time() - began) / len(audio) * BYTES_A_SECOND:.4f} s")


def turn(session: Session, number: int, speech: bytes) -> float | None:
    """Seconds from the end of speech to the reply: the silence that ended it, and the work after its last frame."""
    session.begin(f"turn{number:08d}")
    audio = speech + silence(3)
    for at in range(0, len(audio), FRAME):
        began = time.perf_counter()
        for event in session.hear(audio[at : at + FRAME]):
            if isinstance(event, Told) and event.earcon in {"question", "posted"}:
                worked = time.perf_counter() - began
                list(session.spoken())
                return (at + FRAME - len(speech)) / BYTES_A_SECOND + worked
    return None


def latencies(voice: Voice, speaker: Speaker) -> None:
    """Reports and their yes, over and over."""
    session = voice.session("maria", hands_free=True)
    found: dict[str, list[float]] = {"report": [], "yes": []}
    for number in range(TURNS // 2):
        for kind, text in (("report", REPORTS[number % len(REPORTS)]), ("yes", "yes")):
            speech = trimmed(speaker.say(text, VOICES[number % len(VOICES)]))
            took = turn(session, 2 * number + (kind == "yes"), silence(0.3) + speech)
            found[kind] += [took] if took is not None else []
    for kind, seconds in found.items():
        ranked = sorted(seconds)
        print(
            f"End of speech to reply, {kind}: median {statistics.median(ranked):.2f} s, "
            f"99th percentile {ranked[int(0.99 * (len(ranked) - 1))]:.2f} s, {len(ranked)} of {TURNS // 2} answered"
        )


def trimmed(speech: bytes) -> bytes:
    """Without the silence behind it."""
    whole = memoryview(speech).cast("h")
    last = max(i for i in range(len(whole)) if abs(whole[i]) > 200)  # noqa: PLR2004 - audible
    return bytes(speech[: 2 * (last + 1)])


def crowd(voice: Voice, audio: bytes, count: int) -> float:
    """So many streams at once in real time; how late the latest frame was, in seconds."""
    late = [0.0] * count
    start = time.perf_counter() + 0.2

    def stream(index: int) -> None:
        recogniser = Recogniser(voice.grammars.model, voice.grammars.general())
        for number in range(int(CROWD_SECONDS / FRAME_SECONDS)):
            due = start + (number + 1) * FRAME_SECONDS + index * FRAME_SECONDS / count
            time.sleep(max(0.0, due - time.perf_counter()))
            at = number * FRAME % (len(audio) - FRAME)
            recogniser.accept(audio[at : at + FRAME])
            recogniser.partial()
            late[index] = max(late[index], time.perf_counter() - due)

    threads = [threading.Thread(target=stream, args=(index,)) for index in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return max(late)


def main() -> None:
    """All figures."""
    with tempfile.TemporaryDirectory() as folder:
        where = Path(folder)
        books = demo_books(where / "floor.db")
        settings = load(database_url=f"sqlite:///{books}", timezone=ZONE.key, today=None)
        assistant: Assistant = bootstrap(settings, now=Clock())
        voice, speaker = Voice.of(assistant), Speaker(where)
        audio = b"".join(speaker.say(text, VOICES[i]) for i, text in enumerate(REPORTS))
        print(f"Load before: {os.getloadavg()[0]:.1f}")
        cpu_per_second(voice, audio)
        latencies(voice, speaker)
        if hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
        for count in CROWDS:
            late = crowd(voice, audio, count)
            held = "held" if late < LATE_SECONDS else "too many"
            print(f"{count} streams on one core: {held}, latest frame {late:.2f} s late")


if __name__ == "__main__":
    main()
