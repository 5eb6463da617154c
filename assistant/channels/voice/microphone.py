"""A headset at this machine, without a browser: its microphone, its loudspeaker, espeak-ng to speak."""

import queue
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

from assistant.channels.voice.errors import VoiceUnavailable
from assistant.channels.voice.port import Floor, Voice
from assistant.channels.voice.recognition.audio import RATE
from assistant.channels.voice.session.manners import Mode
from assistant.channels.voice.session.session import Event, Session, Told, Understood
from assistant.channels.voice.speech import command, speak

FRAME = RATE // 10
WAITING = 100
"""Frames of a tenth of a second that may wait; older ones are dropped, since nobody wants an answer to the past."""

Microphone = Callable[[], bytes]
Speaker = Callable[[str, int], None]


def talk(floor: Floor, person: str, device: str | None, *, always: bool, show: Callable[[str], Any]) -> None:
    """Listens and answers until it is interrupted. Raises VoiceUnavailable where this machine cannot."""
    voice = Voice.of(floor)
    command("ready")
    words = voice.manners.words
    mode = Mode.LISTENING if always else Mode.ASLEEP
    session = voice.session(person, mode=mode, hands_free=True)
    with microphone(device) as (listen, forget):

        def say(text: str, slow: int) -> None:
            speak(text, slow)
            forget()

        show(f"Say “{words.wake[0]}” to wake it, “{words.sleep[0]}” to let it sleep; Ctrl-C ends it.")
        try:
            while True:
                one(session, listen(), show, say)
        except KeyboardInterrupt:
            show("")


def one(session: Session, pcm: bytes, show: Callable[[str], Any], speaker: Speaker) -> None:
    """A piece of sound, and what comes of it; the microphone is not heard while a reply is spoken."""
    for event in list(session.hear(pcm)):
        _shown(event, show)
        if isinstance(event, Told):
            speaker(event.spoken, event.slow)
            for after in session.spoken():
                _shown(after, show)
    if session.over:
        session.begin(uuid4().hex)


def _shown(event: Event, show: Callable[[str], Any]) -> None:
    if isinstance(event, Understood):
        show(f"“{event.text}”")
    elif isinstance(event, Told):
        show(event.say)


@contextmanager
def microphone(device: str | None) -> Iterator[tuple[Microphone, Callable[[], None]]]:
    """`(listen, forget)`: the next tenth of a second, and dropping what was recorded meanwhile."""
    try:
        import sounddevice  # noqa: PLC0415 - an optional extra
    except (ImportError, OSError) as error:
        raise VoiceUnavailable(
            "The microphone needs the `headset` extra and PortAudio: pip install 'floor-assistant[headset]' "
            "(Debian: apt install libportaudio2)."
        ) from error
    frames: queue.Queue[bytes] = queue.Queue(WAITING)

    def put(data: Any, _count: int, _time: Any, _status: Any) -> None:  # noqa: ANN401 - PortAudio's own types
        if frames.full():
            frames.get_nowait()
        frames.put_nowait(bytes(data))

    def forget() -> None:
        while not frames.empty():
            frames.get_nowait()

    chosen: str | int | None = int(device) if device and device.isdigit() else device
    try:
        stream = sounddevice.RawInputStream(
            samplerate=RATE, blocksize=FRAME, dtype="int16", channels=1, device=chosen, callback=put
        )
    except (sounddevice.PortAudioError, ValueError) as error:
        raise VoiceUnavailable(f"There is no microphone to listen to: {error}.") from error
    with stream:
        yield frames.get, forget
