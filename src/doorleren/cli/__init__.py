"""The command line: reads arguments, asks one package, prints. Bad input is one clear line and exit code 2."""

from doorleren.cli.program import main

__all__ = ["main"]
