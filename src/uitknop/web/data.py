"""Gegevens: what is in the file, a copy, everything in plain files, and everything gone."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import FileResponse, Response
from starlette.background import BackgroundTask

from uitknop import __version__
from uitknop.core.timeline import from_ms
from uitknop.person import back_up, erase, findings_of, undo_last
from uitknop.report.export import plain_export
from uitknop.report.words import N_
from uitknop.store import BatchInfo, Store, open_store
from uitknop.web.upload import receive
from uitknop.web.visit import SESSION, Inside, Visit

router = APIRouter(prefix="/data")

WORKSHOP = ".uitknop-making-"
"""How folders begin in which something is put together; `uitknop erase` removes what a stop left of them."""

MOST_FILES = 50

OUTCOMES = {
    "new": N_("taken in"),
    "known": N_("was there already"),
    "refused": N_("refused"),
    "no_recording": N_("no recording"),
}


@router.get("")
def data(visit: Inside) -> Response:
    """What came in, from where, and how good it is."""
    lines = visit.house.vault.lines
    batches = visit.house.vault.do(lambda store: lines.files(store))
    files = [_file(each, visit) for each in reversed(batches)]
    return visit.page(
        "data.html",
        files=files[:MOST_FILES],
        n_files=len(files),
        n_lines=len(visit.house.vault.entries()),
        works=visit.house.judging.works,
    )


@router.post("/import")
async def take_files_in(visit: Inside) -> Response:
    """Files come in as they are sent, and are read beside the pages."""
    folder = Path(tempfile.mkdtemp(prefix=WORKSHOP, dir=visit.house.here.path.parent))
    try:
        files = await receive(visit.request, folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    if not files:
        shutil.rmtree(folder, ignore_errors=True)
        return visit.go("/data")
    visit.house.importing.begin(files, folder)
    return visit.go("/data/import")


@router.get("/import")
def how_far(visit: Inside) -> Response:
    """How far it is, and what became of each file."""
    progress, words = visit.house.importing.progress, visit.words
    rows = [
        (each.name, words.say(OUTCOMES[each.outcome]), each.kept.n_new, words.say(each.why) if each.why else "")
        for each in progress.taken
    ]
    return visit.page(
        "import.html",
        progress=progress,
        percent=round(100 * progress.share),
        rows=rows,
        fault=words.say(progress.fault) if progress.fault else "",
        judging=visit.house.judging.works,
        reloads=progress.works,
    )


@router.post("/import/undo")
def undo_import(visit: Inside) -> Response:
    """What the last import brought no longer counts; what it had replaced counts again."""
    visit.house.vault.do(lambda store: undo_last(store, now_ms=visit.now_ms))
    visit.house.importing.forget()
    visit.house.wake()
    return visit.go("/data")


@router.post("/backup")
def backup(visit: Inside) -> Response:
    """A checked copy, encrypted as the file is."""
    name = f"uitknop-{from_ms(visit.now_ms, visit.zone):%Y-%m-%d-%H%M%S}.backup"

    def make(folder: Path) -> Path:
        with open_store(visit.house.here.path, visit.house.vault.data_key) as store:
            back_up(store, folder / name, now_ms=visit.now_ms)
        return folder / name

    return _download(visit, make)


@router.post("/export")
def export(visit: Inside) -> Response:
    """Everything in plain files, in one zip; whoever has it can read it."""

    def make(folder: Path) -> Path:
        packed = folder / f"uitknop-{from_ms(visit.now_ms, visit.zone):%Y-%m-%d}.zip"
        with open_store(visit.house.here.path, visit.house.vault.data_key) as store:
            _write_plain(store, folder / "plain", visit.now_ms)
        with zipfile.ZipFile(packed, "x", zipfile.ZIP_DEFLATED) as archive:
            for each in sorted((folder / "plain").iterdir()):
                archive.write(each, each.name)
        shutil.rmtree(folder / "plain")
        return packed

    return _download(visit, make)


@router.get("/erase")
def ask_erase(visit: Inside) -> Response:
    """Asked once more, since it can't be undone."""
    return visit.page("erase.html")


@router.post("/erase")
def erase_all(visit: Inside, sure: Annotated[str, Form()] = "") -> Response:
    """Everything gone, in one step."""
    if sure != "yes":
        return visit.go("/data/erase")
    visit.house.lock()
    erase(visit.house.here.path, visit.house.here.secret.ring)
    visit.inside = False
    answer = visit.page("erased.html")
    answer.delete_cookie(SESSION, httponly=True, samesite="strict")
    answer.headers["clear-site-data"] = '"cache", "cookies", "storage"'
    return answer


def _file(batch: BatchInfo, visit: Visit) -> dict[str, object]:
    first, last = batch.first_ms, batch.last_ms
    return {
        "name": batch.origin.name,
        "source": batch.origin.source,
        "when": visit.words.dated(batch.origin.added_ms, visit.zone),
        "first": visit.words.dated(first, visit.zone) if first is not None else "",
        "last": visit.words.dated(last, visit.zone) if last is not None else "",
        "new": batch.kept.n_new,
        "aside": batch.kept.n_aside,
    }


def _write_plain(store: Store, folder: Path, now_ms: int) -> None:
    folder.mkdir(mode=0o700)
    for block in plain_export(store.facts(), findings=findings_of(store), made_ms=now_ms, version=__version__):
        with (folder / block.name).open("ab") as file:
            file.write(block.content)


def _download(visit: Visit, make: Callable[[Path], Path]) -> Response:
    """What `make` put together, sent and then removed; made beside the person's file, where only they can read."""
    folder = Path(tempfile.mkdtemp(prefix=WORKSHOP, dir=visit.house.here.path.parent))
    try:
        made = make(folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    gone = BackgroundTask(shutil.rmtree, folder, ignore_errors=True)
    return FileResponse(made, filename=made.name, media_type="application/octet-stream", background=gone)
