"""Fetching a model: resumed, verified, unpacked only when it is one, from a server on this machine."""

import hashlib
import io
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from assistant.channels.voice.errors import DownloadFailed, ModelRefused
from assistant.channels.voice.recognition.model import DEMO_MODEL
from assistant.channels.voice.recognition.model_download import fetch_model, from_file


def zipped(leave_out: str = "", root: str = "small-model") -> bytes:
    """The small model as a publisher packs one."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for file in sorted(DEMO_MODEL.rglob("*")):
            if file.is_file() and file.name != leave_out:
                archive.write(file, f"{root}/{file.relative_to(DEMO_MODEL)}")
    return packed.getvalue()


@dataclass
class Publisher:
    """Serves one file, and can break off."""

    content: bytes
    break_after: int | None = None
    ranges: list[str | None] = field(default_factory=list)
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/models/small-model.zip"


@pytest.fixture(scope="module")
def model_zip() -> bytes:
    return zipped()


@pytest.fixture
def publisher(model_zip: bytes) -> Iterator[Publisher]:
    publisher = Publisher(model_zip)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = self.headers.get("Range")
            publisher.ranges.append(asked)
            start = int(asked.removeprefix("bytes=").rstrip("-")) if asked else 0
            self.send_response(206 if asked else 200)
            self.send_header("Content-Length", str(len(publisher.content) - start))
            self.end_headers()
            stop, publisher.break_after = publisher.break_after, None
            self.wfile.write(publisher.content[start : start + stop if stop else None])

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    publisher.port = server.server_port
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield publisher
    server.shutdown()
    server.server_close()


def test_a_model_is_fetched_with_its_progress_and_then_left_alone(publisher: Publisher, tmp_path: Path) -> None:
    seen: list[tuple[int, int | None]] = []
    digest = hashlib.sha256(publisher.content).hexdigest()
    folder = fetch_model(publisher.url, tmp_path, digest, lambda done, whole: seen.append((done, whole)))
    assert (folder / "graph" / "Gr.fst").read_bytes() == (DEMO_MODEL / "graph" / "Gr.fst").read_bytes()
    assert seen[-1] == (len(publisher.content), len(publisher.content))
    assert [path.name for path in tmp_path.iterdir()] == ["small-model"]
    assert fetch_model(publisher.url, tmp_path) == folder
    assert len(publisher.ranges) == 1


def test_what_broke_off_goes_on_where_it_stopped(publisher: Publisher, tmp_path: Path) -> None:
    publisher.break_after = 1_000_000
    with pytest.raises(DownloadFailed, match="go on where it stopped"):
        fetch_model(publisher.url, tmp_path)
    assert fetch_model(publisher.url, tmp_path).is_dir()
    assert publisher.ranges == [None, "bytes=1000000-"]


def test_another_digest_is_refused_and_nothing_stays(publisher: Publisher, tmp_path: Path) -> None:
    with pytest.raises(DownloadFailed, match="SHA-256 differs"):
        fetch_model(publisher.url, tmp_path, "0" * 64)
    assert not list(tmp_path.iterdir())


def test_a_damaged_zip_is_refused(publisher: Publisher, tmp_path: Path) -> None:
    middle = len(publisher.content) // 2
    publisher.content = publisher.content[:middle] + bytes(5000) + publisher.content[middle + 5000 :]
    with pytest.raises(DownloadFailed, match="damaged"):
        fetch_model(publisher.url, tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_model_that_takes_no_grammar_is_refused(publisher: Publisher, tmp_path: Path) -> None:
    publisher.content = zipped(leave_out="Gr.fst")
    with pytest.raises(ModelRefused, match="takes no grammar"):
        fetch_model(publisher.url, tmp_path)
    assert not (tmp_path / "small-model").exists()


def test_an_archive_that_writes_elsewhere_is_refused(publisher: Publisher, tmp_path: Path) -> None:
    publisher.content = zipped(root="../outside")
    with pytest.raises(DownloadFailed, match="outside its own folder"):
        fetch_model(publisher.url, tmp_path / "models")
    assert not (tmp_path / "outside").exists()


@pytest.mark.parametrize("url", ["ftp://host/m.zip", "file:///etc/passwd", "http://127.0.0.1/model.tar.gz", "nonsense"])
def test_what_is_no_web_address_of_a_zip_is_refused(url: str, tmp_path: Path) -> None:
    with pytest.raises(DownloadFailed, match="no web address"):
        fetch_model(url, tmp_path)


def test_a_server_that_is_not_there_is_told(publisher: Publisher, tmp_path: Path) -> None:
    with pytest.raises(DownloadFailed, match="cannot be fetched"):
        fetch_model("http://127.0.0.1:1/small-model.zip", tmp_path)


def test_a_zip_that_was_carried_here(model_zip: bytes, tmp_path: Path) -> None:
    archive = tmp_path / "carried.zip"
    archive.write_bytes(model_zip)
    assert (from_file(archive, tmp_path / "models") / "am" / "final.mdl").is_file()
    assert archive.is_file()
    with pytest.raises(DownloadFailed, match="no file"):
        from_file(tmp_path / "other.zip", tmp_path / "models")
