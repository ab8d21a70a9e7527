"""The command line: reads options, shows progress, and reports user errors in one line."""

from dramatis.cli.app import app, main

__all__ = ["app", "main"]
