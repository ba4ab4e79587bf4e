"""The commands of `silkwatch`, one file a group. They take options apart and print; the work is done elsewhere.

At module level they import click alone (see `scheduler/cli.py`).
"""
