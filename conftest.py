"""Run the examples of the documentation and of the docstrings as tests."""

from __future__ import annotations

import doctest
import os

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
docstrings = Sybil(
    parsers=[DocTestParser(doctest.ELLIPSIS)],
    pattern="*.py",
    path="src",
    document_types={".py": PythonDocStringDocument},
)

pytest_collect_file = (documents + docstrings).pytest()
