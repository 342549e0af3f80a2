"""The front door: settings, command line, and where the parts are put together."""
