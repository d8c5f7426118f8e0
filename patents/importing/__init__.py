"""Importing a portfolio: the columns, the reading of cells and rows, and the three jobs (check, write, undo)."""
