"""The one error of a build."""


class BuildError(Exception):
    """The website cannot be built; the text says which file to mend and how."""
