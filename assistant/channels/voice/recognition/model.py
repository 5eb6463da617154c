"""The speech model: one a process, checked before it is trusted, since Vosk only logs what is wrong with one."""

from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any, Final, Self

import vosk

from assistant.channels.voice.errors import ModelRefused

DEMO_MODEL: Final = Path(__file__).resolve().parents[3] / "models" / "vosk-floor-en"
"""The small model that comes along: for tests and demonstration, trained on synthetic voices."""
UNKNOWN: Final = "[unk]"
_loading = Lock()
_loaded: dict[Path, "SpeechModel"] = {}


class SpeechModel:
    """A Vosk model that takes grammars. Shared by all streams; made by `load`."""

    def __init__(self, path: Path, vosk_model: Any) -> None:  # noqa: ANN401 - vosk carries no types
        self.path = path
        self.vosk = vosk_model
        self.knows = lru_cache(maxsize=65536)(self._knows)

    @classmethod
    def load(cls, path: Path | None = None) -> Self:
        """The model in a folder, the one that comes along for None; loaded once a process.

        Raises:
            ModelRefused: There is none, it is broken, or it takes no grammar.
        """
        folder = (path or DEMO_MODEL).resolve()
        with _loading:
            if folder not in _loaded:
                check_layout(folder)
                vosk.SetLogLevel(-1)
                try:
                    _loaded[folder] = cls(folder, vosk.Model(str(folder)))
                except Exception as error:
                    raise ModelRefused(f"The speech model in {folder} cannot be loaded; fetch it anew.") from error
            found = _loaded[folder]
        assert isinstance(found, cls)  # noqa: S101 - the cache holds what this class made
        return found

    @property
    def name(self) -> str:
        """The folder's name, by which Vosk's models are known."""
        return self.path.name

    @property
    def is_demo(self) -> bool:
        """Whether this is the small model of synthetic voices, which no plant should rely on."""
        return self.path == DEMO_MODEL.resolve()

    def _knows(self, word: str) -> bool:
        return bool(self.vosk.vosk_model_find_word(word) >= 0)


def check_layout(folder: Path) -> None:
    """Raises ModelRefused where the folder is no Vosk model with a dynamic graph, which a grammar needs."""
    if not folder.is_dir():
        raise ModelRefused(f"There is no speech model in {folder}; `floor voice-model` fetches one.")
    graph = folder / "graph"
    has = {name for name in ("Gr.fst", "HCLr.fst", "HCLG.fst") if any((at / name).is_file() for at in (graph, folder))}
    acoustic = any((at / "final.mdl").is_file() for at in (folder / "am", folder))
    if not acoustic or not has:
        raise ModelRefused(f"{folder} is no Vosk speech model: am/final.mdl or its graph is missing.")
    if not {"Gr.fst", "HCLr.fst"} <= has:
        raise ModelRefused(
            f"The speech model in {folder} has a static graph and takes no grammar, so it would guess at codes; "
            "use a model with graph/Gr.fst and graph/HCLr.fst, such as Vosk's small ones."
        )
