"""Says in one sentence what a Python interpreter lacks to install the assistant; any old Python can run it.

Exit 0: nothing; 1: something has to be installed beside it; 3: it is too old.
"""

import os
import subprocess
import sys
import sysconfig
import tempfile

OLDEST = (3, 11)
COMPILER = "build-essential (Debian, Ubuntu), gcc and glibc-devel (Fedora) or `xcode-select --install` (macOS)"


def compiles(source, headers):
    """Whether the compiler that Python would call turns this C source into an object file."""
    compiler = (os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc").split()
    folder = tempfile.mkdtemp()
    path = os.path.join(folder, "try.c")
    with open(path, "w") as file:
        file.write(source)
    try:
        command = compiler + ["-I" + headers, "-c", path, "-o", path + ".o"]
        return subprocess.call(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False
    finally:
        for name in os.listdir(folder):
            os.unlink(os.path.join(folder, name))
        os.rmdir(folder)


def complaint():
    """The exit status, and the sentence that says what to install (empty when nothing is missing)."""
    name = "Python %d.%d (%s)" % (sys.version_info[0], sys.version_info[1], sys.executable)
    series = "%d.%d" % (sys.version_info[0], sys.version_info[1])
    if sys.version_info < OLDEST:
        return 3, (
            "%s is too old: install Python 3.11 or newer (Debian 12, Ubuntu: python3 python3-venv python3-dev; "
            "Fedora: python3 python3-devel; macOS: brew install python), or name one with PYTHON=." % name
        )
    try:
        import ensurepip  # noqa: F401 - Debian leaves it out of python3
        import venv  # noqa: F401
    except ImportError:
        return 1, (
            "%s has no venv module: install python%s-venv (Debian, Ubuntu), python3-libs (Fedora) "
            "or Python from brew (macOS)." % (name, series)
        )
    headers = sysconfig.get_path("include")
    if not compiles("#include <stdio.h>\n", headers):
        return 1, "No working C compiler, which durable-rules needs: install %s." % COMPILER
    if not compiles("#include <Python.h>\n", headers):
        return 1, (
            "%s has no C headers (Python.h), which durable-rules needs: install python%s-dev (Debian, Ubuntu), "
            "python3-devel (Fedora) or Python from brew (macOS)." % (name, series)
        )
    return 0, ""


if __name__ == "__main__":
    status, sentence = complaint()
    if sentence:
        print(sentence)
    sys.exit(status)
