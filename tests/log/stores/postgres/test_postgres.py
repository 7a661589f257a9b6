"""What all modules of the PostgreSQL store do together."""

from __future__ import annotations
