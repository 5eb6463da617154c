"""`python -m assistant.cli` is the `floor` command."""

from assistant.cli.main import main

main()
