"""What can go wrong with voice, each told in one sentence that says what to do.

VoiceError
├── ModelRefused      the speech model is missing, broken, or cannot be given a grammar
├── AudioRefused      a recording that cannot be read as speech
├── VoiceUnavailable  a program or device of this machine is missing
├── DownloadFailed    a model could not be fetched or is not what was announced
│   └── Unreachable   the network or the server does not answer, so that the model may have to be carried here
└── Busy              as many streams as this process may serve are open
"""


class VoiceError(Exception):
    """Anything of the voice channel that keeps it from listening or speaking."""


class ModelRefused(VoiceError):
    """The speech model is missing, broken, or of a kind that takes no grammar."""


class AudioRefused(VoiceError):
    """A recording that cannot be read as speech."""


class VoiceUnavailable(VoiceError):
    """A program, an optional package or a device of this machine is missing."""


class DownloadFailed(VoiceError):
    """A published model could not be fetched, or is not what was announced."""


class Unreachable(DownloadFailed):
    """The network or the server does not give the model."""


class Busy(VoiceError):
    """As many streams as this process may serve are open."""

    def __init__(self, most: int) -> None:
        super().__init__(f"All {most} voice lines are in use. Please try again in a minute, or type it on the console.")
