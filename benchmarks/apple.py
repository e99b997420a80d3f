"""A whole import of an Apple Health export into an encrypted person's file, beside what others make of the same file.

    python benchmarks/apple.py [--megabytes 300] [--runs 1] [--peers]

Writes a made-up export of authentic shape to a temporary folder, then imports it: sniffed, read, checked, stored, each
in a fresh process. Memory is the largest sum of resident memory over all processes, sampled (Linux). With `--peers`
also healthkit-to-sqlite and apple-health-parser, each from an environment of its own that is thrown away.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from uitknop.synthetic.apple_writer import AppleExport, apple_export_xml, pack_apple_export

BAR_MB_S = 80.0
BAR_MEMORY_MB = 150.0
BYTES_PER_DAY = 339_500
SAMPLED_EVERY_S = 0.01
NOW_MS = 4_000_000_000_000
"""Late enough that no day of the made-up export lies in the future."""

READ = """
import sys
from pathlib import Path
from uitknop.sources import pieces, request_of
print(sum(piece.recording is not None for piece in pieces(Path(sys.argv[1]), request_of())), "pieces")
"""
IMPORT = f"""
import os, sys, time
from pathlib import Path
from uitknop.person.intake import take_in
from uitknop.store import create_store
with create_store(Path(sys.argv[2]), os.urandom(32), now_ms=0) as store:
    started = time.perf_counter()
    (taken,) = take_in(store, [Path(sys.argv[1])], now_ms={NOW_MS})
    took_s = time.perf_counter() - started
    why = (*taken.notes, *(phrase for _, phrase in taken.refused))
    print("took", took_s, "s:", taken.outcome, taken.kept.n_new, "facts;", *map(str, why))
"""
PARSER = """
import sys
from apple_health_parser.utils.parser import Parser
parser = Parser(export_file=sys.argv[1], output_dir=sys.argv[2], overwrite=True)
for flag in parser.flags:
    try:
        parser.get_flag_records(flag=flag)
    except Exception as fault:
        print(flag, type(fault).__name__)
"""


@dataclass(frozen=True)
class Cost:
    """One run: wall and processor time of all its processes, s; most memory of all together, MB; what it printed."""

    wall_s: float
    cpu_s: float
    peak_mb: float
    said: str
    code: int


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=int, default=300)
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--peers", action="store_true", help="run two others on the same file")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        plain, packed = write_export(folder, max(1, options.megabytes * 1_000_000 // BYTES_PER_DAY))
        size_mb = plain.stat().st_size / 1e6
        packed_mb = packed.stat().st_size / 1e6
        print(
            f"export.xml {size_mb:.0f} MB, export.zip {packed_mb:.0f} MB; load of this machine {os.getloadavg()[0]:.1f}"
        )
        ours = sys.executable
        for title, code, path in (
            ("read only, export.xml", READ, plain),
            ("import, export.xml", IMPORT, plain),
            ("import, export.zip", IMPORT, packed),
        ):
            for run in range(options.runs):
                target = folder / f"{run}-{path.suffix[1:]}.uitknop"
                show(title, measure([ours, "-c", code, str(path), str(target)]), size_mb, bars=code is IMPORT)
                if target.exists():
                    print(f"{'':26}the person's file: {target.stat().st_size / 1e6:.1f} MB")
        if options.peers:
            show_peers(folder, plain, packed, size_mb)


def write_export(folder: Path, days: int) -> tuple[Path, Path]:
    """export.xml and export.zip of so many days."""
    plain, packed = folder / "export.xml", folder / "export.zip"
    with plain.open("wb") as stream:
        for block in apple_export_xml(AppleExport(days=days)):
            stream.write(block)
    with packed.open("wb") as stream:
        pack_apple_export(AppleExport(days=days), stream)
    return plain, packed


def show_peers(folder: Path, plain: Path, packed: Path, size_mb: float) -> None:
    """The same file through two others; a line that says so where one can't be installed."""
    for title, package, rest in (
        ("healthkit-to-sqlite", "healthkit-to-sqlite", ["--silent", "--xml", str(plain), str(folder / "peer.db")]),
        ("apple-health-parser", "apple-health-parser", ["-c", PARSER, str(packed), str(folder / "peer")]),
    ):
        place = folder / package
        try:
            subprocess.run([_uv(), "venv", "--quiet", str(place)], check=True, capture_output=True)
            install = [_uv(), "pip", "install", "--quiet", "--python", str(place / "bin/python"), package]
            subprocess.run(install, check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError):
            print(f"{title:26} not measured: it could not be installed here")
            continue
        program = place / "bin" / ("python" if rest[0] == "-c" else package)
        show(title, measure([str(program), *rest]), size_mb, bars=False)


def _uv() -> str:
    beside = Path(sys.executable).parent / "uv"
    return str(beside) if beside.exists() else shutil.which("uv") or "uv"


def measure(command: Sequence[str]) -> Cost:
    """Run a command and watch it."""
    started, before = time.perf_counter(), os.times()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    peak_mb = 0.0
    while process.poll() is None:
        peak_mb = max(peak_mb, resident_mb(process.pid))
        time.sleep(SAMPLED_EVERY_S)
    wall_s, after = time.perf_counter() - started, os.times()
    cpu_s = after.children_user + after.children_system - before.children_user - before.children_system
    said = process.stdout.read() if process.stdout is not None else ""
    return Cost(wall_s, cpu_s, peak_mb, said.strip(), process.returncode)


def resident_mb(pid: int) -> float:
    """Resident memory of a process and all that it started, MB; 0 where the system does not tell."""
    pids, done = [pid], 0.0
    while pids:
        here = Path(f"/proc/{pids.pop()}")
        try:
            done += int((here / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
            for task in (here / "task").iterdir():
                pids += map(int, (task / "children").read_text().split())
        except (OSError, IndexError):
            continue
    return done


def show(title: str, cost: Cost, size_mb: float, *, bars: bool) -> None:
    """One line: by the clock of the import itself where it tells, else by that of the whole process."""
    took = re.match(r"took ([\d.]+) s", cost.said)
    took_s = float(took[1]) if took else cost.wall_s
    bar = f"   (bars: {BAR_MB_S:.0f} MB/s, {BAR_MEMORY_MB:.0f} MB)" if bars else ""
    speed = f"{size_mb / took_s:6.0f} MB/s {took_s:6.1f} s, {cost.cpu_s:6.1f} s of processor time in all"
    print(f"{title:26} {speed} {cost.peak_mb:7.0f} MB of memory{bar}")
    if cost.code or bars:
        print(f"{'':26} {cost.said[-400:]}" if cost.said else f"{'':26} ended with {cost.code}")


if __name__ == "__main__":
    main()
