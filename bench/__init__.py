"""Benchmarks: one file each, with `ID`, `NAME` and `measure(rows) -> list[report.Figure]`."""
