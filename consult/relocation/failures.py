"""Why a site was not carried over; the one it comes from is as it was."""

from consult.errors import Impossible


class NotMoved(Impossible):
    """The site was not carried over. Whoever starts anew begins with an empty target, or with a whole one."""

    family = "command.not_moved"
