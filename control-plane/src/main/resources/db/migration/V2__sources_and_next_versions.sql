-- Contents of many files, imported torrents, and versions that are made ready while the one before
-- them is served.

-- origin_url is the only object's, or the base URL of many. What tells which files there are is the
-- manifest; what was registered before this migration is one object without one.
ALTER TABLE content ADD COLUMN origin_is_base  SMALLINT    NOT NULL DEFAULT 0;
ALTER TABLE content ADD COLUMN manifest_kind   VARCHAR(16) NOT NULL DEFAULT 'object'
  CHECK (manifest_kind IN ('object', 'files', 'torrent'));
ALTER TABLE content ADD COLUMN manifest_digest VARCHAR(64);
ALTER TABLE content ADD COLUMN file_count      INTEGER     NOT NULL DEFAULT 1;

-- Path of the first file below the torrent's name, of a ready multi-file torrent.
ALTER TABLE content ADD COLUMN first_file      VARCHAR(8192);

-- Apart from content, so that listing does not read it. A content has one row here or, if it is one
-- object, none; all its versions are made of it.
CREATE TABLE manifest (
  content_id VARCHAR(63) PRIMARY KEY REFERENCES content (id) ON DELETE CASCADE,
  files      TEXT,  -- one path a line
  torrent    BYTEA  -- without trackers and web seeds
);

-- The version that takes the place of the one in content once it is ready.
CREATE TABLE next_version (
  content_id VARCHAR(63)   PRIMARY KEY REFERENCES content (id) ON DELETE CASCADE,
  version    INTEGER       NOT NULL,
  state      VARCHAR(16)   NOT NULL CHECK (state IN ('ingesting', 'failed')),
  failure    VARCHAR(1000),
  failures   INTEGER       NOT NULL,  -- in a row
  retry_at   BIGINT,
  adapter    VARCHAR(2048) NOT NULL,
  updated_at BIGINT        NOT NULL
);
CREATE INDEX next_version_by_state ON next_version (state, retry_at);
