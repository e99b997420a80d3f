"""The app for programs: typed JSON under `/api`, over the functions of the pages, with the same guard before it."""

from __future__ import annotations

from uitknop.web.api.app import create_api as create_api
