"""The facts of the machine, and of what was measured on it."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from pathlib import Path

_VERSIONS = (
    "import platform, sqlite3;"
    "print(f'Python {platform.python_version()} with SQLite {sqlite3.sqlite_version}')"
)


def machine(python: str, root: Path) -> str:
    """Return what was measured on, and what was measured."""
    commit = told(["git", "-C", str(root), "rev-parse", "--short", "HEAD"])
    return (
        f"Measured on {processor()}, {os.cpu_count()} cores, {memory():.0f} GB of memory, "
        f"{platform.system()} {platform.release()}; {told([python, '-c', _VERSIONS])}; "
        f"{', '.join([*pins(root), server()])}; factledger as of commit {commit}."
    )


def pins(root: Path) -> list[str]:
    """Return the rivals with their versions."""
    lines = (root / "benchmarks" / "requirements.txt").read_text(encoding="utf-8").splitlines()
    return [line.replace("==", " ") for line in lines if "==" in line]


def processor() -> str:
    """Return the name of the processor."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def memory() -> float:
    """Return how much memory there is, in gigabytes."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9


def server() -> str:
    """Return which PostgreSQL there is."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    text = told([str(debian[-1]) if debian else "postgres", "--version"])
    version = re.search(r"\d+\.\d+", text)
    return f"PostgreSQL {version[0]}" if version else "no PostgreSQL"


def told(command: list[str]) -> str:
    """Return what a command writes, `unknown` where it cannot be run."""
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
