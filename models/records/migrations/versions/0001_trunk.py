"""The trunk: entries, facts and derived tables of the first version."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table."""
    op.create_table(
        "account",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("facility_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("login", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_account")),
    )
    op.create_index("uq_account_facility_id_login", "account", ["facility_id", "login"], unique=True)
    op.create_table(
        "balance",
        sa.Column("place", sa.String(length=36), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("vials", sa.Integer(), nullable=False),
        sa.CheckConstraint("vials >= 0", name=op.f("ck_balance_vials_not_negative")),
        sa.PrimaryKeyConstraint("place", "batch_id", name=op.f("pk_balance")),
    )
    op.create_table(
        "batch_key",
        sa.Column("facility_id", sa.Uuid(), nullable=False),
        sa.Column("product", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("expiry", sa.Date(), nullable=False),
        sa.Column("doses_per_vial", sa.Integer(), nullable=False),
        sa.Column("ul_per_dose", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint(
            "facility_id", "product", "number", "expiry", "doses_per_vial", "ul_per_dose", name=op.f("pk_batch_key")
        ),
        sa.UniqueConstraint("batch_id", name=op.f("uq_batch_key_batch_id")),
    )
    op.create_table(
        "batch_status",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("facility_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("vvm", sa.String(length=1), nullable=False),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.Column("frozen", sa.Boolean(), nullable=False),
        sa.Column("extended_to", sa.Date(), nullable=True),
        sa.Column("letter", sa.String(length=100), nullable=False),
        sa.PrimaryKeyConstraint("batch_id", name=op.f("pk_batch_status")),
    )
    op.create_table(
        "entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site", sa.Uuid(), nullable=False),
        sa.Column("site_seq", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account", sa.Uuid(), nullable=False),
        sa.Column("facility_id", sa.Uuid(), nullable=False),
        sa.Column("action", sa.String(length=80), nullable=False),
        sa.Column("request", sa.Uuid(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("previous", sa.LargeBinary(length=32), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry")),
        sa.UniqueConstraint("request", name=op.f("uq_entry_request")),
        sa.UniqueConstraint("site", "site_seq", name=op.f("uq_entry_site_site_seq")),
    )
    op.create_table(
        "facility",
        sa.Column("facility", sa.Uuid(), nullable=False),
        sa.Column("facility_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("kecamatan", sa.String(length=8), nullable=False),
        sa.Column("working_area", sa.JSON(), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("head_name", sa.String(length=100), nullable=False),
        sa.Column("head_nip", sa.String(length=18), nullable=True),
        sa.Column("acting_name", sa.String(length=100), nullable=True),
        sa.Column("acting_nip", sa.String(length=18), nullable=True),
        sa.Column("zone", sa.String(length=4), nullable=False),
        sa.Column("kipi_phone", sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint("facility", name=op.f("pk_facility")),
    )
    op.create_table(
        "namesake",
        sa.Column("recipient_id", sa.Uuid(), nullable=False),
        sa.Column("name_key", sa.String(length=200), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("recipient_id", name=op.f("pk_namesake")),
    )
    op.create_index("ix_namesake_name_key", "namesake", ["name_key", "birth_date"], unique=False)
    op.create_table(
        "nik_owner",
        sa.Column("nik", sa.String(length=16).with_variant(sa.VARCHAR(length=16, collation="C"), "postgresql"), nullable=False),
        sa.Column("recipient_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("nik", name=op.f("pk_nik_owner")),
    )
    op.create_index(op.f("ix_nik_owner_recipient_id"), "nik_owner", ["recipient_id"], unique=False)
    op.create_table(
        "post",
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("facility_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("desa", sa.String(length=13), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("post_id", name=op.f("pk_post")),
    )
    op.create_index("uq_post_facility_id_code", "post", ["facility_id", "code"], unique=True)
    op.create_table(
        "product_setting",
        sa.Column("setting_id", sa.Uuid(), nullable=False),
        sa.Column("facility_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("product", sa.String(length=40), nullable=False),
        sa.Column("in_use", sa.Boolean(), nullable=False),
        sa.Column("overrides", sa.JSON(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("setting_id", name=op.f("pk_product_setting")),
    )
    op.create_table(
        "queue_counter",
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("post_id", "day", name=op.f("pk_queue_counter")),
    )
    op.create_table(
        "recipient",
        sa.Column("recipient_id", sa.Uuid(), nullable=False),
        sa.Column("facility_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("nik", sa.String(length=16).with_variant(sa.VARCHAR(length=16, collation="C"), "postgresql"), nullable=True),
        sa.Column("disputed", sa.Boolean(), nullable=False),
        sa.Column("identity_kind", sa.String(length=10), nullable=True),
        sa.Column(
            "identity_number",
            sa.String(length=16).with_variant(sa.VARCHAR(length=16, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column("reason_without_nik", sa.String(length=200), nullable=True),
        sa.Column("code", sa.String(length=6), nullable=True),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=False),
        sa.Column("birth_precision", sa.String(length=5), nullable=False),
        sa.Column("sex", sa.String(length=6), nullable=False),
        sa.Column("phone", sa.String(length=16).with_variant(sa.VARCHAR(length=16, collation="C"), "postgresql"), nullable=True),
        sa.Column("kecamatan", sa.String(length=8), nullable=True),
        sa.Column("desa", sa.String(length=13), nullable=True),
        sa.Column("dusun", sa.String(length=200), nullable=True),
        sa.Column("rt", sa.String(length=3), nullable=True),
        sa.Column("rw", sa.String(length=3), nullable=True),
        sa.Column("address", sa.String(length=200), nullable=True),
        sa.Column("guardian", sa.String(length=200), nullable=True),
        sa.Column("occupation", sa.String(length=200), nullable=True),
        sa.Column("bpjs", sa.String(length=13), nullable=True),
        sa.Column("target_group", sa.String(length=30), nullable=True),
        sa.Column("comorbidities", sa.JSON(), nullable=False),
        sa.Column("confirmed", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("recipient_id", name=op.f("pk_recipient")),
    )
    op.create_index("ix_recipient_code", "recipient", ["code"], unique=False)
    op.create_index("ix_recipient_desa", "recipient", ["desa"], unique=False)
    op.create_index("ix_recipient_identity_number", "recipient", ["identity_number"], unique=False)
    op.create_index("ix_recipient_nik", "recipient", ["nik"], unique=False)
    op.create_index("ix_recipient_phone", "recipient", ["phone"], unique=False)
    op.create_table(
        "service_day",
        sa.Column("service_day_id", sa.Uuid(), nullable=False),
        sa.Column("facility_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("roster", sa.JSON(), nullable=False),
        sa.Column("target", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("service_day_id", name=op.f("pk_service_day")),
    )
    op.create_index("ix_service_day_facility_id_day", "service_day", ["facility_id", "day"], unique=False)
    op.create_table(
        "site_head",
        sa.Column("site", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("site", name=op.f("pk_site_head")),
    )
    op.create_table(
        "transfer_state",
        sa.Column("transfer_id", sa.Uuid(), nullable=False),
        sa.Column("facility_id", sa.Uuid(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(length=36), nullable=False),
        sa.Column("target", sa.String(length=36), nullable=False),
        sa.Column("vials", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("transfer_id", name=op.f("pk_transfer_state")),
    )
    op.create_index(op.f("ix_transfer_state_target"), "transfer_state", ["target"], unique=False)
    op.create_table(
        "valid_dose",
        sa.Column("recipient_id", sa.Uuid(), nullable=False),
        sa.Column("series", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("dose_id", sa.Uuid(), nullable=False),
        sa.Column("product", sa.String(length=40), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("recipient_id", "series", "number", name=op.f("pk_valid_dose")),
        sa.UniqueConstraint("dose_id", name=op.f("uq_valid_dose_dose_id")),
    )
    op.create_table(
        "vial_state",
        sa.Column("vial_id", sa.Uuid(), nullable=False),
        sa.Column("facility_id", sa.Uuid(), nullable=False),
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("station", sa.String(length=40), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("product", sa.String(length=40), nullable=False),
        sa.Column("ul_per_dose", sa.Integer(), nullable=False),
        sa.Column("content_ul", sa.Integer(), nullable=False),
        sa.Column("drawn_ul", sa.Integer(), nullable=False),
        sa.Column("lost_ul", sa.Integer(), nullable=False),
        sa.Column("overfill_ul", sa.Integer(), nullable=False),
        sa.Column("doses", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("discard_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("drawn_ul + lost_ul <= content_ul + overfill_ul", name=op.f("ck_vial_state_not_overdrawn")),
        sa.CheckConstraint(
            "drawn_ul >= 0 AND lost_ul >= 0 AND overfill_ul >= 0 AND doses >= 0", name=op.f("ck_vial_state_none_negative")
        ),
        sa.PrimaryKeyConstraint("vial_id", name=op.f("pk_vial_state")),
    )
    op.create_index("ix_vial_state_facility_id_opened_at", "vial_state", ["facility_id", "opened_at"], unique=False)
    op.create_index("ix_vial_state_post_id_closed_at", "vial_state", ["post_id", "closed_at"], unique=False)
    op.create_table(
        "visit_state",
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("facility_id", sa.Uuid(), nullable=False),
        sa.Column("recipient_id", sa.Uuid(), nullable=False),
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("queue_no", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=12), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("repeat_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("observe_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("visit_id", name=op.f("pk_visit_state")),
        sa.UniqueConstraint("post_id", "day", "queue_no", name=op.f("uq_visit_state_post_id_day_queue_no")),
    )
    op.create_index(op.f("ix_visit_state_recipient_id"), "visit_state", ["recipient_id"], unique=False)
    op.create_index(
        "uq_visit_state_open",
        "visit_state",
        ["recipient_id", "day"],
        unique=True,
        sqlite_where=sa.text("step IN ('registered', 'screened', 'injected', 'observed')"),
        postgresql_where=sa.text("step IN ('registered', 'screened', 'injected', 'observed')"),
    )
    op.create_table(
        "voided_dose",
        sa.Column("dose_id", sa.Uuid(), nullable=False),
        sa.Column("injected", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("dose_id", name=op.f("pk_voided_dose")),
    )
    op.create_table(
        "word",
        sa.Column("recipient_id", sa.Uuid(), nullable=False),
        sa.Column(
            "word", sa.String(length=200).with_variant(sa.VARCHAR(length=200, collation="C"), "postgresql"), nullable=False
        ),
        sa.PrimaryKeyConstraint("recipient_id", "word", name=op.f("pk_word")),
    )
    op.create_index("ix_word_word", "word", ["word", "recipient_id"], unique=False)
    op.create_table(
        "account_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("facility_id", sa.Uuid(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("login", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_account_version_entry_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_version")),
    )
    op.create_index(op.f("ix_account_version_account_id"), "account_version", ["account_id"], unique=False)
    op.create_index(op.f("ix_account_version_entry_id"), "account_version", ["entry_id"], unique=False)
    op.create_table(
        "batch",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("facility_id", sa.Uuid(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("product", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("expiry", sa.Date(), nullable=False),
        sa.Column("doses_per_vial", sa.Integer(), nullable=False),
        sa.Column("ul_per_dose", sa.Integer(), nullable=False),
        sa.Column("donor", sa.String(length=100), nullable=False),
        sa.Column("thawed_on", sa.Date(), nullable=True),
        sa.CheckConstraint("doses_per_vial > 0 AND ul_per_dose > 0", name=op.f("ck_batch_content_positive")),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_batch_entry_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch")),
    )
    op.create_index(op.f("ix_batch_entry_id"), "batch", ["entry_id"], unique=False)
    op.create_table(
        "batch_status_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("facility_id", sa.Uuid(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("vvm", sa.String(length=1), nullable=False),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.Column("frozen", sa.Boolean(), nullable=False),
        sa.Column("extended_to", sa.Date(), nullable=True),
        sa.Column("letter", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_batch_status_version_entry_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch_status_version")),
    )
    op.create_index(op.f("ix_batch_status_version_batch_id"), "batch_status_version", ["batch_id"], unique=False)
    op.create_index(op.f("ix_batch_status_version_entry_id"), "batch_status_version", ["entry_id"], unique=False)
    op.create_table(
        "facility_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("facility_id", sa.Uuid(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("facility", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("kecamatan", sa.String(length=8), nullable=False),
        sa.Column("working_area", sa.JSON(), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("head_name", sa.String(length=100), nullable=False),
        sa.Column("head_nip", sa.String(length=18), nullable=True),
        sa.Column("acting_name", sa.String(length=100), nullable=True),
        sa.Column("acting_nip", sa.String(length=18), nullable=True),
        sa.Column("zone", sa.String(length=4), nullable=False),
        sa.Column("kipi_phone", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_facility_version_entry_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_facility_version")),
    )
    op.create_index(op.f("ix_facility_version_entry_id"), "facility_version", ["entry_id"], unique=False)
    op.create_index(op.f("ix_facility_version_facility"), "facility_version", ["facility"], unique=False)
    op.create_table(
        "post_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("facility_id", sa.Uuid(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("desa", sa.String(length=13), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_post_version_entry_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post_version")),
    )
    op.create_index(op.f("ix_post_version_entry_id"), "post_version", ["entry_id"], unique=False)
    op.create_index(op.f("ix_post_version_post_id"), "post_version", ["post_id"], unique=False)
    op.create_table(
        "product_setting_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("facility_id", sa.Uuid(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("setting_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("product", sa.String(length=40), nullable=False),
        sa.Column("in_use", sa.Boolean(), nullable=False),
        sa.Column("overrides", sa.JSON(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_product_setting_version_entry_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product_setting_version")),
    )
    op.create_index(op.f("ix_product_setting_version_entry_id"), "product_setting_version", ["entry_id"], unique=False)
    op.create_index(op.f("ix_product_setting_version_setting_id"), "product_setting_version", ["setting_id"], unique=False)
    op.create_table(
        "recipient_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("facility_id", sa.Uuid(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recipient_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("nik", sa.String(length=16).with_variant(sa.VARCHAR(length=16, collation="C"), "postgresql"), nullable=True),
        sa.Column("disputed", sa.Boolean(), nullable=False),
        sa.Column("identity_kind", sa.String(length=10), nullable=True),
        sa.Column(
            "identity_number",
            sa.String(length=16).with_variant(sa.VARCHAR(length=16, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column("reason_without_nik", sa.String(length=200), nullable=True),
        sa.Column("code", sa.String(length=6), nullable=True),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=False),
        sa.Column("birth_precision", sa.String(length=5), nullable=False),
        sa.Column("sex", sa.String(length=6), nullable=False),
        sa.Column("phone", sa.String(length=16).with_variant(sa.VARCHAR(length=16, collation="C"), "postgresql"), nullable=True),
        sa.Column("kecamatan", sa.String(length=8), nullable=True),
        sa.Column("desa", sa.String(length=13), nullable=True),
        sa.Column("dusun", sa.String(length=200), nullable=True),
        sa.Column("rt", sa.String(length=3), nullable=True),
        sa.Column("rw", sa.String(length=3), nullable=True),
        sa.Column("address", sa.String(length=200), nullable=True),
        sa.Column("guardian", sa.String(length=200), nullable=True),
        sa.Column("occupation", sa.String(length=200), nullable=True),
        sa.Column("bpjs", sa.String(length=13), nullable=True),
        sa.Column("target_group", sa.String(length=30), nullable=True),
        sa.Column("comorbidities", sa.JSON(), nullable=False),
        sa.Column("confirmed", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_recipient_version_entry_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recipient_version")),
    )
    op.create_index(op.f("ix_recipient_version_entry_id"), "recipient_version", ["entry_id"], unique=False)
    op.create_index(op.f("ix_recipient_version_recipient_id"), "recipient_version", ["recipient_id"], unique=False)
    op.create_table(
        "revocation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("facility_id", sa.Uuid(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("uvci", sa.String(length=80), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_revocation_entry_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revocation")),
    )
    op.create_index(op.f("ix_revocation_entry_id"), "revocation", ["entry_id"], unique=False)
    op.create_index(op.f("ix_revocation_uvci"), "revocation", ["uvci"], unique=False)
    op.create_table(
        "screening",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("facility_id", sa.Uuid(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("recipient_id", sa.Uuid(), nullable=False),
        sa.Column("question_set", sa.String(length=40), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("temperature_tenths", sa.Integer(), nullable=True),
        sa.Column("systolic", sa.Integer(), nullable=True),
        sa.Column("diastolic", sa.Integer(), nullable=True),
        sa.Column("repeat_systolic", sa.Integer(), nullable=True),
        sa.Column("repeat_diastolic", sa.Integer(), nullable=True),
        sa.Column("screener", sa.String(length=100), nullable=False),
        sa.Column("rule_verdict", sa.String(length=16), nullable=False),
        sa.Column("verdict", sa.String(length=16), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("overruled_because", sa.String(length=300), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("observe_minutes", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("repeat_from", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_screening_entry_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_screening")),
    )
    op.create_index(op.f("ix_screening_entry_id"), "screening", ["entry_id"], unique=False)
    op.create_index(op.f("ix_screening_visit_id"), "screening", ["visit_id"], unique=False)
    op.create_table(
        "service_day_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("facility_id", sa.Uuid(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("service_day_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("roster", sa.JSON(), nullable=False),
        sa.Column("target", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_service_day_version_entry_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_day_version")),
    )
    op.create_index(op.f("ix_service_day_version_entry_id"), "service_day_version", ["entry_id"], unique=False)
    op.create_index(op.f("ix_service_day_version_service_day_id"), "service_day_version", ["service_day_id"], unique=False)
    op.create_table(
        "signer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("facility_id", sa.Uuid(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kid", sa.LargeBinary(length=8), nullable=False),
        sa.Column("certificate", sa.LargeBinary(), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_after", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_signer_entry_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signer")),
    )
    op.create_index(op.f("ix_signer_entry_id"), "signer", ["entry_id"], unique=False)
    op.create_table(
        "visit_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("facility_id", sa.Uuid(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("recipient_id", sa.Uuid(), nullable=False),
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("step", sa.String(length=12), nullable=False),
        sa.Column("queue_no", sa.Integer(), nullable=True),
        sa.Column("status_reason", sa.String(length=12), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("observe_until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("queue_no > 0", name=op.f("ck_visit_step_queue_no_positive")),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_visit_step_entry_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_step")),
    )
    op.create_index(op.f("ix_visit_step_entry_id"), "visit_step", ["entry_id"], unique=False)
    op.create_index(op.f("ix_visit_step_recipient_id"), "visit_step", ["recipient_id"], unique=False)
    op.create_index(op.f("ix_visit_step_visit_id"), "visit_step", ["visit_id"], unique=False)
    op.create_table(
        "transfer_sent",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("facility_id", sa.Uuid(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(length=36), nullable=False),
        sa.Column("target", sa.String(length=36), nullable=False),
        sa.Column("vials", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(length=100), nullable=False),
        sa.CheckConstraint("vials > 0", name=op.f("ck_transfer_sent_vials_positive")),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_transfer_sent_batch_id")),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_transfer_sent_entry_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer_sent")),
    )
    op.create_index(op.f("ix_transfer_sent_entry_id"), "transfer_sent", ["entry_id"], unique=False)
    op.create_table(
        "vial_opened",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("facility_id", sa.Uuid(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("station", sa.String(length=40), nullable=False),
        sa.Column("content_ul", sa.Integer(), nullable=False),
        sa.Column("diluted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("discard_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.CheckConstraint("content_ul > 0", name=op.f("ck_vial_opened_content_positive")),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_vial_opened_batch_id")),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_vial_opened_entry_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vial_opened")),
    )
    op.create_index(op.f("ix_vial_opened_entry_id"), "vial_opened", ["entry_id"], unique=False)
    op.create_table(
        "dose",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("facility_id", sa.Uuid(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recipient_id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=True),
        sa.Column("post_id", sa.Uuid(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("product", sa.String(length=40), nullable=False),
        sa.Column("series", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("volume_ul", sa.Integer(), nullable=False),
        sa.Column("half", sa.Boolean(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=True),
        sa.Column("vial_id", sa.Uuid(), nullable=True),
        sa.Column("limb", sa.String(length=12), nullable=True),
        sa.Column("vaccinator", sa.String(length=100), nullable=False),
        sa.Column("elsewhere", sa.String(length=120), nullable=True),
        sa.Column("proof", sa.String(length=120), nullable=True),
        sa.Column("target_group", sa.String(length=24), nullable=True),
        sa.Column("age", sa.Integer(), nullable=False),
        sa.Column("sex", sa.String(length=6), nullable=False),
        sa.Column("desa", sa.String(length=13), nullable=True),
        sa.Column("procedural_error", sa.Boolean(), nullable=False),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("replaces", sa.Uuid(), nullable=True),
        sa.CheckConstraint("(vial_id IS NULL) = (elsewhere IS NOT NULL)", name=op.f("ck_dose_vial_or_elsewhere")),
        sa.CheckConstraint("series > 0 AND number > 0", name=op.f("ck_dose_counted_from_one")),
        sa.CheckConstraint("volume_ul > 0", name=op.f("ck_dose_volume_positive")),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_dose_batch_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_dose_entry_id"), initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["replaces"], ["dose.id"], name=op.f("fk_dose_replaces")),
        sa.ForeignKeyConstraint(["vial_id"], ["vial_opened.id"], name=op.f("fk_dose_vial_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dose")),
    )
    op.create_index(op.f("ix_dose_day"), "dose", ["day"], unique=False)
    op.create_index(op.f("ix_dose_entry_id"), "dose", ["entry_id"], unique=False)
    op.create_index(op.f("ix_dose_recipient_id"), "dose", ["recipient_id"], unique=False)
    op.create_index(op.f("ix_dose_replaces"), "dose", ["replaces"], unique=False)
    op.create_index(op.f("ix_dose_vial_id"), "dose", ["vial_id"], unique=False)
    op.create_index(op.f("ix_dose_visit_id"), "dose", ["visit_id"], unique=False)
    op.create_table(
        "movement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("facility_id", sa.Uuid(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(length=36), nullable=False),
        sa.Column("target", sa.String(length=36), nullable=False),
        sa.Column("vials", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("supplier", sa.String(length=100), nullable=False),
        sa.Column("document", sa.String(length=100), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("vial_id", sa.Uuid(), nullable=True),
        sa.Column("transfer_id", sa.Uuid(), nullable=True),
        sa.Column("reverses", sa.Uuid(), nullable=True),
        sa.CheckConstraint("source <> target", name=op.f("ck_movement_between_two_places")),
        sa.CheckConstraint("vials > 0", name=op.f("ck_movement_vials_positive")),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_movement_batch_id")),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_movement_entry_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(["reverses"], ["movement.id"], name=op.f("fk_movement_reverses")),
        sa.ForeignKeyConstraint(["transfer_id"], ["transfer_sent.id"], name=op.f("fk_movement_transfer_id")),
        sa.ForeignKeyConstraint(["vial_id"], ["vial_opened.id"], name=op.f("fk_movement_vial_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_movement")),
    )
    op.create_index(op.f("ix_movement_batch_id"), "movement", ["batch_id"], unique=False)
    op.create_index(op.f("ix_movement_entry_id"), "movement", ["entry_id"], unique=False)
    op.create_index("ix_movement_facility_id_happened_at", "movement", ["facility_id", "happened_at"], unique=False)
    op.create_index(op.f("ix_movement_reverses"), "movement", ["reverses"], unique=False)
    op.create_table(
        "transfer_answer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("facility_id", sa.Uuid(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("transfer_id", sa.Uuid(), nullable=False),
        sa.Column("answer", sa.String(length=10), nullable=False),
        sa.Column("vials", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.CheckConstraint("vials >= 0", name=op.f("ck_transfer_answer_vials_not_negative")),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_transfer_answer_entry_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(["transfer_id"], ["transfer_sent.id"], name=op.f("fk_transfer_answer_transfer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer_answer")),
    )
    op.create_index(op.f("ix_transfer_answer_entry_id"), "transfer_answer", ["entry_id"], unique=False)
    op.create_index(op.f("ix_transfer_answer_transfer_id"), "transfer_answer", ["transfer_id"], unique=False)
    op.create_table(
        "vial_closed",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("facility_id", sa.Uuid(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("vial_id", sa.Uuid(), nullable=False),
        sa.Column("left_ul", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_vial_closed_entry_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(["vial_id"], ["vial_opened.id"], name=op.f("fk_vial_closed_vial_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vial_closed")),
    )
    op.create_index(op.f("ix_vial_closed_entry_id"), "vial_closed", ["entry_id"], unique=False)
    op.create_index(op.f("ix_vial_closed_vial_id"), "vial_closed", ["vial_id"], unique=False)
    op.create_table(
        "vial_loss",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("facility_id", sa.Uuid(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("vial_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("volume_ul", sa.Integer(), nullable=False),
        sa.CheckConstraint("volume_ul > 0", name=op.f("ck_vial_loss_volume_positive")),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_vial_loss_entry_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(["vial_id"], ["vial_opened.id"], name=op.f("fk_vial_loss_vial_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vial_loss")),
    )
    op.create_index(op.f("ix_vial_loss_entry_id"), "vial_loss", ["entry_id"], unique=False)
    op.create_index(op.f("ix_vial_loss_vial_id"), "vial_loss", ["vial_id"], unique=False)
    op.create_table(
        "certificate",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("facility_id", sa.Uuid(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("dose_id", sa.Uuid(), nullable=False),
        sa.Column("uvci", sa.String(length=80), nullable=False),
        sa.Column("kid", sa.LargeBinary(length=8), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["dose_id"], ["dose.id"], name=op.f("fk_certificate_dose_id")),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_certificate_entry_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
    )
    op.create_index(op.f("ix_certificate_dose_id"), "certificate", ["dose_id"], unique=False)
    op.create_index(op.f("ix_certificate_entry_id"), "certificate", ["entry_id"], unique=False)
    op.create_index("ix_certificate_kid_issued_at", "certificate", ["kid", "issued_at"], unique=False)
    op.create_index(op.f("ix_certificate_uvci"), "certificate", ["uvci"], unique=False)
    op.create_table(
        "dose_void",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("facility_id", sa.Uuid(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("dose_id", sa.Uuid(), nullable=False),
        sa.Column("injected", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(["dose_id"], ["dose.id"], name=op.f("fk_dose_void_dose_id")),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_dose_void_entry_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dose_void")),
    )
    op.create_index(op.f("ix_dose_void_dose_id"), "dose_void", ["dose_id"], unique=False)
    op.create_index(op.f("ix_dose_void_entry_id"), "dose_void", ["entry_id"], unique=False)
