"""Coverage-guided fuzzing: `python tests/fuzz/run.py`; a target a file in `targets`."""
