"""One file for each format; every module here holds a ``FORMAT`` and nothing lists them by hand."""
