"""`--help` with the options of a command in groups (their `rich_help_panel`), which Typer shows only with Rich."""

from typing import Any

from typer.core import TyperCommand


class GroupedCommand(TyperCommand):
    """A command whose options have headings."""

    def format_options(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - of a copy of Click that Typer keeps private
        """Write arguments and options, each group below its heading."""
        groups: dict[str, list[tuple[str, str]]] = {}
        for param in self.get_params(ctx):
            record = param.get_help_record(ctx)
            usual = "Arguments" if param.param_type_name == "argument" else "Options"
            if record is not None:
                groups.setdefault(getattr(param, "rich_help_panel", None) or usual, []).append(record)
        for heading, records in groups.items():
            with formatter.section(heading):
                formatter.write_dl(records)
