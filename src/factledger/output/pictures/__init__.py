"""Pictures of a ledger along time: lanes and curves, drawn as text, SVG or PNG."""
