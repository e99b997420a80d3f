"""Changed text, JSON and XML files, changed further wherever a change reached new lines of an importer (atheris).

    python scripts/fuzz_guided.py [--runs 20000] [--seed 1]

What escapes is printed once, with the bytes that did it; exit code 1 when anything did. Linux only.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path

TEXTS = (".csv", ".json", ".xml", ".txt")
LONGEST = 20_000
ESCAPED = "escaped: "


def main() -> None:
    """Run and print; the fuzzer never returns, so it has a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--within", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.within is not None:
        fuzz_within(options.within, options.runs, options.seed)
        return
    with tempfile.TemporaryDirectory(prefix="fuzz-") as name:
        command = [sys.executable, __file__, "--within", name, "--runs", str(options.runs), "--seed", str(options.seed)]
        done = subprocess.run(command, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    lines = done.stdout.decode(errors="replace").splitlines()
    escaped = [line for line in lines if line.startswith(ESCAPED)]
    reached = [line for line in lines if " cov: " in line][-1:]
    print("\n".join([*escaped, *reached] if done.returncode == 0 else lines[-40:]))
    print(f"{options.runs:,} guided runs, {len(escaped)} kinds of escape, exit code {done.returncode}")
    sys.exit(1 if escaped or done.returncode else 0)


def fuzz_within(folder: Path, runs: int, seed: int) -> None:
    """Run the fuzzer in an empty folder; does not return."""
    atheris = import_module("atheris")
    with atheris.instrument_imports(include=["uitknop"], enable_loader_override=False):
        import_module("uitknop.sources")
    from fuzz import outcome, shown, small_files
    from fuzz_mutants import Mutant, unchanged

    kinds = [one for one in unchanged(small_files()) if one.given.endswith(TEXTS)]
    place, begun = folder / "mutant", folder / "corpus"
    place.mkdir()
    begun.mkdir()
    for number, one in enumerate(kinds):
        (begun / str(number)).write_bytes(bytes([number]) + one.files[one.given][: LONGEST - 1])
    seen: set[str] = set()

    def attempt(content: bytes) -> None:
        one = kinds[content[0] % len(kinds)] if content else kinds[0]
        try:
            outcome(Mutant(one.source, 0, {**one.files, one.given: content[1:]}, one.given), place)
        except Exception as fault:
            what = shown(fault)
            if what not in seen:
                seen.add(what)
                print(f"{ESCAPED}{one.source} {one.given}: {what} {content[1:300]!r}", flush=True)

    flags = [f"-runs={runs}", f"-seed={seed}", f"-max_len={LONGEST}", "-timeout=30", f"-artifact_prefix={folder}/"]
    atheris.Setup([sys.argv[0], *flags, str(begun)], attempt)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
