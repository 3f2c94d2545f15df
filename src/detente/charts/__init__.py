"""Drawings as SVG text, for a page of the workbench or a file of its own."""
