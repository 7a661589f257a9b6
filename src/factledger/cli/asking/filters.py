"""Options that leave a part of a view: of some types, of some groups, what is in dispute."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from factledger.named import NamedTuple

if TYPE_CHECKING:
    from factledger.status.standings import Standing
    from factledger.views.view import View

_F = TypeVar("_F", bound=Callable[..., Any])
_LISTED = 60


class WantedPart(NamedTuple):
    """Which standings are wanted: of any of the types or groups, where some are named."""

    types: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    contested: bool = False

    def __bool__(self) -> bool:
        return any(self)

    @property
    def nothing(self) -> str:
        """What is said where nothing of the wanted stands."""
        if not (self.types or self.groups):
            return "Nothing is in dispute on that date."
        of = " or ".join((*self.types, *self.groups))
        return f"Nothing of {of} {'is in dispute' if self.contested else 'stood'} on that date."


def filter_options(command: _F) -> _F:
    """Return the command with the options --type, --group and --contested."""
    for option in (
        click.option("--contested", is_flag=True, help="Only what is in dispute on that date."),
        click.option("--group", "groups", multiple=True, metavar="GROUP", help="Only of this group, as in offices."),
        click.option("--type", "types", multiple=True, metavar="TYPE", help="Only of this type, or type/mode."),
    ):  # fmt: skip
        command = option(command)
    return command


def wanted_standings(
    types: tuple[str, ...], groups: tuple[str, ...], contested: bool
) -> WantedPart:
    """Return which standings the options of a command want."""
    return WantedPart(types, groups, contested)


def filtered(view: View, standings: Iterable[Standing], wanted: WantedPart) -> tuple[Standing, ...]:
    """Return the standings that are wanted; raises `UsageError` for a type or group that is not known."""
    known = view.belief.vocabulary.types
    check_known("type", [name.partition("/")[0] for name in wanted.types], known)
    check_known("group", wanted.groups, {kind.group for kind in known.values()})
    return tuple(s for s in standings if _fits(view, s, wanted))


def _fits(view: View, standing: Standing, wanted: WantedPart) -> bool:
    claim = standing.claim
    typed = {claim.type, f"{claim.type}/{claim.mode}"}.intersection(wanted.types)
    grouped = view.group(standing) in wanted.groups
    return bool(
        (typed or not wanted.types)
        and (grouped or not wanted.groups)
        and (standing.contested_by or not wanted.contested)
    )


def check_known(what: str, names: Iterable[str], known: Iterable[str]) -> None:
    """Raise `UsageError` for the first name that is not known, with the nearest that is."""
    from factledger.text import nearest

    for name in names:
        if name not in known:
            near = nearest(name, tuple(known))
            advice = f"did you mean {near!r}?" if near else _list_of(sorted(known))
            raise click.UsageError(f"no {what} {name!r}; {advice}")


def _list_of(known: list[str]) -> str:
    more = f" and {len(known) - _LISTED} more" if len(known) > _LISTED else ""
    return f"one of {', '.join(known[:_LISTED])}{more}" if known else "there is none"
