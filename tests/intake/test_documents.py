"""Documents from outside: read whole up to a limit, and TOML that takes no more time than it is long."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from factledger.intake.documents import parsed_toml, read_stream, read_whole, tables_of_list
from growth_tools import Work, assert_time_grows_evenly

MANY = 33
KEY = ".".join("k" * (MANY + 1))
LONG_KEYS = {
    "a key": f"{KEY} = 1",
    "a header": f"[{KEY}]",
    "a list of tables": f"[[{KEY}]]",
    "an inline table": f"x = {{{KEY} = 1}}",
    "quoted parts": " . ".join(['"k"'] * (MANY + 1)) + " = 1",
    "parts in apostrophes": ".".join(["'k.k'"] * (MANY + 1)) + " = 1",
    "behind a string": f'x = "a"\n{KEY} = 1',
    "behind a long string": f'x = """a"""""\n{KEY} = 1',
    "behind a literal": f"x = '''a'''''\n{KEY} = 1",
    "behind a comment": f"# it's\n{KEY} = 1",
}
NO_KEYS = {
    "a text": f'x = "{KEY}"',
    "an escape in a text": f'x = "\\"{KEY}"',
    "a long text": f'x = """\n"{KEY}" \\""" {KEY}"""',
    "a literal": f"x = '{KEY}'",
    "a long literal": f"x = '''\n''{KEY}'''",
    "a comment": f"# {KEY}",
    "many short keys": f"x = {{{', '.join(f'a{i}.b = 1' for i in range(MANY))}}}",
    "lines": "".join(f"a{i}.b = 1\n" for i in range(MANY)),
    "as many parts as levels": f"{'.'.join('k' * 32)} = 1",
}


@pytest.mark.parametrize("where", LONG_KEYS)
def test_a_key_of_very_many_parts_is_refused(where: str) -> None:
    """A dotted key nests no deeper than tables do; it is refused with its line, before it is read."""
    line = LONG_KEYS[where].count("\n") + 1
    with pytest.raises(ValueError, match=rf"^nested deeper than 32 levels \(at line {line}\)$"):
        parsed_toml(LONG_KEYS[where])


@pytest.mark.parametrize("where", NO_KEYS)
def test_dots_that_part_no_key_are_not_counted(where: str) -> None:
    """A text may hold any number of dots, and a line any number of keys."""
    assert isinstance(parsed_toml(NO_KEYS[where]), dict)


@pytest.mark.parametrize("text", ['x = """', "x = '''", 'x = "a\n', "'", '"""\\'])
def test_a_string_without_an_end_is_left_to_the_reader_of_toml(text: str) -> None:
    """What is behind it is neither inside nor outside."""
    with pytest.raises(ValueError, match=r"line|end of document"):
        parsed_toml(f"{text}{KEY}")


HARD: dict[str, Callable[[int], str]] = {
    "parts of a key": lambda n: ".".join("k" * n) + " = 1",
    "quoted parts": lambda n: ".".join(["'k'"] * n) + " = 1",
    "quotation marks": lambda n: '"' * n,
    "escaped quotation marks": lambda n: 'x = """' + '\\"""' * n,
    "apostrophes": lambda n: "'" * n,
    "literals without an end": lambda n: "x = '''a'''" + " '''b" * n,
    "backslashes": lambda n: 'x = "' + "\\" * n,
}


@pytest.mark.parametrize("what", HARD)
def test_toml_twice_as_long_takes_at_most_three_times_as_long(what: str) -> None:
    """What would take the square of its length is refused before."""

    def work(count: int) -> Work:
        text = HARD[what](count)

        def refused() -> None:
            with pytest.raises(ValueError, match=r"."):
                parsed_toml(text)

        return refused

    assert_time_grows_evenly(work, 4000)


def test_a_file_and_a_stream_are_read_up_to_a_limit(tmp_path: Path) -> None:
    """Neither is read any further than one block behind the limit, however long it is."""
    path = tmp_path / "file"
    path.write_bytes(b"a" * 10)
    assert read_whole(path, 10) == read_stream(io.BytesIO(b"a" * 10), 10) == b"a" * 10
    stream = io.BytesIO(b"a" * 2**22)
    with pytest.raises(OSError, match="longer than 9 bytes"):
        read_whole(path, 9)
    with pytest.raises(OSError, match="longer than 9 bytes"):
        read_stream(stream, 9)
    assert stream.tell() == 2**20


def test_a_list_that_does_not_end_goes_to_the_end_of_the_text() -> None:
    """What is no TOML is refused elsewhere; its tables are found up to there all the same."""
    assert tables_of_list("[{ a = 1 }, { b", 1) == ([1, 12], 15)
