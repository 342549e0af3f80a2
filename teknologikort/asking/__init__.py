"""The questions of the command line, one module each, and the forms of their answers."""
