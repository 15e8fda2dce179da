"""The program `doorleren`, also `python -m doorleren`: hands over to the command line."""

from doorleren.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
