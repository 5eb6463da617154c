"""One recording to one reply, as `floor hear` does it: what is asked of the person decides what is listened for."""

from dataclasses import replace
from pathlib import Path

from assistant.channels.voice.port import Floor, Voice
from assistant.channels.voice.recognition.audio import read_wav
from assistant.channels.voice.recognition.recogniser import Heard, recognise
from assistant.channels.voice.session.manners import Send, Speak
from assistant.messages import Reply, Utterance

NOTHING = "I heard nothing."


def hear_file(floor: Floor, file: Path, person: str, key: str | None = None) -> tuple[Reply, Heard]:
    """The reply to a recording, and what was heard.

    What is no clear answer to a narrow question is listened to once more as any sentence; what stays unclear is not
    passed on.

    Raises:
        AudioRefused: The file cannot be read as speech.
        ModelRefused: There is no speech model to hear it with.
    """
    pcm = read_wav(file)
    voice = Voice.of(floor)
    grammars = voice.grammars
    state = voice.session(person).state
    grammar = grammars.asked(state.asking, state.options)
    heard = voice.ear.meant(state, recognise(grammars.model, pcm, grammar), pcm, grammar)
    _, acts = voice.manners.heard(state, heard)
    if state.asking is not None and not any(isinstance(act, Send) for act in acts):
        state, grammar = replace(state, misses=1), grammars.general()
        heard = voice.ear.meant(state, recognise(grammars.model, pcm, grammar), pcm, grammar)
        _, acts = voice.manners.heard(state, heard)
    for act in acts:
        if isinstance(act, Send):
            said = Utterance(person, "voice", act.text, id=key, confidence=round(act.confidence, 3))
            return floor.hear(said), heard
        if isinstance(act, Speak):
            return Reply(act.show, act.text, asking=state.asking, options=state.options), heard
    return Reply(NOTHING, NOTHING, asking=state.asking, options=state.options), heard
