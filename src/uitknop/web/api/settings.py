"""How it is shown, and whether anything is measured, over the API."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from uitknop.report.words import Language
from uitknop.web.view import Mode, Size, Switch, Theme
from uitknop.web.visit import MEASURING, Inside, Visit

router = APIRouter(tags=["settings"])


class SettingsOut(BaseModel):
    """What is chosen."""

    lang: Language
    theme: Theme
    size: Size
    mode: Mode = Field(description="quiet shows no numbers, ordinary those of an answer, everything all there are.")
    keys: Switch = Field(description="Whether single keys of the keyboard do something.")
    bad_day: Switch = Field(description="Whether all is as short as it can be.")
    measuring: Switch = Field(description="Off: a diary, and nothing of the heart is told.")


class SettingsIn(BaseModel):
    """What is chosen from now on; what is not named stays."""

    model_config = ConfigDict(extra="forbid")

    lang: Language | None = None
    theme: Theme | None = None
    size: Size | None = None
    mode: Mode | None = None
    keys: Switch | None = None
    bad_day: Literal["on", "off"] | None = None
    measuring: Switch | None = None


@router.get("/settings")
def settings(visit: Inside) -> SettingsOut:
    """What is chosen."""
    return _settings(visit)


@router.post("/settings")
def choose(visit: Inside, said: SettingsIn) -> SettingsOut:
    """Choose; it holds for the file, and a browser takes it over when it opens the file anew."""
    chosen = said.model_dump(exclude_none=True)
    measuring = chosen.pop("measuring", None)
    if measuring is not None:
        visit.house.vault.do(lambda store: store.keep_setting(MEASURING, measuring))
    visit.have(**chosen)
    return _settings(visit)


def _settings(visit: Visit) -> SettingsOut:
    view = visit.view
    return SettingsOut(
        lang=view.lang,
        theme=view.theme,
        size=view.size,
        mode=view.mode,
        keys=view.keys,
        bad_day=view.bad_day,
        measuring="on" if visit.measures else "off",
    )
