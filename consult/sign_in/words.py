"""By what people show who they are, as codes."""

from enum import StrEnum


class Way(StrEnum):
    """How a sign-in began."""

    PASSWORD = "password"
    CODE = "code"
    RECOVERY_CODE = "recovery_code"
    SECOND_PASSKEY = "second_passkey"
    PASSKEY = "passkey"
    PROVIDER = "provider"
    PROVIDER_OF_BOTH = "provider_of_both"
    """One that was required to ask for more than a password: its word stands for both factors."""
