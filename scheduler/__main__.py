"""`python -m scheduler`: the same as `silkwatch`."""

from scheduler.cli import main

if __name__ == "__main__":
    main()
