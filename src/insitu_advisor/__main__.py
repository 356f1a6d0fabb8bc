"""`python -m insitu_advisor` runs the command line."""

from insitu_advisor.cli.main import main

main()
