"""The command line: thin. Each command stands in a module of its own; heavy imports wait until a command needs them."""

from uitknop.cli.app import main as main
