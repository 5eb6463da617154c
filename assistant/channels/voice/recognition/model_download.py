"""Fetching a published speech model: resumed where it stopped, verified before use, refused where it is not one."""

import hashlib
import lzma
import shutil
import urllib.error
import urllib.request
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Final
from urllib.parse import urlsplit

from assistant.channels.voice.errors import DownloadFailed, Unreachable
from assistant.channels.voice.recognition.model import SpeechModel, check_layout

SECONDS: Final = 30
BLOCK: Final = 1 << 16
LARGEST: Final = 8 << 30
"""A model unpacked; the largest published one has some 4 GB."""
_PARTIAL: Final = 206
_BEYOND: Final = 416

Advance = Callable[[int, int | None], None]


def fetch_model(
    url: str, folder: Path, sha256: str | None = None, advance: Advance = lambda _done, _whole: None
) -> Path:
    """The model's folder below `folder`, fetched and unpacked where it is not there yet.

    Args:
        url: A zip file that holds one folder.
        folder: Where models live.
        sha256: The zip's digest, where the publisher tells it; it is checked then.
        advance: Called with the bytes that are there, and the whole where it is known.

    Raises:
        Unreachable: It cannot be fetched from there now.
        DownloadFailed: It is not what was announced, is no zip of a model, or cannot be kept.
        ModelRefused: It is a model that takes no grammar.
    """
    parts = urlsplit(url)
    name = PurePosixPath(parts.path).name
    if parts.scheme not in {"http", "https"} or not name.endswith(".zip"):
        raise DownloadFailed(f"{url} is no web address of a zip file.")
    target = folder / name.removesuffix(".zip")
    if target.is_dir():
        check_layout(target)
        return target
    _make(folder)
    part = folder / f"{name}.part"
    _download(url, part, advance)
    if sha256 is not None and _digest(part) != sha256.lower():
        part.unlink()
        raise DownloadFailed(f"{name} is not what was announced (its SHA-256 differs), so it was thrown away.")
    return _unpacked(part, target)


def offline_hint(url: str, folder: Path) -> str:
    """What to do on a machine that reaches no network."""
    name = PurePosixPath(urlsplit(url).path).name
    return (
        f"Without a network: fetch {url} elsewhere, carry it over, and run "
        f"`floor voice-model --from {name}`, or unpack it into {folder} and set FLOOR_MODEL to the folder."
    )


def from_file(archive: Path, folder: Path, sha256: str | None = None) -> Path:
    """The model of a zip file that was carried here. Raises DownloadFailed and ModelRefused."""
    if not archive.is_file():
        raise DownloadFailed(f"There is no file {archive}.")
    if sha256 is not None and _digest(archive) != sha256.lower():
        raise DownloadFailed(f"{archive.name} is not what was announced: its SHA-256 differs.")
    target = folder / archive.name.removesuffix(".zip")
    if target.is_dir():
        check_layout(target)
        return target
    if not zipfile.is_zipfile(archive):
        raise DownloadFailed(f"{archive.name} is no zip file.")
    _make(folder)
    part = folder / f"{archive.name}.part"
    try:
        shutil.copyfile(archive, part)
    except OSError as error:
        raise DownloadFailed(f"{archive.name} cannot be kept in {folder}: {error.strerror}.") from error
    return _unpacked(part, target)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DownloadFailed(f"No model can be kept in {folder}: {error.strerror}.") from error


def _download(url: str, part: Path, advance: Advance) -> None:
    """Fetches what is missing of the file; a server that cannot go on in the middle sends it all again."""
    have = part.stat().st_size if part.exists() else 0
    request = urllib.request.Request(url, headers={"Range": f"bytes={have}-"} if have else {})  # noqa: S310 - checked
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310 - checked
            resumed = answer.status == _PARTIAL
            have = have if resumed else 0
            length = answer.headers.get("Content-Length")
            whole = have + int(length) if length and length.isdigit() else None
            with part.open("ab" if resumed else "wb") as out:
                while block := answer.read(BLOCK):
                    out.write(block)
                    have += len(block)
                    advance(have, whole)
    except urllib.error.HTTPError as error:
        if error.code == _BEYOND and have:
            return
        raise Unreachable(f"{url} cannot be fetched: the server answered {error.code}.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "reason", error)
        told = f"{url} cannot be fetched: {getattr(reason, 'strerror', None) or reason}."
        raise Unreachable(f"{told} Run it again to go on where it stopped." if have else told) from error
    if whole is not None and have < whole:
        raise Unreachable(f"{url} broke off after {have} of {whole} bytes. Run it again to go on where it stopped.")


def _digest(path: Path) -> str:
    with path.open("rb") as given:
        return hashlib.file_digest(given, "sha256").hexdigest()


DAMAGE: Final = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, NotImplementedError, RuntimeError)
"""What the zip library says of an archive that is damaged, encrypted, or packed in a way that it does not know."""


def _unpacked(part: Path, target: Path) -> Path:
    """Unpacks beside the target, tries the model, and only then puts it in place."""
    fresh = target.with_name(f"{target.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        with zipfile.ZipFile(part) as archive:
            _check(archive, part.name)
            archive.extractall(fresh)
    except DAMAGE as error:
        shutil.rmtree(fresh, ignore_errors=True)
        part.unlink(missing_ok=True)
        raise DownloadFailed(
            f"{target.name}.zip is damaged ({error}), so it was thrown away; fetch it again."
        ) from error
    inner = [child for child in fresh.iterdir() if child.is_dir()]
    root = inner[0] if len(inner) == 1 and not (fresh / "am").exists() else fresh
    try:
        check_layout(root)
        SpeechModel.load(root)
    except Exception:
        shutil.rmtree(fresh)
        raise
    root.rename(target)
    shutil.rmtree(fresh, ignore_errors=True)
    part.unlink()
    return target


def _check(archive: zipfile.ZipFile, name: str) -> None:
    """Refuses an archive that would write elsewhere or without end."""
    entries = archive.infolist()
    if sum(entry.file_size for entry in entries) > LARGEST:
        raise DownloadFailed(f"{name} unpacks to more than any speech model has.")
    for entry in entries:
        path = PurePosixPath(entry.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts:
            raise DownloadFailed(f"{name} names files outside its own folder, so it is no speech model.")
