"""passkeys, recovery codes, providers of identities, and how each sign-in began

Revision ID: e7b2d94c1f60
Revises: c4e19d70a2b8
"""

import sqlalchemy as sa
from alembic import op

revision = "e7b2d94c1f60"
down_revision = "c4e19d70a2b8"
branch_labels = None
depends_on = None

TOLD = ("way", "through", "device_mark")


def of_a_person(table: str, *columns: sa.Column, unique: tuple[str, ...] = ()) -> None:
    """A table of rows that each belong to one person, and are found by them."""
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f(f"fk_{table}_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        *([sa.UniqueConstraint(*unique, name=op.f("_".join(("uq", table, *unique))))] if unique else []),
    )
    op.create_index(op.f(f"ix_{table}_user_id"), table, ["user_id"])


def upgrade() -> None:
    of_a_person(
        "recovery_code",
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
    )
    of_a_person(
        "passkey",
        sa.Column("credential_id", sa.Text(), nullable=False),
        sa.Column("public_key", sa.Text(), nullable=False),
        sa.Column("sign_count", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        unique=("credential_id",),
    )
    of_a_person(
        "provider_link",
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("bound_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        unique=("issuer", "subject"),
    )
    op.create_table(
        "spent_challenge",
        sa.Column("word_hash", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("word_hash", name=op.f("pk_spent_challenge")),
    )
    op.create_index(op.f("ix_spent_challenge_expires_at"), "spent_challenge", ["expires_at"])
    for name in TOLD:
        op.add_column("sign_in_session", sa.Column(name, sa.Text(), server_default="", nullable=False))
    op.add_column("account_change", sa.Column("detail", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    # The code before knows no such changes, and would put one that it does not know into no words.
    op.execute(
        "DELETE FROM account_change WHERE what IN ('recovery_codes_made', 'recovery_code_used', 'passkey_added', "
        "'passkey_removed', 'provider_bound', 'provider_unbound', 'new_device')"
    )
    op.drop_column("account_change", "detail")
    for name in reversed(TOLD):
        op.drop_column("sign_in_session", name)
    for table in ("spent_challenge", "provider_link", "passkey", "recovery_code"):
        op.drop_table(table)
