"""Speaking on this machine, by espeak-ng: a reply as text in, sound out of the loudspeaker."""

import re
import shutil
import subprocess
from typing import Final

from assistant.channels.voice.errors import VoiceUnavailable

WORDS_A_MINUTE: Final = (165, 135, 105)
"""Normal, slower, slowest."""
_SIGNS: Final = re.compile(r"\b(?:[A-Z] |\d )+(?:[A-Z]|\d)\b")


def paced(text: str) -> str:
    """A reply for a synthesiser: spelled codes rest shortly after every third sign, so that they can be followed."""

    def rested(found: re.Match[str]) -> str:
        signs = found[0].split()
        groups = [" ".join(signs[at : at + 3]) for at in range(0, len(signs), 3)]
        return ", ".join(groups)

    return _SIGNS.sub(rested, text)


def command(text: str, slow: int = 0, language: str = "en-us") -> list[str]:
    """The program and its arguments that speak a text. Raises VoiceUnavailable where espeak-ng is not installed."""
    program = shutil.which("espeak-ng")
    if program is None:
        raise VoiceUnavailable("espeak-ng is not installed, which speaks the replies (Debian: apt install espeak-ng).")
    pace = WORDS_A_MINUTE[min(max(slow, 0), len(WORDS_A_MINUTE) - 1)]
    return [program, "-v", language, "-s", str(pace), "--", paced(text)]


def speak(text: str, slow: int = 0, language: str = "en-us") -> None:
    """Speaks a text and waits until it is spoken. Raises VoiceUnavailable."""
    done = subprocess.run(command(text, slow, language), check=False, capture_output=True)  # noqa: S603 - our own words
    if done.returncode:
        raise VoiceUnavailable(f"espeak-ng could not speak: {done.stderr.decode(errors='replace').strip()[:200]}")
