"""Install what the checkout needs: Python packages into .venv, browser packages into node_modules.

Called by make when a lock file is newer than `.venv/installed`. Standard library only, since nothing is
installed yet. Two calls at once do the work once.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
ENVIRONMENT = CHECKOUT / ".venv"
PROGRAMS = ENVIRONMENT / "bin"
OLDEST_PYTHON = (3, 11)
OLDEST_NODE = 18


def main() -> None:
    if sys.version_info < OLDEST_PYTHON:
        sys.exit("Python 3.11 or newer is needed; name it by PYTHON=python3.12 make ...")
    build = CHECKOUT / "build"
    build.mkdir(exist_ok=True)
    with (build / "install.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        install("requirements-dev.txt", "Python packages", ENVIRONMENT / "python-packages", install_python)
        install(
            "package-lock.json", "browser packages", CHECKOUT / "node_modules" / ".installed", install_browser
        )
        (ENVIRONMENT / "installed").touch()


def install(source: str, title: str, stamp: Path, work: Callable[[], None]) -> None:
    """Do the work unless its stamp says that it was done for this very lock file and Python."""
    digest = hashlib.sha256((CHECKOUT / source).read_bytes() + sys.version.encode()).hexdigest()
    if not stamp.exists() or stamp.read_text() != digest:
        sys.stdout.write(f"Installing {title} ...\n")
        sys.stdout.flush()
        work()
        stamp.write_text(digest)


def install_python() -> None:
    if not works([str(PROGRAMS / "python"), "-m", "pip", "--version"]):
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
        run([sys.executable, "-m", "venv", str(ENVIRONMENT)], "Debian: apt install python3-venv")
    pip_install("requirements-dev.txt")


def install_browser() -> None:
    environment = dict(os.environ)
    if not system_node_serves():
        pip_install("requirements-node.txt")
        environment["PATH"] = f"{PROGRAMS}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    npm = shutil.which("npm", path=environment.get("PATH"))
    run([str(npm), "ci", "--no-audit", "--no-fund", "--loglevel=error"], "", environment)


def pip_install(requirements: str) -> None:
    options = ["--quiet", "--no-input", "--disable-pip-version-check", "--require-hashes", "--no-deps"]
    run([str(PROGRAMS / "python"), "-m", "pip", "install", *options, "--requirement", requirements])


def system_node_serves() -> bool:
    node = shutil.which("node")
    if not node or not shutil.which("npm"):
        return False
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    major = said.strip().removeprefix("v").split(".")[0]
    return major.isdecimal() and int(major) >= OLDEST_NODE


def works(command: list[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def run(command: list[str], advice: str = "", environment: dict[str, str] | None = None) -> None:
    """Run in the checkout; when it fails, show what it said and end with what helps."""
    done = subprocess.run(
        command,
        cwd=CHECKOUT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        sys.exit(f"{done.stdout}\nFailed: {' '.join(command)}\n{advice}".rstrip())


if __name__ == "__main__":
    main()
