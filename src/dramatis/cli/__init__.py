"""The command line. Thin: it reads options, shows progress, and says in one line what a user can mend."""

from dramatis.cli.app import app, main

__all__ = ["app", "main"]
