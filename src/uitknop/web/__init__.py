"""The app in the browser: thin, on this computer only. Every page works without scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from uitknop.core.on_demand import on_demand

if TYPE_CHECKING:
    from uitknop.web.app import create_app as create_app
    from uitknop.web.circumstances import Circumstances as Circumstances

_HOMES = {
    "create_app": "uitknop.web.app",
    "Circumstances": "uitknop.web.circumstances",
}

__all__ = sorted(_HOMES)
__getattr__ = on_demand(__name__, _HOMES)
