"""How the functions that look into a file say that it is not fit to be kept."""


class FileRejected(Exception):
    """The file is not taken; `code` says why in the words of `error.<code>`. The sandbox hands the code on."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
