"""`uitknop sources`: every format that can be read, and how far its reader can be trusted."""

from __future__ import annotations

from uitknop.cli.said import AsJson, Lang, Quiet, _, print_json, speak

HELP = _("List what can be read, and how far each reader can be trusted.")


def run(lang: Lang = None, as_json: AsJson = False, quiet: Quiet = False) -> None:
    """List the sources."""
    from uitknop.sources import all_sources

    words = speak(lang)
    rows = [
        {
            "name": source.name,
            "title": words.say(source.title),
            "quality": source.quality.grade,
            "why": words.say(source.quality.why),
        }
        for source in all_sources()
    ]
    if as_json:
        print_json({"sources": rows})
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for heading in ("Source", "Quality", "What that rests on"):
        table.add_column(words.say(heading), overflow="fold")
    for row in rows:
        table.add_row(row["title"], words.say(row["quality"]), row["why"])
    Console().print(table)
