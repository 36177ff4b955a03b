-- Times are milliseconds since the epoch. The SQL is what SQLite and PostgreSQL have in common; BYTEA
-- is a name without meaning to SQLite, which keeps a blob as it is bound.

-- What nodes live on is one snapshot. Its version grows with every change and never comes back.
CREATE TABLE snapshot (
  only_row SMALLINT PRIMARY KEY CHECK (only_row = 1),
  version  BIGINT   NOT NULL
);
INSERT INTO snapshot (only_row, version) VALUES (1, 0);

-- The last version ever made under each id. Rows outlive their content, so that bytes which a node
-- still holds of a deleted content are never taken for those of its successor.
CREATE TABLE content_version (
  content_id   VARCHAR(63) PRIMARY KEY,
  last_version INTEGER     NOT NULL
);

CREATE TABLE content (
  id                 VARCHAR(63)   PRIMARY KEY REFERENCES content_version (content_id),
  version            INTEGER       NOT NULL,
  origin_url         VARCHAR(2048) NOT NULL,
  name               VARCHAR(255)  NOT NULL,
  state              VARCHAR(16)   NOT NULL CHECK (state IN ('ingesting', 'ready', 'failed')),
  failure            VARCHAR(1000),
  adapter            VARCHAR(2048) NOT NULL,
  length_bytes       BIGINT,
  piece_length_bytes INTEGER,
  pieces             INTEGER,
  info_hash          VARCHAR(40),
  info_hash_v2       VARCHAR(64),
  spool_released     SMALLINT      NOT NULL DEFAULT 0,
  created_at         BIGINT        NOT NULL,
  updated_at         BIGINT        NOT NULL
);
CREATE INDEX content_by_state ON content (state, spool_released);

-- Of the current version only. Apart from content, so that listing does not read it.
CREATE TABLE metainfo (
  content_id VARCHAR(63) PRIMARY KEY REFERENCES content (id) ON DELETE CASCADE,
  torrent    BYTEA       NOT NULL
);

CREATE TABLE node (
  id                   VARCHAR(63)  PRIMARY KEY,
  http                 VARCHAR(300) NOT NULL,
  peer                 VARCHAR(300) NOT NULL,
  udp_tracker          VARCHAR(300) NOT NULL,
  admin                VARCHAR(300) NOT NULL,
  store_capacity_bytes BIGINT       NOT NULL,
  software_version     VARCHAR(100) NOT NULL,
  registered_at        BIGINT       NOT NULL
);

-- What adapters have still to be told, written with the change that it follows from.
CREATE TABLE adapter_command (
  content_id      VARCHAR(63)   NOT NULL,
  content_version INTEGER       NOT NULL,
  command         VARCHAR(16)   NOT NULL CHECK (command IN ('release', 'forget')),
  adapter         VARCHAR(2048) NOT NULL,
  PRIMARY KEY (content_id, content_version, command)
);
