"""Run the examples of the documentation and of the docstrings as tests."""

from __future__ import annotations

import doctest
import os
from collections.abc import Iterator

from sybil import Sybil
from sybil.document import PythonDocStringDocument
from sybil.parsers.markdown import PythonCodeBlockParser, SkipParser
from sybil.parsers.rest import DocTestParser

from console_examples import ConsoleBlockParser, enter_folder, file_blocks, leave_folder

os.environ["FACTLEDGER_RECORDED_BY"] = ""  # whoever runs the tests is not named in their ledgers

documents = Sybil(
    parsers=[
        SkipParser(),
        file_blocks,
        PythonCodeBlockParser(doctest_optionflags=doctest.ELLIPSIS),
        ConsoleBlockParser(),
    ],
    pattern="*.md",
    setup=enter_folder,
    teardown=leave_folder,
)


class Docstrings(PythonDocStringDocument):
    """The docstrings of a file; one without an example is not looked through."""

    @staticmethod
    def extract_docstrings(python_source_code: str) -> Iterator[tuple[int, int, str]]:
        """Yield where each begins and ends, and its text."""
        if ">>>" in python_source_code:
            yield from PythonDocStringDocument.extract_docstrings(python_source_code)


docstrings = Sybil(
    parsers=[DocTestParser(doctest.ELLIPSIS)],
    pattern="*.py",
    path="src",
    document_types={".py": Docstrings},
)

pytest_collect_file = (documents + docstrings).pytest()
